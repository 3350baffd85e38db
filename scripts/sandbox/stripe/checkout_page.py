"""The payment page of a Checkout session: card or bank debit, the authentication step, retries, the way back."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from scripts.sandbox.sandbox import sandbox_of
from scripts.sandbox.stripe import PLATFORM, checkout, subscribing
from scripts.sandbox.stripe.cards import BANKS, CARDS, NOT_A_TEST_CARD, Card
from scripts.sandbox.stripe.pages import go, refuse_foreign_form, say, show
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.payments import Payer
from scripts.sandbox.stripe.store import Json

_EXPIRY = re.compile(r"(0[1-9]|1[0-2])\s*/?\s*(\d{2}|20\d{2})")


async def page(request: Request) -> Response:
    """Show what the session is about now: the forms, the authentication, or that it is over."""
    stripe = sandbox_of(request).stripe
    found = _session(request)
    if found is None:
        return say("Page not found", "This payment page does not exist.", status=404)
    account, session = found
    return _over(session) or show(
        "checkout.html", _shown(stripe, account, session), leads_to=[session["success_url"], session["cancel_url"]]
    )


async def pay_by_card(request: Request) -> Response:
    """Try the typed card."""
    form = await request.form()

    def act(stripe: Stripe, account: str, session: Json) -> None:
        card, problem = _typed_card(form, stripe.clock.now())
        if card is None:
            stripe.change(session, _error=problem)
        else:
            checkout.pay_by_card(stripe, account, session, card, _payer(form, session))

    return _act(request, act)


async def pay_by_bank(request: Request) -> Response:
    """Start a debit of the typed bank account."""
    form = await request.form()

    def act(stripe: Stripe, account: str, session: Json) -> None:
        bank = BANKS.get(_digits(form.get("account_number")))
        if "us_bank_account" not in session["payment_method_types"]:
            stripe.change(session, _error="This company does not take bank debits.")
        elif bank is None or _digits(form.get("routing_number")) != "110000000":
            stripe.change(session, _error="That is not a test bank account. The list below has some.")
        else:
            checkout.pay_by_bank(stripe, account, session, bank, _payer(form, session))

    return _act(request, act)


async def authenticate(request: Request) -> Response:
    """The customer answers their bank."""
    agreed = (await request.form()).get("answer") == "agree"

    def act(stripe: Stripe, account: str, session: Json) -> None:
        if session["payment_intent"]:
            checkout.authenticate(stripe, account, session, agreed)

    return _act(request, act)


def _act(request: Request, act: Callable[[Stripe, str, Json], None]) -> Response:
    """Do something to an open session; then show its page again, or go where the company wants its customer."""
    refusal = refuse_foreign_form(request)
    if refusal is not None:
        return refusal
    stripe, found = sandbox_of(request).stripe, _session(request)
    if found is None:
        return say("Page not found", "This payment page does not exist.", status=404)
    account, session = found
    if session["status"] == "open":
        act(stripe, account, session)
        session = stripe.fresh(session)
    return go(_success_url(session) if session["status"] == "complete" else f"/stripe/c/pay/{session['id']}")


def _session(request: Request) -> tuple[str, Json] | None:
    store = sandbox_of(request).stripe.store
    account = store.account_of(request.path_params["id"])
    session = None if account is None else store.find(account, request.path_params["id"])
    if account is None or session is None or session["object"] != "checkout.session":
        return None
    return account, session


def _over(session: Json) -> Response | None:
    if session["status"] == "complete":
        words = "This was paid already, or the payment is under way. You do not have to do anything."
        return say("You are all set", words, link=_success_url(session), link_words="Back to the company")
    if session["status"] == "expired":
        words = "This payment page has expired. Open the invoice again to pay."
        return say("Page expired", words, link=session["cancel_url"], link_words="Back to the company")
    return None


def _shown(stripe: Stripe, account: str, session: Json) -> Json:
    intent = stripe.find(account, "payment_intent", session["payment_intent"]) if session["payment_intent"] else None
    return {
        "session": session,
        "company": _company(stripe, account),
        "items": session["_line_items"],
        "error": session["_error"],
        "email": session["_payer"]["email"] or session["customer_email"] or "",
        "name": session["_payer"]["name"] or "",
        "authenticating": intent is not None and intent["status"] == "requires_action",
        "trial": session["mode"] == "subscription" and subscribing.trial_end(stripe, session) is not None,
        "cards": CARDS.values(),
        "banks": BANKS.values() if "us_bank_account" in session["payment_method_types"] else [],
    }


def _company(stripe: Stripe, account: str) -> str:
    if account == PLATFORM:
        return "FieldLite"
    body = stripe.find(PLATFORM, "account", account)
    return str(body["business_profile"]["name"] or body["email"] or "the company")


def _success_url(session: Json) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _payer(form: FormData, session: Json) -> Payer:
    email = str(form.get("email", "")).strip() or session["customer_email"]
    return Payer(str(form.get("name", "")).strip() or None, email)


def _typed_card(form: FormData, now: int) -> tuple[Card | None, str]:
    """Return the typed card, or what is wrong with it; a card that is no test card is declined by the page."""
    number = _digits(form.get("number"))
    if not 13 <= len(number) <= 19 or not _luhn(number):
        return None, "Your card number is incorrect."
    match = _EXPIRY.fullmatch(str(form.get("expiry", "")).strip())
    if match is None or _is_past(int(match[1]), int(match[2][-2:]), now):
        return None, "Your card's expiration date is incorrect. Write it as MM/YY."
    if not re.fullmatch(r"\d{3,4}", str(form.get("cvc", "")).strip()):
        return None, "Your card's security code is incorrect."
    return CARDS.get(number, Card(number, "no test card", decline=NOT_A_TEST_CARD)), ""


def _digits(value: Any) -> str:
    return re.sub(r"\D", "", str(value or ""))


def _luhn(number: str) -> bool:
    """Whether the last digit is the check digit of ISO/IEC 7812."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_past(month: int, year: int, now: int) -> bool:
    today = datetime.fromtimestamp(now, UTC)
    return (2000 + year, month) < (today.year, today.month)


_PATH = "/stripe/c/pay/{id}"
ROUTES = [
    Route(_PATH, page),
    Route(f"{_PATH}/card", pay_by_card, methods=["POST"]),
    Route(f"{_PATH}/bank", pay_by_bank, methods=["POST"]),
    Route(f"{_PATH}/authenticate", authenticate, methods=["POST"]),
]
