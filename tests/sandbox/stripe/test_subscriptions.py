"""A company's own subscription: trial, renewals, a card that fails, the portal, the end."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import stripe

from tests.sandbox.running import Sandbox, Webhook
from tests.sandbox.stripe.money import DAY, SUCCESS, advance, pay_by_card, point_at, told, types


def subscribe(client: stripe.StripeClient, card: str, trial_days: int = 0, price: str = "price_sandbox_solo") -> Any:
    """Subscribe a new customer; return the subscription."""
    customer = client.v1.customers.create({"name": "Ridgeline", "metadata": {"tenant": "7"}})
    params: Any = {
        "mode": "subscription",
        "customer": customer.id,
        "line_items": [{"price": price, "quantity": 1}],
        "success_url": SUCCESS,
        **({"subscription_data": {"trial_period_days": trial_days}} if trial_days else {}),
    }
    session = client.v1.checkout.sessions.create(params)
    answer = pay_by_card(str(session.url), card)
    assert answer.headers["Location"].startswith("https://crm.example/")
    found = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["subscription"]})
    assert found.subscription is not None
    assert found.payment_status == ("no_payment_required" if trial_days else "paid")
    return found.subscription


def period_end(client: stripe.StripeClient, subscription: str) -> int:
    """Return when the current period ends."""
    end: int = client.v1.subscriptions.retrieve(subscription)["items"].data[0].current_period_end
    return end


def test_a_trial_ends_in_the_first_charge(client: stripe.StripeClient, sandbox: Sandbox, webhook: Webhook) -> None:
    point_at(sandbox, webhook)
    subscription = subscribe(client, "4242424242424242", trial_days=14)
    assert (subscription.status, subscription.trial_end) == ("trialing", period_end(client, subscription.id))
    assert sandbox.get("stripe/charges")["charges"] == []
    advance(sandbox, 12 * DAY)
    assert told(sandbox)[-1] == "customer.subscription.trial_will_end"
    advance(sandbox, 3 * DAY)
    assert client.v1.subscriptions.retrieve(subscription.id).status == "active"
    assert [charge["amount"] for charge in sandbox.get("stripe/charges")["charges"]] == [2900]
    webhook.wait_for(11)
    told_of = types(webhook)
    for kind in ("customer.subscription.created", "customer.subscription.updated", "checkout.session.completed"):
        assert told_of.count(kind) == 1
    assert told_of.count("invoice.paid") == 2


def test_months_are_calendar_months(client: stripe.StripeClient, sandbox: Sandbox) -> None:
    subscription = subscribe(client, "4242424242424242", price="price_sandbox_team")
    assert subscription.status == "active"
    ends = [period_end(client, subscription.id)]
    for _ in range(12):
        advance(sandbox, ends[-1] - sandbox.get("stripe/clock")["now"] + 1)
        ends.append(period_end(client, subscription.id))
    assert ends == sorted(set(ends))
    assert (ends[-1] - ends[0]) // DAY in {365, 366}
    assert [charge["amount"] for charge in sandbox.get("stripe/charges")["charges"]] == [7900] * 13
    invoices = client.v1.invoices.list({"customer": subscription.customer, "limit": 100}).data
    assert {invoice.parent.subscription_details.subscription for invoice in invoices if invoice.parent} == {  # type: ignore[union-attr]
        subscription.id
    }


def test_a_card_that_fails_at_renewal_is_past_due_then_cancelled(client: stripe.StripeClient, sandbox: Sandbox) -> None:
    subscription = subscribe(client, "4000000000000341")
    advance(sandbox, 32 * DAY)
    assert client.v1.subscriptions.retrieve(subscription.id).status == "past_due"
    assert "invoice.payment_failed" in told(sandbox)
    advance(sandbox, 12 * DAY)
    ended = client.v1.subscriptions.retrieve(subscription.id)
    assert (ended.status, ended.cancellation_details.reason) == ("canceled", "payment_failed")  # type: ignore[union-attr]
    assert told(sandbox)[-1] == "customer.subscription.deleted"
    advance(sandbox, 60 * DAY)
    assert told(sandbox)[-1] == "customer.subscription.deleted"


def test_the_portal_changes_card_plan_and_end(client: stripe.StripeClient, sandbox: Sandbox) -> None:
    subscription = subscribe(client, "4000000000000341")
    advance(sandbox, 32 * DAY)
    portal = client.v1.billing_portal.sessions.create(
        {"customer": subscription.customer, "return_url": "https://crm.example/billing"}
    )
    assert "past_due" in httpx.get(portal.url).text

    def choose(what: str, value: str = "") -> str:
        return httpx.post(portal.url, data={"what": what, "value": value}, follow_redirects=True).text

    choose("card", "4242424242424242")
    assert client.v1.subscriptions.retrieve(subscription.id).status == "active"
    choose("plan", "price_sandbox_team")
    assert client.v1.subscriptions.retrieve(subscription.id)["items"].data[0].price.id == "price_sandbox_team"
    assert "Keep the subscription" in choose("cancel")
    assert client.v1.subscriptions.retrieve(subscription.id).cancel_at_period_end
    advance(sandbox, 32 * DAY)
    assert client.v1.subscriptions.retrieve(subscription.id).status == "canceled"
    assert "There is no subscription" in httpx.get(portal.url).text


def test_the_api_updates_and_cancels(client: stripe.StripeClient, sandbox: Sandbox) -> None:
    subscription = subscribe(client, "4242424242424242", trial_days=14)
    changed = client.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": True})
    assert (changed.cancel_at_period_end, changed.status) == (True, "trialing")
    assert not client.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": False}).cancel_at_period_end
    assert client.v1.subscriptions.cancel(subscription.id).status == "canceled"
    assert client.v1.subscriptions.list({"customer": subscription.customer}).data == []
    listed = client.v1.subscriptions.list({"customer": subscription.customer, "status": "all"}).data
    assert [each.id for each in listed] == [subscription.id]
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.subscriptions.cancel(subscription.id)


def test_a_declined_card_subscribes_nobody(client: stripe.StripeClient, sandbox: Sandbox) -> None:
    with pytest.raises(AssertionError):
        subscribe(client, "4000000000000002")
    assert client.v1.subscriptions.list({"status": "all"}).data == []
    assert sandbox.get("stripe/charges")["charges"] == []
