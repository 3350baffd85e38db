"""One payment's news over HTTP: applied once, in any order, for the company of the account."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.stripe_events import Json, Paid
from tests.webhooks.stripe.deliveries import Till


def card_payment(paid: Paid) -> list[Json]:
    """What a payment by card, refunded in part, is told by."""
    return [
        paid.event("payment_intent.succeeded", paid.payment_intent()),
        paid.event("charge.succeeded", paid.charge_object()),
        paid.event("checkout.session.completed", paid.checkout_session()),
        paid.event("refund.created", paid.refund_object()),
    ]


def test_a_payment_is_recorded(till: Till) -> None:
    paid = till.attempt(12_500)
    assert till.deliver(paid.event("charge.succeeded", paid.charge_object())) == "applied"
    row = till.payment(paid)
    assert (row["status"], row["method"], row["balance_cents"], row["invoice_state"]) == (
        "succeeded", "credit_card", 0, "paid",
    )  # fmt: skip


def test_the_event_is_kept_as_it_came(till: Till) -> None:
    paid = till.attempt()
    event = paid.event("checkout.session.completed", paid.checkout_session())
    till.deliver(event)
    (kept,) = till.rows("select * from public.webhook_events where tenant_id = %s and event_key = %s", event["id"])
    assert (kept["provider"], kept["kind"]) == ("stripe", "payment")
    assert bytes(kept["raw"]).startswith(b'{\n  "id": "evt_')


def test_a_payment_in_part_leaves_the_rest(till: Till) -> None:
    paid = till.attempt(12_500, 2_500)
    till.deliver(paid.event("checkout.session.completed", paid.checkout_session()))
    row = till.payment(paid)
    assert (row["balance_cents"], row["invoice_state"]) == (10_000, "partial")


def test_money_on_its_way_is_not_paid(till: Till) -> None:
    paid = till.attempt()
    till.deliver(paid.event("checkout.session.completed", paid.checkout_session("unpaid")))
    assert (till.payment(paid)["status"], till.payment(paid)["invoice_state"]) == ("processing", "unpaid")
    till.deliver(paid.event("charge.succeeded", paid.charge_object(method="us_bank_account")))
    row = till.payment(paid)
    assert (row["status"], row["method"], row["invoice_state"]) == ("succeeded", "ach", "paid")


def test_a_bank_debit_can_fail(till: Till) -> None:
    paid = till.attempt()
    words = {"failure_code": "insufficient_funds", "failure_message": "The bank account has insufficient funds."}
    till.deliver(paid.event("payment_intent.processing", paid.payment_intent("processing")))
    till.deliver(paid.event("charge.failed", paid.charge_object("failed", "us_bank_account", **words)))
    till.deliver(paid.event("checkout.session.async_payment_failed", paid.checkout_session("unpaid")))
    row = till.payment(paid)
    assert (row["status"], row["failure_message"]) == ("failed", "The bank account has insufficient funds.")
    assert row["invoice_state"] == "unpaid"


def test_a_declined_card_is_a_step_and_not_the_end(till: Till) -> None:
    paid = till.attempt()
    error = {"code": "card_declined", "message": "Your card was declined."}
    declined = paid.payment_intent("requires_payment_method", last_payment_error=error)
    till.deliver(paid.event("payment_intent.payment_failed", declined))
    assert till.payment(paid)["status"] == "pending"
    assert [(step["kind"], step["detail"]) for step in till.events(paid)][-1] == ("declined", error["message"])
    till.deliver(paid.event("checkout.session.completed", paid.checkout_session()))
    assert till.payment(paid)["status"] == "succeeded"


def test_an_expired_page_ends_the_attempt(till: Till) -> None:
    paid = till.attempt()
    expired = paid.checkout_session("unpaid", "expired", payment_intent=None)
    till.deliver(paid.event("checkout.session.expired", expired))
    assert till.payment(paid)["status"] == "canceled"


def test_a_refund_reopens_the_balance(till: Till) -> None:
    paid = till.attempt(12_500)
    for event in card_payment(paid):
        till.deliver(event)
    row = till.payment(paid)
    assert (row["refunded_cents"], row["refundable_cents"], row["balance_cents"]) == (2_500, 10_000, 2_500)


def test_news_before_its_payment_is_known_waits_for_it(till: Till) -> None:
    """A refund made in Stripe's dashboard names the charge only, and may come first."""
    paid = till.attempt(12_500)
    refund = paid.event("refund.created", paid.refund_object())
    assert till.deliver(refund) == "applied"  # it carries our id; what is not paid yet is not given back yet
    assert till.payment(paid)["balance_cents"] == 12_500
    till.deliver(paid.event("checkout.session.completed", paid.checkout_session()))
    assert till.payment(paid)["balance_cents"] == 2_500


@pytest.mark.parametrize("seed", range(6))
def test_shuffled_and_doubled_news_at_once_ends_the_same(till: Till, seed: int) -> None:
    paid = till.attempt(12_500)
    events = [event for event in card_payment(paid) for _ in range(3)]
    random.Random(seed).shuffle(events)  # noqa: S311 - the same order in every run
    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(till.deliver, events))
    assert set(outcomes) <= {"applied", "duplicate"}
    assert outcomes.count("applied") == len(events) / 3
    row = till.payment(paid)
    assert (row["status"], row["refunded_cents"], row["balance_cents"]) == ("succeeded", 2_500, 2_500)
    steps = [step["new_status"] for step in till.events(paid) if step["kind"] == "status"]
    assert steps == ["pending", "succeeded"]


def test_another_companys_account_cannot_touch_the_payment(till: Till, rival: Till) -> None:
    """Metadata is what an account's owner writes: only the account chooses the company."""
    paid = till.attempt()
    stolen = Paid(rival.account, paid.payment, paid.amount)
    assert rival.deliver(stolen.event("charge.succeeded", stolen.charge_object())) == "failed"
    assert till.payment(paid)["status"] == "pending"


def test_another_amount_is_kept_for_a_person(till: Till) -> None:
    paid = till.attempt(12_500)
    event = paid.event("charge.succeeded", paid.charge_object(amount=100))
    assert till.deliver(event) == "failed"
    assert till.payment(paid)["status"] == "pending"
    (kept,) = till.rows("select * from public.failed_events where tenant_id = %s and kind = 'payment'")
    assert "100" in kept["error"]


def test_an_account_that_leaves_can_no_longer_be_paid(new_till: Callable[[str], Till]) -> None:
    leaving = new_till("Leaving Landscaping")
    paid = leaving.attempt()
    application = {"id": "ca_1", "object": "application"}
    assert leaving.deliver(paid.event("account.application.deauthorized", application)) == "applied"
    (account,) = leaving.rows("select * from public.stripe_accounts where tenant_id = %s")
    assert account["deauthorized_at"] is not None
    assert not account["charges_enabled"]
