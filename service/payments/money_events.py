"""Events about a customer's money on a company's own account, each as (kind, fields) for the database.

Each handler quotes Stripe's sentence about its event (https://docs.stripe.com/api/events/types). None compares times:
the database orders by the rank of what is said. A company may sell elsewhere with the same account; what does not carry
our mark, the id of our payment, is not ours and means nothing here.
"""

from __future__ import annotations

from typing import Any

from service.payments.lookup import Lookup
from service.payments.news import Effect, News
from service.payments.objects import Json, number, our_id, reference, text, value

_REFUND_STATUSES = {"requires_action": "pending"}

_DISPUTE_STATUSES = {
    "needs_response": "open",
    "under_review": "open",
    "warning_needs_response": "open",
    "warning_under_review": "open",
    "warning_closed": "won",
    "prevented": "won",
    "won": "won",
    "lost": "lost",
}
"""A warning is an inquiry: while it lasts no money is taken, and closed without a dispute, none was lost.
https://docs.stripe.com/api/disputes/object"""


def session_completed(news: News, _: Lookup) -> Effect | None:
    """Occurs when a Checkout Session has been successfully completed.

    Completed is not paid: the money of a bank debit is on its way for days (`payment_status` is `unpaid`).
    """
    status = {"paid": "succeeded", "unpaid": "processing"}.get(text(news.object, "payment_status") or "")
    return _session(news.object, status) if status else None


def session_paid(news: News, _: Lookup) -> Effect | None:
    """Occurs when a payment intent using a delayed payment method finally succeeds."""
    return _session(news.object, "succeeded")


def session_failed(news: News, _: Lookup) -> Effect | None:
    """Occurs when a payment intent using a delayed payment method fails."""
    return _session(news.object, "failed")


def session_expired(news: News, _: Lookup) -> Effect | None:
    """Occurs when a Checkout Session is expired."""
    return _session(news.object, "canceled")


def intent_processing(news: News, _: Lookup) -> Effect | None:
    """Occurs when a PaymentIntent has started processing."""
    return _intent(news.object, "processing")


def intent_succeeded(news: News, _: Lookup) -> Effect | None:
    """Occurs when a PaymentIntent has successfully completed payment."""
    return _intent(news.object, "succeeded")


def intent_canceled(news: News, _: Lookup) -> Effect | None:
    """Occurs when a PaymentIntent is canceled."""
    return _intent(news.object, "canceled")


def intent_failed(news: News, _: Lookup) -> Effect | None:
    """Occurs when a PaymentIntent has failed the attempt to create a payment method or a payment.

    The customer may try another card on the same page, so this is a decline and not the end of the attempt.
    """
    payment = our_id(news.object, "payment")
    if payment is None:
        return None
    error = value(news.object, "last_payment_error")
    fields = {
        "payment": payment,
        "payment_intent": text(news.object, "id"),
        "code": text(error, "decline_code") or text(error, "code"),
        "message": text(error, "message"),
    }
    return Effect("decline", fields)


def charge_succeeded(news: News, _: Lookup) -> Effect | None:
    """Occurs whenever a charge is successful."""
    return _charge(news.object, "succeeded")


def charge_updated(news: News, lookup: Lookup) -> Effect | None:
    """Occurs whenever a charge description or metadata is updated, or upon an asynchronous capture.

    With the latter comes the balance transaction, which knows Stripe's fee.
    """
    booked = reference(news.object, "balance_transaction")
    if news.account is None or booked is None or text(news.object, "status") != "succeeded":
        return None
    effect = _charge(news.object, "succeeded")
    if effect is not None:
        effect.fields["fee_cents"] = number(lookup.balance_transaction(booked, news.account), "fee")
    return effect


def charge_failed(news: News, _: Lookup) -> Effect | None:
    """Occurs whenever a failed charge attempt occurs.

    A card's failure is told by its PaymentIntent too, and is a decline; a bank debit that fails ends its attempt.
    """
    if text(news.object, "payment_method_details", "type") in {"card", None}:
        return None
    return _charge(news.object, "failed")


