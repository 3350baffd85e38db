"""The routes of the mailbox: web page and JSON API, for the port that the official CLI gives to Mailpit."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from supabase_local.context import Stack
from supabase_local.mailbox import messages, pages
from supabase_local.mailbox.search import UnsupportedSearch, parse
from supabase_local.mailbox.store import Mail, Mailbox, mailbox_of

Endpoint = Callable[[Mailbox, Request], Awaitable[Response]]
_DEFAULT_LIMIT = 50
_LISTED = 100


def routes(stack: Stack) -> list[BaseRoute]:
    """Return the mailbox's routes for a stack."""
    mailbox = mailbox_of(stack)
    return [Route(path, _bound(mailbox, endpoint), methods=[method]) for method, path, endpoint in _ENDPOINTS]


def _bound(mailbox: Mailbox, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return await endpoint(mailbox, request)

    return answer


async def _list_page(mailbox: Mailbox, _request: Request) -> Response:
    mails, total = await run_in_threadpool(mailbox.search, [], start=0, limit=_LISTED)
    return HTMLResponse(pages.list_page(mails, total), headers=_policy(pages.PAGE_POLICY))


async def _clear(mailbox: Mailbox, request: Request) -> Response:
    # A page elsewhere must not be able to empty the mailbox with a form of its own.
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise HTTPException(403)
    await run_in_threadpool(mailbox.delete, None)
    return RedirectResponse("/", 303)


async def _view(mailbox: Mailbox, request: Request) -> Response:
    """Show a mail: as a page, or with ``.html`` or ``.txt`` after the id only that part of it."""
    mail_id, _, extension = request.path_params["mail_id"].partition(".")
    mail = await _found(mailbox, mail_id)
    if extension == "html":
        return HTMLResponse(pages.mail_html(mail), headers=_policy(pages.MAIL_POLICY))
    if extension == "txt":
        return PlainTextResponse(messages.detail(mail)["Text"])
    await run_in_threadpool(mailbox.mark, [mail.id], read=True)
    return HTMLResponse(pages.mail_page(mail), headers=_policy(pages.PAGE_POLICY))


async def _messages(mailbox: Mailbox, request: Request) -> Response:
    return await _listing(mailbox, request, "")


async def _search(mailbox: Mailbox, request: Request) -> Response:
    query = request.query_params.get("query", "")
    if not query.strip():
        raise HTTPException(400, "Error: no search query")
    return await _listing(mailbox, request, query)


async def _listing(mailbox: Mailbox, request: Request, query: str) -> Response:
    start, limit = _number(request, "start", 0), _number(request, "limit", _DEFAULT_LIMIT)
    mails, matching = await run_in_threadpool(mailbox.search, _criteria(query), start=start, limit=limit)
    total = matching if not query else (await run_in_threadpool(mailbox.search, [], start=0, limit=0))[1]
    unread = await run_in_threadpool(mailbox.unread)
    return JSONResponse(messages.page(mails, total=total, matching=matching, unread=unread, start=start))


async def _delete_matching(mailbox: Mailbox, request: Request) -> Response:
    query = request.query_params.get("query", "")
    if not query.strip():
        raise HTTPException(400, "Error: no search query")
    await run_in_threadpool(mailbox.delete_matching, _criteria(query))
    return PlainTextResponse("ok")


async def _message(mailbox: Mailbox, request: Request) -> Response:
    mail = await _found(mailbox, request.path_params["mail_id"])
    await run_in_threadpool(mailbox.mark, [mail.id], read=True)
    return JSONResponse(messages.detail(mail))


async def _message_headers(mailbox: Mailbox, request: Request) -> Response:
    return JSONResponse(messages.headers(await _found(mailbox, request.path_params["mail_id"])))


async def _message_raw(mailbox: Mailbox, request: Request) -> Response:
    mail = await _found(mailbox, request.path_params["mail_id"])
    return Response(mail.raw, media_type="text/plain")


async def _attachment(mailbox: Mailbox, request: Request) -> Response:
    """Answer one file of a mail, never to be opened in the page."""
    mail = await _found(mailbox, request.path_params["mail_id"])
    file = messages.attachment(mail, request.path_params["part_id"])
    if file is None:
        raise HTTPException(404, "part not found")
    name = quote(file.get_filename() or "attachment", errors="replace")
    headers = {"Content-Disposition": f"attachment; filename*=utf-8''{name}"} | _policy("sandbox")
    return Response(messages.content_of(file), media_type=file.get_content_type(), headers=headers)


async def _delete(mailbox: Mailbox, request: Request) -> Response:
    body = await _json(request)
    await run_in_threadpool(mailbox.delete, _ids(body))
    return PlainTextResponse("ok")


async def _mark(mailbox: Mailbox, request: Request) -> Response:
    body = await _json(request)
    await run_in_threadpool(mailbox.mark, _ids(body), read=bool(body.get("Read")))
    return PlainTextResponse("ok")


async def _ready(_mailbox: Mailbox, _request: Request) -> Response:
    return PlainTextResponse("ok")


async def _found(mailbox: Mailbox, mail_id: str) -> Mail:
    mail = await run_in_threadpool(mailbox.find, mail_id)
    if mail is None:
        raise HTTPException(404, "message not found")
    return mail


def _criteria(query: str) -> list[Any]:
    try:
        return list(parse(query))
    except UnsupportedSearch as error:
        raise HTTPException(501, f"The embedded mailbox does not search by {error}") from error


async def _json(request: Request) -> dict[str, Any]:
    raw = await request.body()
    try:
        body = json.loads(raw) if raw else {}
    except ValueError as error:
        raise HTTPException(400, "Error: the body is not JSON") from error
    if not isinstance(body, dict):
        raise HTTPException(400, "Error: the body is not an object")
    return body


def _ids(body: dict[str, Any]) -> list[str] | None:
    """Return the listed ids; an absent or empty list means every mail, as in Mailpit."""
    ids = body.get("IDs") or None
    if ids is not None and not (isinstance(ids, list) and all(isinstance(item, str) for item in ids)):
        raise HTTPException(400, "Error: IDs is not a list of texts")
    return ids


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, "")
    return int(text[:9]) if text.isascii() and text.isdigit() else default


def _policy(policy: str) -> dict[str, str]:
    return {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


_ENDPOINTS: list[tuple[str, str, Endpoint]] = [
    ("GET", "/", _list_page),
    ("POST", "/clear", _clear),
    ("GET", "/view/{mail_id}", _view),
    ("GET", "/livez", _ready),
    ("GET", "/readyz", _ready),
    ("GET", "/api/v1/messages", _messages),
    ("DELETE", "/api/v1/messages", _delete),
    ("PUT", "/api/v1/messages", _mark),
    ("GET", "/api/v1/search", _search),
    ("DELETE", "/api/v1/search", _delete_matching),
    ("GET", "/api/v1/message/{mail_id}", _message),
    ("GET", "/api/v1/message/{mail_id}/headers", _message_headers),
    ("GET", "/api/v1/message/{mail_id}/raw", _message_raw),
    ("GET", "/api/v1/message/{mail_id}/part/{part_id}", _attachment),
]
