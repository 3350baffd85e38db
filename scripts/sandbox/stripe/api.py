"""The REST API: who may call it, accounts, idempotency, expansion, the log of calls and the faults on demand."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from scripts.sandbox.sandbox import sandbox_of
from scripts.sandbox.stripe import API_VERSION, PLATFORM, PLATFORM_KEY
from scripts.sandbox.stripe.errors import Refusal
from scripts.sandbox.stripe.expand import expanded
from scripts.sandbox.stripe.faults import fail_after, fail_before, take_fault
from scripts.sandbox.stripe.fields import Fields, nested
from scripts.sandbox.stripe.idempotency import Key, key_of
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.store import Json, new_id, public

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Call:
    """One authorised request: the account that it acts for, its parameters, and the sandbox's own address."""

    stripe: Stripe
    account: str
    fields: Fields
    path: dict[str, str]
    base_url: str

    @property
    def subject(self) -> str:
        """The id in the path."""
        return self.path["id"]


Handler = Callable[[Call], Json]


def api_route(path: str, method: str, handler: Handler) -> Route:
    """Make a route below /stripe/v1; `handler` returns the answer's body or raises Refusal."""

    async def endpoint(request: Request) -> Response:
        pairs = await _pairs(request)
        try:
            status, body = 200, await _answer(request, pairs, handler)
        except Refusal as refusal:
            status, body = refusal.status, {"error": refusal.error}
        account = request.headers.get("Stripe-Account", "")
        sandbox_of(request).log.add(method, request.url.path, account, dict(pairs), status)
        return JSONResponse(body, status_code=status, headers=_headers(request))

    return Route(f"/stripe/v1{path}", endpoint, methods=[method])


async def not_played(request: Request) -> Response:
    """Answer what the sandbox does not know."""
    refusal = Refusal(404, f"Unrecognized request URL ({request.method}: {request.url.path.removeprefix('/stripe')}).")
    return JSONResponse({"error": refusal.error}, status_code=404, headers=_headers(request))


async def _pairs(request: Request) -> Pairs:
    form = await request.form()
    return [*request.query_params.multi_items(), *((name, str(value)) for name, value in form.multi_items())]


async def _answer(request: Request, pairs: Pairs, handler: Handler) -> Json:
    """Answer a request; a POST goes through its idempotency key and the faults on demand."""
    stripe = sandbox_of(request).stripe
    _authorise(request)
    account = _account(stripe, request)
    values = nested(pairs)
    paths = Fields({"expand": values.pop("expand", [])}).texts("expand")
    call = Call(stripe, account, Fields(values), request.path_params, str(request.base_url).rstrip("/"))

    def answer() -> Json:
        body: Json = public(expanded(stripe.store, account, handler(call), paths))
        return body

    if request.method != "POST":
        return answer()
    board = sandbox_of(request).switches
    fault = take_fault(board)
    await fail_before(fault)
    body = _once(stripe, _key(request, account, pairs), answer)
    await fail_after(fault)
    return body


def _once(stripe: Stripe, key: Key | None, answer: Callable[[], Json]) -> Json:
    """Answer, or give the answer that the same key got before."""
    earlier = stripe.idempotency.answer_of(key) if key else None
    if earlier is not None:
        return earlier
    body = answer()
    if key is not None:
        stripe.idempotency.remember(key, body)
    return body


def _key(request: Request, account: str, pairs: Pairs) -> Key | None:
    key = request.headers.get("Idempotency-Key")
    return key_of(account, key, f"{request.method} {request.url.path}", pairs) if key else None


def _authorise(request: Request) -> None:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key:
        raise Refusal(401, "You did not provide an API key.")
    if not hmac.compare_digest(key.encode(), PLATFORM_KEY.encode()):
        raise Refusal(401, f"Invalid API Key provided: {key[:7]}****{key[-4:]}")


def _account(stripe: Stripe, request: Request) -> str:
    """Return the connected account that the request acts for; raises 403 when it is not ours (any more)."""
    account = request.headers.get("Stripe-Account", PLATFORM)
    found = stripe.store.find(PLATFORM, account) if account else None
    if account and (found is None or found["object"] != "account" or found["_deauthorized"]):
        message = (
            f"The provided key '{PLATFORM_KEY[:7]}****' does not have access to account '{account}' (or that account"
            " does not exist). Application access may have been revoked."
        )
        raise Refusal(403, message, code="account_invalid")
    return account


def _headers(request: Request) -> dict[str, str]:
    wanted = ("Idempotency-Key", "Stripe-Account", "Stripe-Version")
    echoed = {name: request.headers[name] for name in wanted if name in request.headers}
    return {"Stripe-Version": API_VERSION, **echoed, "Request-Id": new_id("req_", 14)}
