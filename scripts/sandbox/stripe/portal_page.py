"""The billing portal: a company changes its plan or card, or ends its subscription."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from scripts.sandbox.sandbox import sandbox_of
from scripts.sandbox.stripe import PLATFORM
from scripts.sandbox.stripe.cards import CARDS
from scripts.sandbox.stripe.pages import go, refuse_foreign_form, say, show
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.plans import PRICES, product_name
from scripts.sandbox.stripe.store import Json
from scripts.sandbox.stripe.subscriptions import ENDED, cancel, cancel_at_period_end, change_card, change_price


async def page(request: Request) -> Response:
    """Show the customer's subscription and what can be done with it."""
    session = _session(request)
    if session is None:
        return say("Page not found", "This page does not exist.", status=404)
    stripe = sandbox_of(request).stripe
    plans = [{"price": price, "name": product_name(price)} for price in PRICES.values()]
    shown = {
        "session": session,
        "subscription": _subscription(stripe, session),
        "plans": plans,
        "cards": CARDS.values(),
        "said": request.query_params.get("said", ""),
    }
    return show("portal.html", shown)


async def submit(request: Request) -> Response:
    """Do what was chosen and show the page again."""
    refusal = refuse_foreign_form(request)
    if refusal is not None:
        return refusal
    session, form = _session(request), await request.form()
    if session is None:
        return say("Page not found", "This page does not exist.", status=404)
    stripe = sandbox_of(request).stripe
    subscription = _subscription(stripe, session)
    done = subscription is not None and _change(stripe, subscription, str(form.get("what")), str(form.get("value")))
    return go(f"/stripe/p/session/{session['id']}?said={'Saved.' if done else 'Nothing+was+changed.'}")


def _change(stripe: Stripe, subscription: Json, what: str, value: str) -> bool:
    """Change a subscription; return whether the choice made sense."""
    if what == "plan" and value in PRICES:
        change_price(stripe, PLATFORM, subscription, PRICES[value])
    elif what == "card" and value in CARDS:
        change_card(stripe, PLATFORM, subscription, value)
    elif what in {"cancel", "renew"}:
        cancel_at_period_end(stripe, PLATFORM, subscription, what == "cancel")
    elif what == "cancel_now":
        cancel(stripe, PLATFORM, subscription)
    else:
        return False
    return True


def _session(request: Request) -> Json | None:
    found = sandbox_of(request).stripe.store.find(PLATFORM, request.path_params["id"])
    return found if found and found["object"] == "billing_portal.session" else None


def _subscription(stripe: Stripe, session: Json) -> Json | None:
    """Return the customer's newest subscription that has not ended, or None."""
    wanted = [("json_extract(body, '$.customer') = ?", session["customer"])]
    found = stripe.store.page(PLATFORM, "subscription", wanted, "desc", 100)
    return next((subscription for subscription in found if subscription["status"] not in ENDED), None)


ROUTES = [
    Route("/stripe/p/session/{id}", page),
    Route("/stripe/p/session/{id}", submit, methods=["POST"]),
]
