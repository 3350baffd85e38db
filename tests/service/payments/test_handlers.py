"""What each event makes us do, on objects as Stripe documents them, old versions and new."""

from __future__ import annotations

import json
from typing import Any

import pytest
import responses

from service.payments import money_events
from service.payments.client import Payments
from service.payments.intake import HANDLERS, effect_of
from service.payments.lookup import Lookup
from service.payments.news import Effect, read_news
from tests.service.payments.conftest import API
from tests.support.stripe_events import Json, Paid, event, some_payment

PAID = some_payment()
UNMARKED: Json = {"metadata": {}}


def effect(payments: Payments, document: Json) -> Effect | None:
    news = read_news(document, b"as received")
    assert news is not None
    return effect_of(news, Lookup(payments.stripe), payments.prices)


def told(payments: Payments, kind: str, thing: Json, paid: Paid = PAID) -> tuple[str, dict[str, Any]]:
    found = effect(payments, paid.event(kind, thing))
    assert found is not None
    return found.kind, found.fields


@pytest.mark.parametrize(
    ("kind", "thing", "status"),
    [
        ("checkout.session.completed", PAID.checkout_session("paid"), "succeeded"),
        ("checkout.session.completed", PAID.checkout_session("unpaid"), "processing"),
        ("checkout.session.async_payment_succeeded", PAID.checkout_session("paid"), "succeeded"),
        ("checkout.session.async_payment_failed", PAID.checkout_session("unpaid"), "failed"),
        ("checkout.session.expired", PAID.checkout_session("unpaid", "expired", payment_intent=None), "canceled"),
        ("payment_intent.processing", PAID.payment_intent("processing"), "processing"),
        ("payment_intent.succeeded", PAID.payment_intent("succeeded"), "succeeded"),
        ("payment_intent.canceled", PAID.payment_intent("canceled"), "canceled"),
        ("charge.succeeded", PAID.charge_object(), "succeeded"),
        ("charge.failed", PAID.charge_object("failed", "us_bank_account"), "failed"),
    ],
)
def test_what_becomes_of_an_attempt(payments: Payments, kind: str, thing: Json, status: str) -> None:
    name, fields = told(payments, kind, thing)
    assert (name, fields["status"], fields["payment"]) == ("payment", status, PAID.payment)
    assert (fields["amount_cents"], fields["currency"]) == (PAID.amount, "usd")


def test_a_charge_knows_how_it_was_paid(payments: Payments) -> None:
    _, fields = told(payments, "charge.succeeded", PAID.charge_object(method="us_bank_account"))
    assert (fields["method"], fields["charge"], fields["payment_intent"]) == (
        "us_bank_account",
        PAID.charge,
        PAID.intent,
    )


def test_a_charge_that_was_booked_knows_its_fee(payments: Payments, stripe: responses.RequestsMock) -> None:
    stripe.get(
        f"{API}/v1/balance_transactions/txn_1", json={"id": "txn_1", "object": "balance_transaction", "fee": 393}
    )
    _, fields = told(payments, "charge.updated", PAID.charge_object(balance_transaction="txn_1"))
    assert (fields["status"], fields["fee_cents"]) == ("succeeded", 393)
    assert stripe.calls[0].request.headers["Stripe-Account"] == PAID.account
    assert effect(payments, PAID.event("charge.updated", PAID.charge_object())) is None


def test_a_declined_card_is_not_the_end_of_an_attempt(payments: Payments) -> None:
    error = {
        "code": "card_declined",
        "decline_code": "insufficient_funds",
        "message": "Your card has insufficient funds.",
    }
    intent = PAID.payment_intent("requires_payment_method", last_payment_error=error)
    kind, fields = told(payments, "payment_intent.payment_failed", intent)
    assert kind == "decline"
    assert (fields["code"], fields["message"]) == ("insufficient_funds", "Your card has insufficient funds.")
    assert effect(payments, PAID.event("charge.failed", PAID.charge_object("failed"))) is None


@pytest.mark.parametrize("kind", ["refund.created", "refund.updated", "refund.failed", "charge.refund.updated"])
def test_a_refund_of_ours_carries_our_ids(payments: Payments, kind: str) -> None:
    ours = {"payment": PAID.payment, "refund": "0b7f6f1e-93b8-4a0e-8a11-111111111111"}
    name, fields = told(payments, kind, PAID.refund_object(status="requires_action", metadata=ours))
    assert (name, fields["refund"], fields["status"]) == ("refund", ours["refund"], "pending")
    assert (fields["stripe_refund"], fields["amount_cents"]) == (PAID.refund, 2_500)


