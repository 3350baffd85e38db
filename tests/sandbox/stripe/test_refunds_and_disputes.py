"""Money that goes back: refunds that succeed, wait and fail, disputes won and lost."""

from __future__ import annotations

from typing import Any

import pytest
import stripe

from tests.sandbox.running import Sandbox
from tests.sandbox.stripe.money import DAY, Company, advance, pay_by_bank, told


def refund(company: Company, intent: str, amount: int | None = None) -> Any:
    """Refund as the product does."""
    params: Any = {"payment_intent": intent, "metadata": {"refund": "r-1"}, **({"amount": amount} if amount else {})}
    return company.client.v1.refunds.create(params, company.options)


def test_refunds_add_up_to_what_was_paid_and_no_more(company: Company, sandbox: Sandbox) -> None:
    intent = company.paid(amount=10000)
    charge = intent.latest_charge.id
    made = refund(company, intent.id, 4000)
    assert (made.status, made.charge, made.metadata["refund"]) == ("succeeded", charge, "r-1")
    assert (company.charge(charge).amount_refunded, company.charge(charge).refunded) == (4000, False)
    with pytest.raises(stripe.InvalidRequestError, match=r"greater than unrefunded amount on charge \(\$60.00\)"):
        refund(company, intent.id, 6001)
    assert refund(company, intent.id).amount == 6000
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        refund(company, intent.id, 1)
    assert refusal.value.code == "charge_already_refunded"
    assert company.charge(charge).refunded
    listed = company.client.v1.refunds.list({"payment_intent": intent.id}, company.options).data
    assert [each.amount for each in listed] == [6000, 4000]
    assert told(sandbox)[-6:] == ["charge.refunded", "refund.created", "refund.updated"] * 2


def test_a_refund_can_fail_later(company: Company, sandbox: Sandbox) -> None:
    intent = company.paid("4000000000005126", amount=10000)
    made = refund(company, intent.id)
    assert made.status == "succeeded"
    advance(sandbox, 2 * DAY)
    failed = company.client.v1.refunds.retrieve(made.id, options=company.options)
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    assert company.charge(intent.latest_charge.id).amount_refunded == 0
    assert told(sandbox)[-3:] == ["refund.failed", "refund.updated", "charge.refund.updated"]


@pytest.mark.parametrize("succeeds", [True, False])
def test_a_bank_debits_refund_waits(company: Company, sandbox: Sandbox, succeeds: bool) -> None:
    session = company.checkout()
    pay_by_bank(session.url)
    intent = company.session(session).payment_intent
    with pytest.raises(stripe.InvalidRequestError, match="does not have a successful charge"):
        refund(company, intent)
    sandbox.post(f"stripe/payment_intents/{intent}/settle", {"succeeds": True})
    made = refund(company, intent)
    assert made.status == "pending"
    ended = sandbox.post(f"stripe/refunds/{made.id}/settle", {"succeeds": succeeds})
    assert ended["status"] == ("succeeded" if succeeds else "failed")


@pytest.mark.parametrize(("status", "last"), [("won", "funds_reinstated"), ("lost", "closed")])
def test_a_dispute_ends_won_or_lost(company: Company, sandbox: Sandbox, status: str, last: str) -> None:
    intent = company.paid("4000000000000259", amount=10000)
    dispute = company.client.v1.disputes.list({"payment_intent": intent.id}, company.options).data[0]
    assert (dispute.status, dispute.amount, dispute.reason) == ("needs_response", 10000, "fraudulent")
    assert company.charge(intent.latest_charge.id).disputed
    assert [(each.amount, each.fee) for each in dispute.balance_transactions] == [(-10000, 1500)]
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        refund(company, intent.id)
    assert refusal.value.code == "charge_disputed"
    sandbox.post(f"stripe/disputes/{dispute.id}/close", {"status": status})
    assert company.client.v1.disputes.retrieve(dispute.id, options=company.options).status == status
    assert told(sandbox)[-1] == f"charge.dispute.{last}"


def test_a_payment_can_be_disputed_in_part_and_once(company: Company, sandbox: Sandbox) -> None:
    intent = company.paid(amount=10000)
    dispute = sandbox.post("stripe/disputes", {"payment_intent": intent.id, "amount": 2500})
    assert (dispute["amount"], dispute["charge"]) == (2500, intent.latest_charge.id)
    closed = company.client.v1.disputes.close(dispute["id"], options=company.options)
    assert closed.status == "lost"
    assert told(sandbox)[-4:] == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.updated",
        "charge.dispute.closed",
    ]
