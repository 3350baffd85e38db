"""Signed events: secrets and their rotation, the connected account, retries, disorder, and what was missed."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import stripe

from tests.sandbox.running import Sandbox, Webhook, wait_for
from tests.sandbox.stripe.money import (
    CONNECT_SECRET,
    Company,
    advance,
    arrived,
    point_at,
    told,
    types,
    wait_for_types,
)

CHECKOUT = [
    "charge.succeeded",
    "charge.updated",
    "checkout.session.completed",
    "payment_intent.created",
    "payment_intent.succeeded",
]


def undelivered(company: Company) -> list[str]:
    """Return the account's events that reached nobody."""
    listed = company.client.v1.events.list({"delivery_success": False, "limit": 100}, company.options)
    return [event.type for event in listed.auto_paging_iter()]


def test_a_payments_events_arrive_signed_with_their_account(
    company: Company, sandbox: Sandbox, webhook: Webhook
) -> None:
    point_at(sandbox, webhook)
    intent = company.paid()
    webhook.wait_for(5)
    assert types(webhook) == CHECKOUT
    events = {event.type: event for event in arrived(webhook)}
    assert {event.account for event in events.values()} == {company.account}
    assert {event.livemode for event in events.values()} == {False}
    session = events["checkout.session.completed"].data.object
    assert (session.payment_intent, session.client_reference_id) == (intent.id, "payment-1")
    assert not any(name.startswith("_") for name in session.to_dict())
    assert events["charge.updated"].data.object.balance_transaction == intent.latest_charge.balance_transaction.id
    assert wait_for(lambda: undelivered(company) == [])


def test_the_platforms_events_have_the_platforms_secret(
    client: stripe.StripeClient, sandbox: Sandbox, webhook: Webhook
) -> None:
    point_at(sandbox, webhook)
    client.v1.customers.create({"email": "owner@ridgeline.example"})
    webhook.wait_for(1)
    assert types(webhook) == ["customer.created"]
    signature = webhook.received[0].headers["Stripe-Signature"]
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(webhook.received[0].body, signature, CONNECT_SECRET)


def test_two_secrets_sign_while_one_replaces_the_other(company: Company, sandbox: Sandbox, webhook: Webhook) -> None:
    secrets = ["whsec_new", CONNECT_SECRET]
    httpx.put(f"{sandbox.url}/control/stripe/secrets", json={"connect": secrets}).raise_for_status()
    point_at(sandbox, webhook)
    company.paid()
    request = webhook.wait_for(5)[0]
    for secret in secrets:
        signature = request.headers["Stripe-Signature"]
        assert stripe.Webhook.construct_event(request.body, signature, secret)


def test_copies_shuffles_failures_and_retries(company: Company, sandbox: Sandbox, webhook: Webhook) -> None:
    point_at(sandbox, webhook)
    webhook.answers = [500, 404]
    sandbox.switch(webhook_copies=2, webhook_shuffle_seconds=0.3, webhook_failures=1)
    company.paid()
    webhook.wait_for(12)
    ids = [event.id for event in arrived(webhook)]
    assert len(set(ids)) == 5
    assert wait_for(lambda: undelivered(company) == [])


def test_what_was_dropped_is_listed_and_can_be_sent_again(company: Company, sandbox: Sandbox, webhook: Webhook) -> None:
    point_at(sandbox, webhook)
    sandbox.switch(webhook_drops=3)
    company.paid()
    wait_for_types(webhook, *CHECKOUT[1:3])
    wait_for(lambda: len(undelivered(company)) == 3)
    missed = undelivered(company)
    for event in sandbox.get("stripe/events")["events"]:
        if event["delivery"] == "failed":
            sandbox.post(f"stripe/events/{event['id']}/deliver", {})
    wait_for_types(webhook, *missed)
    assert wait_for(lambda: undelivered(company) == [])


def test_a_receiver_that_is_gone_misses_everything(company: Company, sandbox: Sandbox) -> None:
    httpx.put(f"{sandbox.url}/control/stripe/endpoint", json={"url": "http://127.0.0.1:9/stripe"}).raise_for_status()
    company.paid()
    assert sorted(undelivered(company)) == CHECKOUT
    assert wait_for(lambda: {event["delivery"] for event in sandbox.get("stripe/events")["events"][1:]} == {"failed"})


def test_events_are_listed_by_type_time_and_account(
    client: stripe.StripeClient, company: Company, sandbox: Sandbox
) -> None:
    company.paid()
    events = company.client.v1.events

    def listed(**filters: Any) -> list[str]:
        params: Any = {"limit": 100, **filters}
        return [event.type for event in events.list(params, company.options).data]

    assert listed() == told(sandbox)[::-1]
    assert listed(type="charge.succeeded") == ["charge.succeeded"]
    assert listed(type="payment_intent.*") == ["payment_intent.succeeded", "payment_intent.created"]
    assert listed(types=["charge.updated", "account.updated"]) == ["charge.updated", "account.updated"]
    now = sandbox.get("stripe/clock")["now"]
    assert listed(created={"gt": now}) == []
    assert len(listed(created={"gte": now - 60, "lte": now})) == 6
    assert client.v1.events.list().data == []
    event = events.list(options=company.options).data[0]
    assert events.retrieve(event.id, options=company.options).type == event.type


def test_onboarding_and_withdrawal_are_told(company: Company, sandbox: Sandbox, webhook: Webhook) -> None:
    point_at(sandbox, webhook)
    sandbox.post(f"stripe/accounts/{company.account}/require", {"requirements": ["external_account"]})
    sandbox.post(f"stripe/accounts/{company.account}/deauthorize", {})
    webhook.wait_for(2)
    assert types(webhook) == ["account.application.deauthorized", "account.updated"]
    assert {event.account for event in arrived(webhook)} == {company.account}


def test_a_session_that_expires_is_told(company: Company, sandbox: Sandbox, webhook: Webhook) -> None:
    point_at(sandbox, webhook)
    session = company.checkout()
    advance(sandbox, 86400)
    webhook.wait_for(1)
    assert [(event.type, event.data.object.id) for event in arrived(webhook)] == [
        ("checkout.session.expired", session.id)
    ]