def test_a_refund_made_in_the_dashboard_is_found_by_its_payment_intent(
    payments: Payments, stripe: responses.RequestsMock
) -> None:
    stripe.get(f"{API}/v1/payment_intents/{PAID.intent}", json=PAID.payment_intent())
    _, fields = told(payments, "refund.created", PAID.refund_object(**UNMARKED))
    assert (fields["payment"], fields["refund"]) == (PAID.payment, None)


def test_an_old_version_sends_the_refunds_with_the_charge(payments: Payments) -> None:
    newest, older = PAID.refund_object(300, id="re_newest"), PAID.refund_object(200, id="re_older")
    charge = PAID.charge_object(refunds={"object": "list", "data": [newest, older]})
    _, fields = told(payments, "charge.refunded", charge)
    assert fields["stripe_refund"] == "re_newest"
    assert effect(payments, PAID.event("charge.refunded", PAID.charge_object(amount_refunded=300))) is None


@pytest.mark.parametrize(
    ("status", "meaning"),
    [("needs_response", "open"), ("under_review", "open"), ("warning_needs_response", "open")],
)
def test_a_dispute_that_is_open_is_believed(
    payments: Payments, stripe: responses.RequestsMock, status: str, meaning: str
) -> None:
    stripe.get(f"{API}/v1/payment_intents/{PAID.intent}", json=PAID.payment_intent())
    kind, fields = told(payments, "charge.dispute.created", PAID.dispute_object(status))
    assert (kind, fields["status"], fields["payment"]) == ("dispute", meaning, PAID.payment)


@pytest.mark.parametrize(("now", "meaning"), [("won", "won"), ("lost", "lost"), ("warning_closed", "won")])
def test_a_dispute_that_has_ended_is_asked_for(
    payments: Payments, stripe: responses.RequestsMock, now: str, meaning: str
) -> None:
    stripe.get(f"{API}/v1/payment_intents/{PAID.intent}", json=PAID.payment_intent())
    stripe.get(f"{API}/v1/disputes/{PAID.dispute}", json=PAID.dispute_object(now))
    _, fields = told(payments, "charge.dispute.closed", PAID.dispute_object("lost"))
    assert fields["status"] == meaning


@pytest.mark.parametrize(
    ("kind", "thing"),
    [
        ("checkout.session.completed", PAID.checkout_session(**UNMARKED)),
        ("checkout.session.completed", PAID.checkout_session(mode="subscription")),
        ("checkout.session.completed", PAID.checkout_session("no_payment_required")),
        ("payment_intent.succeeded", PAID.payment_intent(**UNMARKED)),
        ("payment_intent.payment_failed", PAID.payment_intent(**UNMARKED)),
        ("charge.succeeded", PAID.charge_object(**UNMARKED)),
        ("charge.succeeded", PAID.charge_object(metadata={"payment": "7"})),
        ("charge.succeeded", PAID.charge_object(metadata=None)),
        ("refund.created", PAID.refund_object(payment_intent=None, **UNMARKED)),
        ("invoice.paid", {"id": "in_1", "object": "invoice"}),
        ("balance.available", {"object": "balance"}),
    ],
)
def test_what_does_not_carry_our_mark_means_nothing(payments: Payments, kind: str, thing: Json) -> None:
    """The company may sell elsewhere with the same account."""
    assert effect(payments, PAID.event(kind, thing)) is None


def test_a_dispute_of_a_sale_elsewhere_means_nothing(payments: Payments, stripe: responses.RequestsMock) -> None:
    stripe.get(f"{API}/v1/payment_intents/{PAID.intent}", json=PAID.payment_intent(**UNMARKED))
    assert effect(payments, PAID.event("charge.dispute.created", PAID.dispute_object())) is None


def test_an_account_is_asked_for_and_not_believed(payments: Payments, stripe: responses.RequestsMock) -> None:
    requirements = {"currently_due": ["external_account", "business_type"], "disabled_reason": "requirements.past_due"}
    account = {"id": PAID.account, "object": "account", "charges_enabled": True, "requirements": requirements}
    stripe.get(f"{API}/v1/accounts/{PAID.account}", json=account)
    kind, fields = told(
        payments, "account.updated", {"id": PAID.account, "object": "account", "charges_enabled": False}
    )
    assert (kind, fields["state"]["charges_enabled"]) == ("account", True)
    assert fields["state"]["currently_due"] == ["business_type", "external_account"]
    assert fields["state"]["disabled_reason"] == "requirements.past_due"


def test_an_account_that_left_is_not_asked_for(payments: Payments) -> None:
    application = {"id": "ca_1", "object": "application"}
    assert told(payments, "account.application.deauthorized", application) == ("account_removed", {})


