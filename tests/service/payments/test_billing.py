"""A company's subscription to FieldLite: bought once, on the platform's account, with what is left of the trial."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import responses

from service.members import Member
from service.payments import billing
from service.payments.client import Payments
from tests.service.payments.conftest import API, BACK, PAGE, Recorded, form, opens_a_page


def known(recorded: Recorded, **changes: Any) -> None:
    recorded.answers["start_billing"] = {
        "customer": None,
        "company": "Foothill Electric",
        "status": "trialing",
        "subscription": None,
        "trial_ends_at": "2020-01-01T00:00:00+00:00",
        **changes,
    }


def test_a_subscription_is_bought_by_a_customer_of_ours(
    payments: Payments, recorded: Recorded, member: Member, stripe: responses.RequestsMock
) -> None:
    known(recorded, trial_ends_at="2999-01-01T00:00:00+00:00")
    stripe.post(f"{API}/v1/customers", json={"id": "cus_1", "object": "customer"})
    opens_a_page(stripe)
    assert billing.start_subscription(payments, member, "solo", BACK) == PAGE
    assert recorded.told("record_customer")[0]["p_customer"] == "cus_1"
    sent = form(stripe.calls[1])
    assert (sent["mode"], sent["customer"], sent["line_items[0][price]"]) == ("subscription", "cus_1", "price_solo")
    assert int(sent["subscription_data[trial_period_days]"]) > 300_000
    assert "Stripe-Account" not in stripe.calls[1].request.headers


def test_after_the_trial_there_is_no_other(
    payments: Payments, recorded: Recorded, member: Member, stripe: responses.RequestsMock
) -> None:
    known(recorded, customer="cus_1", subscription="sub_1", status="canceled")
    opens_a_page(stripe)
    billing.start_subscription(payments, member, "solo", BACK)
    assert "subscription_data[trial_period_days]" not in form(stripe.calls[0])


@pytest.mark.parametrize("status", ["trialing", "active", "past_due", "unpaid", "incomplete"])
def test_a_subscription_is_not_bought_twice(
    payments: Payments, recorded: Recorded, member: Member, status: str
) -> None:
    known(recorded, customer="cus_1", subscription="sub_1", status=status)
    with pytest.raises(billing.AlreadySubscribed):
        billing.start_subscription(payments, member, "solo", BACK)


def test_only_plans_with_a_price_are_sold(payments: Payments, recorded: Recorded, member: Member) -> None:
    known(recorded)
    with pytest.raises(billing.UnknownPlan):
        billing.start_subscription(payments, member, "gold", BACK)


def test_the_portal_needs_a_customer(
    payments: Payments, recorded: Recorded, member: Member, stripe: responses.RequestsMock
) -> None:
    known(recorded)
    with pytest.raises(billing.NotSubscribed):
        billing.open_portal(payments, member, BACK)
    known(recorded, customer="cus_1")
    portal = {"id": "bps_1", "object": "billing_portal.session", "url": "https://billing.stripe.com/p/1"}
    stripe.post(f"{API}/v1/billing_portal/sessions", json=portal)
    assert billing.open_portal(payments, member, BACK) == "https://billing.stripe.com/p/1"


@pytest.mark.parametrize(
    ("ends", "days"),
    [
        (None, 0),
        ("2026-06-01T11:59:59+00:00", 0),
        ("2026-06-01T12:00:00+00:00", 0),
        ("2026-06-01T12:00:01+00:00", 1),
        ("2026-06-15T12:00:00+00:00", 14),
    ],
)
def test_what_is_left_of_the_trial_is_counted_in_the_companys_favour(ends: str | None, days: int) -> None:
    assert billing.trial_days_left(ends, datetime(2026, 6, 1, 12, tzinfo=UTC)) == days
