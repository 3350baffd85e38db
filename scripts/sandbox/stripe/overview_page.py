"""The overview: everything that Stripe knows here, with buttons for what happens at banks and as time passes."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote_plus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from scripts.sandbox.sandbox import sandbox_of
from scripts.sandbox.stripe import timers
from scripts.sandbox.stripe.actions import ACTIONS
from scripts.sandbox.stripe.clock import DAY, HOUR
from scripts.sandbox.stripe.errors import Refusal
from scripts.sandbox.stripe.pages import go, refuse_foreign_form, show
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.store import Json

_SHOWN = 30
_STEPS = {"1 hour": HOUR, "1 day": DAY, "5 days": 5 * DAY, "15 days": 15 * DAY, "32 days": 32 * DAY}


async def page(request: Request) -> Response:
    """Show the newest of everything."""
    stripe = sandbox_of(request).stripe
    shown = {
        "now": datetime.fromtimestamp(stripe.clock.now(), UTC),
        "steps": _STEPS,
        "endpoint": stripe.settings.endpoint,
        "accounts": _newest(stripe, "account"),
        "sessions": _newest(stripe, "checkout.session"),
        "payments": [_payment(stripe, *found) for found in _newest(stripe, "payment_intent")],
        "refunds": _newest(stripe, "refund"),
        "disputes": _newest(stripe, "dispute"),
        "subscriptions": _newest(stripe, "subscription"),
        "events": [(stripe.events.state(event["id"]), event) for _, event in _newest(stripe, "event")],
        "said": request.query_params.get("said", ""),
    }
    return show("overview.html", shown)


async def act(request: Request) -> Response:
    """Do what a button says."""
    refusal = refuse_foreign_form(request)
    if refusal is not None:
        return refusal
    form = await request.form()
    said = _done(sandbox_of(request).stripe, str(form.get("action")), str(form.get("subject")))
    return go(f"/stripe/?said={quote_plus(said)}")


async def without_slash(_request: Request) -> Response:
    """Lead to the page."""
    return RedirectResponse("/stripe/")


def _done(stripe: Stripe, action: str, subject: str) -> str:
    """Do an action and return what to say about it."""
    if action == "advance" and subject in _STEPS:
        timers.advance(stripe, _STEPS[subject])
        return f"It is now {subject} later."
    if action not in ACTIONS:
        return "Nothing was done: there is no such action."
    try:
        ACTIONS[action](stripe, subject)
    except Refusal as refusal:
        return f"Nothing was done: {refusal}"
    return "Done."


def _newest(stripe: Stripe, kind: str) -> list[tuple[str, Json]]:
    return stripe.store.newest(kind, _SHOWN)


def _payment(stripe: Stripe, account: str, intent: Json) -> dict[str, Any]:
    """Return a payment with its charge, and whether it can be disputed."""
    charge = stripe.store.find(account, intent["latest_charge"]) if intent["latest_charge"] else None
    paid = charge is not None and charge["status"] == "succeeded" and not charge["disputed"]
    return {"account": account or "platform", "intent": intent, "charge": charge, "disputable": paid}


ROUTES = [
    Route("/stripe", without_slash),
    Route("/stripe/", page),
    Route("/stripe/", act, methods=["POST"]),
]
