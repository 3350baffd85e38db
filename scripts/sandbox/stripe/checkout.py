"""Paying a Checkout session: what the buttons of the payment page do.

Every function may be called twice: a session that is complete stays as it is, so that a double click charges once.
"""

from dataclasses import asdict

from scripts.sandbox.stripe import payments, subscribing
from scripts.sandbox.stripe.cards import CARDS, Bank, Card, Decline
from scripts.sandbox.stripe.disputes import open_dispute
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.payments import Payer
from scripts.sandbox.stripe.store import Json


def pay_by_card(stripe: Stripe, account: str, session: Json, card: Card, payer: Payer) -> None:
    """Try a card. A decline leaves the session open with the reason."""
    session = stripe.change(session, _payer=asdict(payer))
    if session["status"] != "open":
        return
    if session["mode"] == "subscription" and subscribing.trial_end(stripe, session):
        _begin_trial(stripe, account, session, card, payer)
        return
    intent = _intent(stripe, account, session)
    tried = payments.pay_by_card(stripe, account, intent, card, payer, card.decline)
    _after_card(stripe, account, session, tried, payer)


def authenticate(stripe: Stripe, account: str, session: Json, agreed: bool) -> None:
    """The customer's bank asked whether it is really them."""
    intent = stripe.find(account, "payment_intent", session["payment_intent"])
    if session["status"] != "open" or intent["status"] != "requires_action":
        return
    payer = Payer(**session["_payer"])
    if agreed:
        intent = payments.pay_by_card(stripe, account, intent, CARDS[intent["_card"]], payer, None)
    else:
        intent = payments.refuse_authentication(stripe, account, intent)
    _after_card(stripe, account, session, intent, payer)


def pay_by_bank(stripe: Stripe, account: str, session: Json, bank: Bank, payer: Payer) -> None:
    """Start a bank debit: the session is complete, but not paid until the debit settles."""
    if session["status"] != "open":
        return
    intent = payments.pay_by_bank(stripe, account, _intent(stripe, account, session), bank, payer)
    _complete(stripe, account, session, payer, payment_status="unpaid", payment_intent=intent["id"])
    payments.tell_processing(stripe, account, intent)


def settle_bank_debit(stripe: Stripe, account: str, intent_id: str, failure: Decline | None) -> None:
    """The debit clears, or the bank returns it. One that has settled before stays as it is."""
    intent = stripe.find(account, "payment_intent", intent_id)
    if intent["status"] != "processing":
        return
    stripe.agenda.forget(intent_id, "bank_debit_settles")
    session = _session_of(stripe, account, intent_id)
    if failure is not None:
        payments.fail_bank_debit(stripe, account, intent, failure)
        stripe.tell(account, "checkout.session.async_payment_failed", session)
        return
    payments.succeed(stripe, account, intent, stripe.find(account, "charge", intent["latest_charge"]))
    paid = stripe.change(session, payment_status="paid")
    stripe.tell(account, "checkout.session.async_payment_succeeded", paid)


def _after_card(stripe: Stripe, account: str, session: Json, intent: Json, payer: Payer) -> None:
    """Go on with a session as its intent came out."""
    if intent["status"] == "requires_payment_method":
        stripe.change(session, _error=intent["last_payment_error"]["message"])
    if intent["status"] != "succeeded":
        return
    charge = stripe.find(account, "charge", intent["latest_charge"])
    card = CARDS[charge["_card"]]
    if session["mode"] == "subscription":
        made = subscribing.subscribe(stripe, account, stripe.fresh(session), card, intent)
        _complete(stripe, account, session, payer, payment_status="paid", **made)
    else:
        _complete(stripe, account, session, payer, payment_status="paid", payment_intent=intent["id"])
    if card.disputed:
        open_dispute(stripe, account, charge)


def _begin_trial(stripe: Stripe, account: str, session: Json, card: Card, payer: Payer) -> None:
    """Keep the card for later; nothing is charged. A card that asks for authentication is kept without asking."""
    if card.decline is not None:
        stripe.change(session, _error=card.decline.message)
        return
    with_customer = subscribing.with_customer(stripe, account, session, payer)
    made = subscribing.subscribe(stripe, account, with_customer, card, None)
    _complete(stripe, account, session, payer, payment_status="no_payment_required", **made)


def _intent(stripe: Stripe, account: str, session: Json) -> Json:
    """Return the session's intent, made at the first attempt to pay."""
    if session["payment_intent"]:
        return stripe.find(account, "payment_intent", session["payment_intent"])
    payer = Payer(**stripe.fresh(session)["_payer"])
    if session["mode"] == "subscription":
        session = subscribing.with_customer(stripe, account, session, payer)
    intent = payments.new_intent(
        stripe,
        account,
        amount=session["amount_total"],
        currency=session["currency"],
        types=session["payment_method_types"],
        customer=session["customer"],
        **session["_intent"],
    )
    stripe.change(session, payment_intent=intent["id"])
    return intent


def _complete(stripe: Stripe, account: str, session: Json, payer: Payer, **changes: object) -> None:
    details = {"address": None, "email": payer.email, "name": payer.name, "phone": None, "tax_exempt": "none"}
    complete = stripe.change(
        session, status="complete", url=None, customer_details={**details, "tax_ids": []}, _error="", **changes
    )
    stripe.agenda.forget(session["id"], "session_expires")
    stripe.tell(account, "checkout.session.completed", complete)


def _session_of(stripe: Stripe, account: str, intent_id: str) -> Json:
    wanted = [("json_extract(body, '$.payment_intent') = ?", intent_id)]
    return stripe.store.page(account, "checkout.session", wanted, "desc", 1)[0]
