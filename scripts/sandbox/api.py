"""The REST API: who may call it, the log of calls, and its list pages."""

import base64
import binascii
import hmac
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from scripts.sandbox.accounts import Account
from scripts.sandbox.errors import ApiError, answer_api_error
from scripts.sandbox.sandbox import sandbox_of

VERSION = "2010-04-01"
_MOST_PER_PAGE = 1000

Handler = Callable[[Request, Account, FormData], Awaitable[Response]]


def api_route(path: str, method: str, handler: Handler) -> Route:
    """Make a route below an account; `handler` gets the request, the authorised account and the form fields."""

    async def endpoint(request: Request) -> Response:
        form = await request.form()
        try:
            answer = await handler(request, _authorised(request), form)
        except ApiError as error:
            answer = await answer_api_error(request, error)
        sid = request.path_params["account_sid"]
        fields = {name: form.getlist(name) if name == "MediaUrl" else form[name] for name in form}
        sandbox_of(request).log.add(method, request.url.path, sid, fields, answer.status_code)
        return answer

    return Route(f"/{VERSION}/Accounts/{{account_sid}}{path}", endpoint, methods=[method])


def _authorised(request: Request) -> Account:
    """Return the account whose SID and token the request carries; raises 20003, or 20404 for another's account."""
    sid, token = _basic_credentials(request.headers.get("Authorization", ""))
    account = sandbox_of(request).accounts.find(sid)
    if account is None or not hmac.compare_digest(account.auth_token.encode(), token.encode()):
        raise ApiError(401, 20003)
    if request.path_params["account_sid"] != sid:
        raise ApiError(404, 20404, request.url.path)
    return account


def _basic_credentials(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        raise ApiError(401, 20003)
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ApiError(401, 20003) from error
    return name, secret


def list_page(request: Request, name: str, items: list[dict[str, Any]]) -> Response:
    """Answer one page of `items` under `name`, with the addresses of its neighbours, as the SDK follows them."""
    size = min(max(_number(request, "PageSize", 50), 1), _MOST_PER_PAGE)
    page = _number(request, "Page", 0)
    shown = items[page * size : (page + 1) * size]
    more = (page + 1) * size < len(items)

    def address(other: int) -> str:
        return str(request.url.include_query_params(Page=other, PageSize=size).replace(scheme="", netloc=""))

    body = {
        name: shown,
        "page": page,
        "page_size": size,
        "start": page * size,
        "end": page * size + max(len(shown) - 1, 0),
        "uri": address(page),
        "first_page_uri": address(0),
        "next_page_uri": address(page + 1) if more else None,
        "previous_page_uri": address(page - 1) if page else None,
    }
    return JSONResponse(body)


def only_filters(request: Request, *names: str) -> None:
    """Refuse list filters that the sandbox does not play: an answer without them would be wrong."""
    unknown = sorted(set(request.query_params) - {"Page", "PageSize", "PageToken", *names})
    if unknown:
        raise ApiError(400, 20001, f"the sandbox has no filter {', '.join(unknown)}")


def _number(request: Request, name: str, default: int) -> int:
    value = request.query_params.get(name, "")
    return int(value) if value.isdecimal() else default
