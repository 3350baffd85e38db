"""Gives money back to a customer: claimed in the database first, then asked of Stripe, then recorded."""

from __future__ import annotations

from contextlib import suppress
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
    return _finish(payments, Claim.of(claimed, member.tenant_id, refund.id, refund.payment_id))


def finish_refunds(payments: Payments) -> int:
    """Ask Stripe for what was claimed and perhaps never asked for; return for how many refunds it answered.

    The refund's id is the idempotency key, so what Stripe knows already it only tells again.
    Raises PaymentsUnavailable: the next run goes on.
    """
    rows = payments.database.call("unfinished_refunds")
    for row in rows:
        with suppress(RefundRefused):  # recorded as failed: a person sees it
            _finish(payments, Claim.of(row, row["tenant_id"], row["refund_id"], row["payment_id"]))
    return len(rows)


@dataclass(frozen=True)
class Claim:
    """Money that the database holds ready to be given back."""

    tenant_id: UUID
    refund_id: UUID
    payment_id: UUID
    amount_cents: int
    payment_intent_id: str
    stripe_account_id: str

    @classmethod
    def of(cls, row: dict[str, Any], tenant_id: UUID, refund_id: UUID, payment_id: UUID) -> Claim:
        """Read what the database says of it."""
        return cls(
            tenant_id, refund_id, payment_id, row["amount_cents"], row["payment_intent_id"], row["stripe_account_id"]
        )


def _finish(payments: Payments, claim: Claim) -> str:
    """Ask Stripe and record its answer. Raises RefundRefused, and PaymentsUnavailable with nothing recorded."""
    try:
        made = _ask(payments, claim)
    except PaymentsRefused as refusal:
        _record(payments, claim, None, "failed", refusal.reason)
        raise RefundRefused(refusal.reason) from refusal
    status = str(_STATUSES.get(made.status, made.status))
    _record(payments, claim, made.id, status, getattr(made, "failure_reason", None))
    return status


def _ask(payments: Payments, claim: Claim) -> Any:
    with asking_stripe():
        return payments.stripe.v1.refunds.create(
            {
                "payment_intent": claim.payment_intent_id,
                "amount": claim.amount_cents,
                "reason": "requested_by_customer",
                "metadata": {"refund": str(claim.refund_id), "payment": str(claim.payment_id)},
            },
            {"stripe_account": claim.stripe_account_id, "idempotency_key": str(claim.refund_id)},
        )


def _record(payments: Payments, claim: Claim, stripe_refund: str | None, status: str, failure: str | None) -> None:
    payments.database.call(
        "record_refund",
        p_tenant=claim.tenant_id,
        p_refund=claim.refund_id,
        p_stripe_refund=stripe_refund,
        p_status=status,
        p_failure=failure,
    )
