"""Stripe's part of the control API, for tests and scripts: JSON in, JSON out; what makes no sense is refused."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from scripts.sandbox.control_bodies import Unusable, read_object, string
from scripts.sandbox.sandbox import sandbox_of
from scripts.sandbox.stripe import PLATFORM, accounts, actions, timers
from scripts.sandbox.stripe.errors import Refusal
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.store import Json, public

_LONGEST_ADVANCE = 10 * 366 * 86400


async def endpoint(request: Request) -> Response:
    """GET {url}; PUT {url}: where all events go from now on (empty: nowhere)."""
    settings = sandbox_of(request).stripe.settings
    if request.method == "PUT":
        settings.set("endpoint", string(await read_object(request), "url"))
    return JSONResponse({"url": settings.endpoint})


async def secrets(request: Request) -> Response:
    """GET {platform, connect}; PUT one or both: lists of secrets, each of which signs."""
    settings = sandbox_of(request).stripe.settings
    if request.method == "PUT":
        wanted = await read_object(request)
        for name in wanted:
            settings.set(_secrets_name(name), _strings(wanted, name))
    return JSONResponse({"platform": settings.secrets(connected=False), "connect": settings.secrets(connected=True)})


async def clock(request: Request) -> Response:
    """GET {now}; POST {advance_seconds}: do everything that is due by then; answers {now}."""
    stripe = sandbox_of(request).stripe
    if request.method == "POST":
        seconds = _whole(await read_object(request), "advance_seconds")
        if not 0 <= seconds <= _LONGEST_ADVANCE:
            raise Unusable("`advance_seconds` must be between 0 and ten years")
        return JSONResponse({"now": timers.advance(stripe, seconds)})
    return JSONResponse({"now": stripe.clock.now()})


async def open_dispute(request: Request) -> Response:
    """POST {charge | payment_intent, amount?}: the cardholder disputes; answers the dispute."""
    wanted = await read_object(request)
    subject = string(wanted, "payment_intent" if "payment_intent" in wanted else "charge")
    amount = _whole(wanted, "amount") if "amount" in wanted else None
    return _done(lambda: actions.dispute(sandbox_of(request).stripe, subject, amount), 201)


async def close_dispute(request: Request) -> Response:
    """POST {status: won | lost}: the bank decides; answers the dispute."""
    status = string(await read_object(request), "status")
    if status not in {"won", "lost"}:
        raise Unusable("`status` must be won or lost")
    return _done(lambda: actions.close_dispute(sandbox_of(request).stripe, request.path_params["id"], status))


async def settle(request: Request) -> Response:
    """POST {succeeds: bool}: a bank debit (by its intent) or a refund comes to its end now; answers the object."""
    succeeds = (await read_object(request)).get("succeeds")
    if not isinstance(succeeds, bool):
        raise Unusable("`succeeds` must be true or false")
    subject, stripe = request.path_params["id"], sandbox_of(request).stripe
    change = actions.settle_debit if "/payment_intents/" in request.url.path else actions.settle_refund
    return _done(lambda: change(stripe, subject, succeeds))


async def require(request: Request) -> Response:
    """POST {requirements: [name]}: Stripe asks an account for something again; answers the account."""
    names = _strings(await read_object(request), "requirements")
    stripe = sandbox_of(request).stripe
    return _done(lambda: accounts.require(stripe, stripe.find(PLATFORM, "account", request.path_params["id"]), names))


async def charges(request: Request) -> Response:
    """GET: what customers really were charged, over all accounts, oldest first; failed attempts are left out."""
    found = [
        {"account": account, **{name: charge[name] for name in _CHARGE_FIELDS}}
        for account, charge in sandbox_of(request).stripe.store.all("charge")
        if charge["status"] != "failed"
    ]
    return JSONResponse({"charges": found})


async def events(request: Request) -> Response:
    """GET: every event of every account with its delivery, oldest first."""
    stripe = sandbox_of(request).stripe
    found = [{**event, "delivery": stripe.events.state(event["id"])} for _, event in stripe.store.all("event")]
    return JSONResponse({"events": found})


def _by_id(action: Callable[[Stripe, str], Json]) -> Callable[[Request], Any]:
    async def endpoint_by_id(request: Request) -> Response:
        return _done(lambda: action(sandbox_of(request).stripe, request.path_params["id"]))

    return endpoint_by_id


def _done(action: Callable[[], Json], status: int = 200) -> Response:
    """Answer what an action returns, or why it is impossible."""
    try:
        return JSONResponse(public(action()), status_code=status)
    except Refusal as refusal:
        raise Unusable(str(refusal)) from refusal


def _secrets_name(name: str) -> str:
    if name not in {"platform", "connect"}:
        raise Unusable(f"no such secrets: {name}")
    return f"{name}_secrets"


def _strings(wanted: Json, name: str) -> list[str]:
    value = wanted.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise Unusable(f"`{name}` must be a list of strings")
    return value


def _whole(wanted: Json, name: str) -> int:
    value = wanted.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unusable(f"`{name}` must be a whole number")
    return value


_CHARGE_FIELDS = ("id", "amount", "amount_refunded", "currency", "status", "payment_intent", "metadata", "disputed")
_BASE = "/control/stripe"
ROUTES = [
    Route(f"{_BASE}/endpoint", endpoint, methods=["GET", "PUT"]),
    Route(f"{_BASE}/secrets", secrets, methods=["GET", "PUT"]),
    Route(f"{_BASE}/clock", clock, methods=["GET", "POST"]),
    Route(f"{_BASE}/charges", charges),
    Route(f"{_BASE}/events", events),
    Route(f"{_BASE}/events/{{id}}/deliver", _by_id(actions.deliver), methods=["POST"]),
    Route(f"{_BASE}/disputes", open_dispute, methods=["POST"]),
    Route(f"{_BASE}/disputes/{{id}}/close", close_dispute, methods=["POST"]),
    Route(f"{_BASE}/payment_intents/{{id}}/settle", settle, methods=["POST"]),
    Route(f"{_BASE}/refunds/{{id}}/settle", settle, methods=["POST"]),
    Route(f"{_BASE}/accounts/{{id}}/complete", _by_id(actions.complete_account), methods=["POST"]),
    Route(f"{_BASE}/accounts/{{id}}/deauthorize", _by_id(actions.deauthorize_account), methods=["POST"]),
    Route(f"{_BASE}/accounts/{{id}}/require", require, methods=["POST"]),
    Route(f"{_BASE}/subscriptions/{{id}}/cancel", _by_id(actions.cancel_subscription), methods=["POST"]),
]
