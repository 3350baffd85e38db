"""Gives money back to a customer: claimed in the database first, then asked of Stripe, then recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.members import Member
from service.payments.client import Payments
from service.payments.errors import PaymentsRefused, asking_stripe

_STATUSES = {"requires_action": "pending"}


@dataclass(frozen=True)
class Refund:
    """A wish to give back `amount_cents` of a payment; `id` is the browser's, and makes it one whatever happens."""

    id: UUID
    payment_id: UUID
    amount_cents: int
    reason: str | None


class RefundRefused(PaymentsRefused):
    """Stripe will not give this money back, and says why by a code; the refund is recorded as failed."""

    code = "refund_refused"
    detail = "Stripe did not give this money back. Look at the payment in Stripe's dashboard."


def give_back(payments: Payments, member: Member, refund: Refund) -> str:
    """Return the refund's status: `succeeded`, or `pending` for a bank debit.

    Raises DatabaseRefusal (403, 404, 409 `refund_too_large`), RefundRefused, and PaymentsUnavailable: then the money is
    claimed, and the same refund again finds out what became of it.
    """
    claimed = payments.database.call_value(
        "start_refund",
        p_tenant=member.tenant_id,
        p_user=member.user_id,
        p_refund=refund.id,
        p_payment=refund.payment_id,
        p_amount_cents=refund.amount_cents,
        p_reason=refund.reason,
    )
    if claimed["stripe_refund_id"] or claimed["status"] != "pending":
        return str(claimed["status"])
    try:
        made = _ask(payments, refund, claimed)
    except PaymentsRefused as refusal:
        _record(payments, member, refund, None, "failed", refusal.reason)
        raise RefundRefused(refusal.reason) from refusal
    status = _STATUSES.get(made.status, made.status)
    _record(payments, member, refund, made.id, status, getattr(made, "failure_reason", None))
    return str(status)


def _ask(payments: Payments, refund: Refund, claimed: dict[str, Any]) -> Any:
    with asking_stripe():
        return payments.stripe.v1.refunds.create(
            {
                "payment_intent": claimed["payment_intent_id"],
                "amount": claimed["amount_cents"],
                "reason": "requested_by_customer",
                "metadata": {"refund": str(refund.id), "payment": str(refund.payment_id)},
            },
            {"stripe_account": claimed["stripe_account_id"], "idempotency_key": str(refund.id)},
        )


def _record(
    payments: Payments, member: Member, refund: Refund, stripe_refund: str | None, status: str, failure: str | None
) -> None:
    payments.database.call(
        "record_refund",
        p_tenant=member.tenant_id,
        p_refund=refund.id,
        p_stripe_refund=stripe_refund,
        p_status=status,
        p_failure=failure,
    )