def charge_refunded(news: News, lookup: Lookup) -> Effect | None:
    """Occurs whenever a charge is refunded, including partial refunds. Listen to `refund.created` for information about
    the refund.

    Endpoints with a version before 2022-11-15 get the charge's refunds with it, the newest first.
    """
    refunds = value(news.object, "refunds", "data")
    if not isinstance(refunds, list) or not refunds:
        return None
    return _refund(news, refunds[0], lookup)


def refund_changed(news: News, lookup: Lookup) -> Effect | None:
    """Occurs whenever a refund is created, is updated, or has failed."""
    return _refund(news, news.object, lookup)


def dispute_changed(news: News, lookup: Lookup) -> Effect | None:
    """Occurs whenever a customer disputes a charge with their bank, when the dispute is updated, when it is closed and
    changes status to lost, warning_closed, or won, and when funds are removed from or reinstated to your account.

    Open gives way to won and lost by rank. Between those two only Stripe knows which is the last word.
    """
    dispute, dispute_id = news.object, text(news.object, "id")
    if news.account is None or dispute_id is None:
        return None
    if _DISPUTE_STATUSES.get(text(dispute, "status") or "") in {"won", "lost"}:
        dispute = lookup.dispute(dispute_id, news.account)
    payment = _payment_behind(news, dispute, lookup)
    status = _DISPUTE_STATUSES.get(text(dispute, "status") or "")
    if payment is None or status is None:
        return None
    fields = {
        "payment": payment,
        "stripe_dispute": dispute_id,
        "payment_intent": reference(dispute, "payment_intent"),
        "charge": reference(dispute, "charge"),
        "amount_cents": number(dispute, "amount"),
        "status": status,
        "reason": text(dispute, "reason"),
    }
    return Effect("dispute", fields)


def _session(session: Json, status: str) -> Effect | None:
    """A session in mode `payment`; what a company pays us for FieldLite is told by its subscription."""
    if text(session, "mode") != "payment":
        return None
    said = {
        "session": text(session, "id"),
        "payment_intent": reference(session, "payment_intent"),
        "amount_cents": number(session, "amount_total"),
    }
    return _payment(session, status, said)


def _intent(intent: Json, status: str) -> Effect | None:
    said = {
        "payment_intent": text(intent, "id"),
        "charge": reference(intent, "latest_charge"),
        "amount_cents": number(intent, "amount"),
        "failure_message": text(intent, "cancellation_reason"),
    }
    return _payment(intent, status, said)


def _charge(charge: Json, status: str) -> Effect | None:
    """A charge has a copy of its PaymentIntent's metadata, made when the charge was."""
    said = {
        "payment_intent": reference(charge, "payment_intent"),
        "charge": text(charge, "id"),
        "method": text(charge, "payment_method_details", "type"),
        "amount_cents": number(charge, "amount"),
        "failure_code": text(charge, "failure_code"),
        "failure_message": text(charge, "failure_message"),
    }
    return _payment(charge, status, said)


def _payment(thing: Json, status: str, said: dict[str, Any]) -> Effect | None:
    payment = our_id(thing, "payment")
    if payment is None:
        return None
    return Effect("payment", {"payment": payment, "status": status, "currency": text(thing, "currency"), **said})


def _refund(news: News, refund: Json, lookup: Lookup) -> Effect | None:
    payment = our_id(refund, "payment") or _payment_behind(news, refund, lookup)
    if payment is None:
        return None
    status = text(refund, "status") or "pending"
    fields = {
        "payment": payment,
        "refund": our_id(refund, "refund"),
        "stripe_refund": text(refund, "id"),
        "payment_intent": reference(refund, "payment_intent"),
        "charge": reference(refund, "charge"),
        "amount_cents": number(refund, "amount"),
        "status": _REFUND_STATUSES.get(status, status),
        "reason": text(refund, "reason"),
        "failure_reason": text(refund, "failure_reason"),
    }
    return Effect("refund", fields)


def _payment_behind(news: News, thing: Json, lookup: Lookup) -> str | None:
    """Our payment behind a refund made in Stripe's dashboard, or behind a dispute: those do not carry our mark."""
    intent = reference(thing, "payment_intent")
    if intent is None or news.account is None:
        return None
    return our_id(lookup.payment_intent(intent, news.account), "payment")