def test_what_is_gone_at_stripe_means_nothing(payments: Payments, stripe: responses.RequestsMock) -> None:
    error = {"type": "invalid_request_error", "code": "account_invalid"}
    stripe.get(f"{API}/v1/accounts/{PAID.account}", status=403, json={"error": error})
    assert effect(payments, PAID.event("account.updated", {"id": PAID.account, "object": "account"})) is None


def subscription(status: str, created: int, **changes: Any) -> Json:
    items = [{"id": "si_1", "current_period_end": 1_770_000_000, "price": {"id": "price_solo"}}]
    return {
        "id": f"sub_{created}",
        "object": "subscription",
        "created": created,
        "customer": "cus_1",
        "status": status,
        "trial_end": None,
        "cancel_at_period_end": False,
        "items": {"object": "list", "data": items},
        **changes,
    }


def subscriptions(stripe: responses.RequestsMock, *found: Json) -> None:
    stripe.get(f"{API}/v1/subscriptions", json={"object": "list", "data": list(found), "has_more": False})


def test_a_subscription_is_asked_for_and_named_by_its_plan(payments: Payments, stripe: responses.RequestsMock) -> None:
    subscriptions(stripe, subscription("past_due", 5))
    found = effect(payments, event("customer.subscription.updated", subscription("active", 5)))
    assert found is not None
    assert found.kind == "subscription"
    assert (found.fields["status"], found.fields["plan"], found.fields["customer"]) == ("past_due", "solo", "cus_1")
    assert found.fields["current_period_end"] == 1_770_000_000


def test_the_end_of_an_older_subscription_does_not_end_the_new_one(
    payments: Payments, stripe: responses.RequestsMock
) -> None:
    subscriptions(stripe, subscription("canceled", 9), subscription("active", 5), subscription("canceled", 1))
    found = effect(payments, event("customer.subscription.deleted", subscription("canceled", 9)))
    assert found is not None
    assert (found.fields["subscription"], found.fields["status"]) == ("sub_5", "active")


def test_an_old_version_keeps_the_period_on_the_subscription(
    payments: Payments, stripe: responses.RequestsMock
) -> None:
    old = subscription("active", 5, current_period_end=1_780_000_000, items={"data": [{"price": "price_x"}]})
    subscriptions(stripe, old)
    found = effect(payments, event("customer.subscription.created", old))
    assert found is not None
    assert (found.fields["current_period_end"], found.fields["plan"]) == (1_780_000_000, None)


def test_nothing_of_money_is_done_for_the_platforms_own_account(payments: Payments) -> None:
    assert effect(payments, event("charge.dispute.closed", PAID.dispute_object("lost"))) is None
    assert effect(payments, event("account.updated", {"id": "acct_platform", "object": "account"})) is None


@pytest.mark.parametrize("kind", sorted(HANDLERS))
def test_every_handler_quotes_stripe_and_bears_an_empty_object(payments: Payments, kind: str) -> None:
    assert (HANDLERS[kind].__doc__ or "").startswith("Occurs whe")
    if kind not in {"account.updated", "account.application.deauthorized"}:
        assert effect(payments, PAID.event(kind, {})) is None
        junk: Json = {"id": 7, "metadata": [], "refunds": {"data": [3]}, "status": None, "customer": False, "mode": {}}
        assert effect(payments, PAID.event(kind, junk)) is None


def test_what_the_database_cannot_hold_is_removed(payments: Payments) -> None:
    error = {"code": "card_declined", "message": "no\x00 \ud800" + "x" * 1000}
    _, fields = told(payments, "payment_intent.payment_failed", PAID.payment_intent(last_payment_error=error))
    assert fields["message"].startswith("no xxx")
    assert len(fields["message"]) <= 500
    json.dumps(fields).encode()


@pytest.mark.parametrize(
    "document",
    [
        [],
        "text",
        {},
        {**event("a", {}), "object": "v2.core.event"},
        {**event("a", {}), "data": None},
        {**event("a", {}), "data": {"object": []}},
        {**event("a", {}), "id": "evt_1' or 1=1"},
        {**event("a", {}), "id": 7},
        {**event("a", {}), "type": None},
    ],
)
def test_what_is_no_snapshot_event_is_no_news(document: Any) -> None:
    assert read_news(document, b"") is None


def test_statuses_of_disputes_are_all_known() -> None:
    documented = {"lost", "needs_response", "prevented", "under_review", "warning_closed", "won"}
    documented |= {"warning_needs_response", "warning_under_review"}
    assert set(money_events._DISPUTE_STATUSES) == documented  # noqa: SLF001
