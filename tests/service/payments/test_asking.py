"""What Stripe is asked for, and what is kept of its answers."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import responses

from service.members import Member
from service.payments import accounts, checkout, refunds
from service.payments.client import Payments
from service.payments.errors import PaymentsUnavailable
from tests.service.payments.conftest import ACCOUNT, API, BACK, PAGE, SESSIONS, Recorded, form, opens_a_page


def attempt(**changes: Any) -> checkout.Attempt:
    return {
        "payment_id": str(uuid.uuid4()),
        "tenant_id": str(uuid.uuid4()),
        "stripe_account_id": ACCOUNT,
        "amount_cents": 12_500,
        "currency": "USD",
        "number": 42,
        "company": "Foothill Electric",
        "contact_name": "Maria",
        "supersedes": None,
        "expires_at": 1_800_003_600,
        **changes,
    }


def test_checkout_is_a_direct_charge_under_our_id(
    payments: Payments, recorded: Recorded, stripe: responses.RequestsMock
) -> None:
    opens_a_page(stripe)
    ours = attempt()
    assert checkout.start_checkout(payments, ours, BACK) == PAGE
    headers, sent = stripe.calls[0].request.headers, form(stripe.calls[0])
    assert (headers["Stripe-Account"], headers["Idempotency-Key"]) == (ACCOUNT, ours["payment_id"])
    assert sent["metadata[payment]"] == sent["payment_intent_data[metadata][payment]"] == ours["payment_id"]
    assert sent["client_reference_id"] == ours["payment_id"]
    assert (sent["line_items[0][price_data][unit_amount]"], sent["line_items[0][price_data][currency]"]) == (
        "12500",
        "usd",
    )
    assert (sent["success_url"], sent["cancel_url"]) == (f"{BACK}?paid=yes", f"{BACK}?paid=no")
    assert [sent[f"allowed_payment_method_types[{index}]"] for index in (0, 1)] == ["card", "us_bank_account"]
    (kept,) = recorded.told("record_checkout")
    assert (kept["p_payment"], kept["p_session"], kept["p_payment_intent"]) == (ours["payment_id"], "cs_1", None)


def test_the_same_attempt_asks_for_the_same_thing(payments: Payments, stripe: responses.RequestsMock) -> None:
    """Stripe refuses a known key with other parameters."""
    opens_a_page(stripe)
    ours = attempt()
    for _ in range(2):
        checkout.start_checkout(payments, ours, BACK)
    assert stripe.calls[0].request.body == stripe.calls[1].request.body


def test_a_page_with_another_amount_is_closed_first(payments: Payments, stripe: responses.RequestsMock) -> None:
    stripe.post(f"{SESSIONS}/cs_old/expire", json={"id": "cs_old", "object": "checkout.session", "status": "expired"})
    opens_a_page(stripe)
    checkout.start_checkout(payments, attempt(supersedes="cs_old"), BACK)
    assert [call.request.url for call in stripe.calls] == [f"{SESSIONS}/cs_old/expire", SESSIONS]


@pytest.mark.parametrize(("status", "goes_on"), [("expired", True), ("complete", False)])
def test_a_page_that_cannot_be_closed_was_paid_or_is_over(
    payments: Payments, recorded: Recorded, stripe: responses.RequestsMock, status: str, goes_on: bool
) -> None:
    stripe.post(f"{SESSIONS}/cs_old/expire", status=400, json={"error": {"type": "invalid_request_error"}})
    stripe.get(f"{SESSIONS}/cs_old", json={"id": "cs_old", "object": "checkout.session", "status": status})
    if goes_on:
        opens_a_page(stripe)
        assert checkout.start_checkout(payments, attempt(supersedes="cs_old"), BACK) == PAGE
    else:
        with pytest.raises(checkout.AlreadyPaying):
            checkout.start_checkout(payments, attempt(supersedes="cs_old"), BACK)
        assert recorded.calls == []


def a_refund() -> refunds.Refund:
    return refunds.Refund(uuid.uuid4(), uuid.uuid4(), 2_500, "Too much")


def claimed(recorded: Recorded, **changes: Any) -> None:
    recorded.answers["start_refund"] = {
        "stripe_account_id": ACCOUNT,
        "payment_intent_id": "pi_1",
        "charge_id": "ch_1",
        "amount_cents": 2_500,
        "status": "pending",
        "stripe_refund_id": None,
        **changes,
    }


@pytest.mark.parametrize(
    ("said", "status"), [("succeeded", "succeeded"), ("pending", "pending"), ("requires_action", "pending")]
)
def test_a_refund_is_claimed_asked_and_recorded(
    payments: Payments, recorded: Recorded, member: Member, stripe: responses.RequestsMock, said: str, status: str
) -> None:
    claimed(recorded)
    stripe.post(f"{API}/v1/refunds", json={"id": "re_1", "object": "refund", "status": said})
    wish = a_refund()
    assert refunds.give_back(payments, member, wish) == status
    headers, sent = stripe.calls[0].request.headers, form(stripe.calls[0])
    assert (headers["Stripe-Account"], headers["Idempotency-Key"]) == (ACCOUNT, str(wish.id))
    assert (sent["payment_intent"], sent["amount"], sent["metadata[refund]"]) == ("pi_1", "2500", str(wish.id))
    (kept,) = recorded.told("record_refund")
    assert (kept["p_stripe_refund"], kept["p_status"], kept["p_failure"]) == ("re_1", status, None)


@pytest.mark.parametrize("known", [{"status": "succeeded"}, {"status": "failed"}, {"stripe_refund_id": "re_1"}])
def test_a_refund_that_stripe_knows_is_not_asked_again(
    payments: Payments, recorded: Recorded, member: Member, stripe: responses.RequestsMock, known: dict[str, str]
) -> None:
    claimed(recorded, **known)
    assert refunds.give_back(payments, member, a_refund()) == known.get("status", "pending")
    assert len(stripe.calls) == 0


def test_a_refund_that_stripe_refuses_has_failed(
    payments: Payments, recorded: Recorded, member: Member, stripe: responses.RequestsMock
) -> None:
    claimed(recorded)
    error = {"type": "invalid_request_error", "code": "charge_disputed"}
    stripe.post(f"{API}/v1/refunds", status=400, json={"error": error})
    with pytest.raises(refunds.RefundRefused):
        refunds.give_back(payments, member, a_refund())
    (kept,) = recorded.told("record_refund")
    assert (kept["p_status"], kept["p_failure"]) == ("failed", "charge_disputed")


def test_a_refund_whose_answer_is_lost_stays_claimed(
    payments: Payments, recorded: Recorded, member: Member, stripe: responses.RequestsMock
) -> None:
    claimed(recorded)
    stripe.post(f"{API}/v1/refunds", status=500, json={"error": {"type": "api_error"}})
    with pytest.raises(PaymentsUnavailable):
        refunds.give_back(payments, member, a_refund())
    assert recorded.told("record_refund") == []


def links_an_account(stripe: responses.RequestsMock) -> None:
    link = {"object": "account_link", "url": "https://connect.stripe.com/setup/1", "created": 1, "expires_at": 2}
    stripe.post(f"{API}/v1/account_links", json=link)


def test_the_first_onboarding_makes_the_account(
    payments: Payments, recorded: Recorded, member: Member, stripe: responses.RequestsMock
) -> None:
    stripe.post(f"{API}/v1/accounts", json={"id": ACCOUNT, "object": "account"})
    links_an_account(stripe)
    assert accounts.start_onboarding(payments, member, BACK) == "https://connect.stripe.com/setup/1"
    assert stripe.calls[0].request.headers["Idempotency-Key"] == f"account-{member.tenant_id}"
    (kept,) = recorded.told("save_stripe_account")
    assert (kept["p_account"], kept["p_livemode"]) == (ACCOUNT, False)
    assert form(stripe.calls[1])["account"] == ACCOUNT


def test_later_onboardings_go_on_with_it(
    payments: Payments, recorded: Recorded, member: Member, stripe: responses.RequestsMock
) -> None:
    recorded.answers["stripe_account"] = {"connected": True, "stripe_account_id": ACCOUNT}
    links_an_account(stripe)
    accounts.start_onboarding(payments, member, BACK)
    assert recorded.told("save_stripe_account") == []


def test_an_account_that_was_taken_away_is_not_brought_back(
    payments: Payments, recorded: Recorded, member: Member, stripe: responses.RequestsMock
) -> None:
    recorded.answers["stripe_account"] = {"connected": False, "stripe_account_id": ACCOUNT}
    stripe.post(f"{API}/v1/accounts", json={"id": "acct_new", "object": "account"})
    links_an_account(stripe)
    accounts.start_onboarding(payments, member, BACK)
    assert stripe.calls[0].request.headers["Idempotency-Key"] == f"account-{member.tenant_id}-{ACCOUNT}"
    assert recorded.told("save_stripe_account")[0]["p_account"] == "acct_new"
