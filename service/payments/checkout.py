"""Opens Stripe's payment page for one attempt to pay an invoice: a direct charge on the company's own account.

One row of `payments` is one attempt is one Checkout session: our row's id is the idempotency key, so a double click, a
second tab and a lost answer all end on the same page, and money moves once.
"""

from __future__ import annotations

from typing import Any

from stripe.params.checkout import SessionCreateParams

from service.errors import Conflict
from service.payments.client import Payments
from service.payments.errors import PaymentsRefused, asking_stripe

Attempt = dict[str, Any]
"""What `backend.start_payment` returns: {payment_id, tenant_id, stripe_account_id, amount_cents, currency, number,
company, contact_name, supersedes: session id | null, expires_at}; `expires_at`, in seconds since 1970, is the same
whenever the same attempt is asked for."""


class AlreadyPaying(Conflict):
    """An earlier page of the same invoice was paid, and its news is on the way."""

    code = "processing"
    detail = "A payment for this invoice is already on its way."


def start_checkout(payments: Payments, attempt: Attempt, return_url: str) -> str:
    """Return the address of Stripe's page, which leads back to `return_url?paid=yes` or `?paid=no`.

    The page of a superseded attempt is closed first, so that two amounts cannot both be paid. Records the session.
    Raises AlreadyPaying, PaymentsRefused, PaymentsUnavailable and what the database door raises.
    """
    account = attempt["stripe_account_id"]
    if attempt["supersedes"]:
        _close(payments, account, attempt["supersedes"])
    with asking_stripe():
        session = payments.stripe.v1.checkout.sessions.create(
            params=_session(attempt, return_url),
            options={"stripe_account": account, "idempotency_key": str(attempt["payment_id"])},
        )
    payments.database.call(
        "record_checkout",
        p_tenant=attempt["tenant_id"],
        p_payment=attempt["payment_id"],
        p_session=session.id,
        p_payment_intent=_id(session.payment_intent),
    )
    if not session.url:
        raise PaymentsRefused("no_url")
    return session.url


def _session(attempt: Attempt, return_url: str) -> SessionCreateParams:
    """The same for every call about one attempt: Stripe refuses a known key with other parameters."""
    ours = {"payment": str(attempt["payment_id"])}
    name = f"Invoice {attempt['number']}"
    return {
        "mode": "payment",
        "allowed_payment_method_types": ["card", "us_bank_account"],
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": attempt["currency"].lower(),
                    "unit_amount": attempt["amount_cents"],
                    "product_data": {"name": name},
                },
            }
        ],
        "payment_intent_data": {"metadata": ours, "description": f"{name}, {attempt['company']}"},
        "metadata": ours,
        "client_reference_id": ours["payment"],
        "success_url": f"{return_url}?paid=yes",
        "cancel_url": f"{return_url}?paid=no",
        "expires_at": attempt["expires_at"],
    }


def _close(payments: Payments, account: str, session: str) -> None:
    """Expire a session that is still open; AlreadyPaying when it was paid meanwhile."""
    sessions = payments.stripe.v1.checkout.sessions
    try:
        with asking_stripe():
            sessions.expire(session, options={"stripe_account": account})
    except PaymentsRefused:
        with asking_stripe():
            kept = sessions.retrieve(session, options={"stripe_account": account})
        if kept.status == "complete":
            raise AlreadyPaying from None


def _id(reference: Any) -> str | None:
    """The id of an object that Stripe gives as an id or, when expanded, as a whole."""
    return reference if reference is None or isinstance(reference, str) else str(reference.id)
