"""The SDK as the platform uses it, a customer at the payment page, and the platform's webhook, for Stripe's tests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import stripe

from tests.sandbox.running import Sandbox, Webhook, wait_for

KEY = "sk_test_sandbox_platform"
PLATFORM_SECRET, CONNECT_SECRET = "whsec_sandbox_platform", "whsec_sandbox_connect"
SUCCESS = "https://crm.example/i/token?paid=1&session={CHECKOUT_SESSION_ID}"
CANCEL = "https://crm.example/i/token"
DAY = 86400


@contextmanager
def stripe_client(sandbox: Sandbox, key: str = KEY, retries: int = 0) -> Iterator[stripe.StripeClient]:
    """Return the official SDK with its base address swapped."""
    http = stripe.RequestsClient(timeout=10)
    base: Any = {"api": f"{sandbox.url}/stripe"}
    try:
        yield stripe.StripeClient(key, base_addresses=base, http_client=http, max_network_retries=retries)
    finally:
        http.close()  # type: ignore[no-untyped-call]


@dataclass
class Company:
    """A connected account with the SDK's options for it."""

    client: stripe.StripeClient
    sandbox: Sandbox
    account: str

    @property
    def options(self) -> Any:
        """The request options that act for the account."""
        return {"stripe_account": self.account}

    def checkout(self, amount: int = 12500, methods: tuple[str, ...] = ("card", "us_bank_account"), **more: Any) -> Any:
        """Make a session as the product does."""
        price = {"currency": "usd", "unit_amount": amount, "product_data": {"name": "Invoice 1001"}}
        params: Any = {
            "mode": "payment",
            "line_items": [{"price_data": price, "quantity": 1}],
            "allowed_payment_method_types": list(methods),
            "success_url": SUCCESS,
            "cancel_url": CANCEL,
            "client_reference_id": "payment-1",
            "metadata": {"payment": "payment-1"},
            "payment_intent_data": {"metadata": {"payment": "payment-1"}},
            **more,
        }
        return self.client.v1.checkout.sessions.create(params, self.options)

    def session(self, session: Any, *expand: str) -> Any:
        """Ask for a session again."""
        params: Any = {"expand": list(expand)}
        return self.client.v1.checkout.sessions.retrieve(session.id, params, self.options)

    def paid(self, card: str = "4242424242424242", **more: Any) -> Any:
        """Return the intent of a session that a card paid."""
        session = self.checkout(**more)
        pay_by_card(session.url, card)
        return self.session(session, "payment_intent.latest_charge.balance_transaction").payment_intent

    def charge(self, charge: str) -> Any:
        """Ask for a charge."""
        return self.client.v1.charges.retrieve(charge, options=self.options)


def connect(client: stripe.StripeClient, sandbox: Sandbox) -> Company:
    """Make an account that can charge."""
    account = client.v1.accounts.create({"type": "standard", "country": "US", "email": "owner@ridgeline.example"})
    sandbox.post(f"stripe/accounts/{account.id}/complete", {})
    return Company(client, sandbox, account.id)


def pay_by_card(url: str, number: str, **typed: str) -> httpx.Response:
    """Submit the card form of a payment page."""
    form = {"number": number, "expiry": "12/34", "cvc": "123", "email": "dana@example.com", "name": "Dana", **typed}
    return httpx.post(f"{url}/card", data=form)


def pay_by_bank(url: str, number: str = "000123456789") -> httpx.Response:
    """Submit the bank form of a payment page."""
    return httpx.post(f"{url}/bank", data={"routing_number": "110000000", "account_number": number, "name": "Dana"})


def advance(sandbox: Sandbox, seconds: int) -> None:
    """Move the sandbox's clock."""
    sandbox.post("stripe/clock", {"advance_seconds": seconds})


def point_at(sandbox: Sandbox, webhook: Webhook) -> None:
    """Send events to the platform's webhook."""
    httpx.put(f"{sandbox.url}/control/stripe/endpoint", json={"url": f"{webhook.url}/stripe"}).raise_for_status()


def arrived(webhook: Webhook) -> list[Any]:
    """Return the events that arrived, verified by the SDK, in the order of their creation."""
    events = []
    for request in webhook.received:
        connected = '"account": "acct_' in request.body
        secret = CONNECT_SECRET if connected else PLATFORM_SECRET
        event = stripe.Webhook.construct_event(request.body, request.headers["Stripe-Signature"], secret)
        assert ("account" in json.loads(request.body)) == connected
        events.append(event)
    return events


def types(webhook: Webhook) -> list[str]:
    """Return the kinds of the events that arrived, sorted."""
    return sorted(event.type for event in arrived(webhook))


def told(sandbox: Sandbox) -> list[str]:
    """Return the kinds of all events that happened, in order."""
    return [event["type"] for event in sandbox.get("stripe/events")["events"]]


def wait_for_types(webhook: Webhook, *kinds: str) -> None:
    """Wait until each of these kinds has arrived."""
    wait_for(lambda: set(kinds) <= set(types(webhook)))
