"""Stripe's objects and events as its API documents them, about one payment of one company."""

from __future__ import annotations

import json
import secrets
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from stripe import WebhookSignature

Json = dict[str, Any]

CREATED = 1_767_225_600
"""Every event of these fixtures says the same second: times must not decide anything."""


def new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(12)}"


@dataclass(frozen=True)
class Paid:
    """One attempt to pay, and the ids that Stripe gives to what becomes of it."""

    account: str
    payment: str
    amount: int = 12_500
    session: str = field(default_factory=lambda: new_id("cs_test"))
    intent: str = field(default_factory=lambda: new_id("pi"))
    charge: str = field(default_factory=lambda: new_id("ch"))
    refund: str = field(default_factory=lambda: new_id("re"))
    dispute: str = field(default_factory=lambda: new_id("du"))

    @property
    def metadata(self) -> dict[str, str]:
        return {"payment": self.payment}

    def checkout_session(self, payment_status: str = "paid", status: str = "complete", **changes: Any) -> Json:
        return {
            "id": self.session,
            "object": "checkout.session",
            "amount_subtotal": self.amount,
            "amount_total": self.amount,
            "client_reference_id": self.payment,
            "currency": "usd",
            "customer": None,
            "livemode": False,
            "metadata": self.metadata,
            "mode": "payment",
            "payment_intent": self.intent,
            "payment_method_types": ["card", "us_bank_account"],
            "payment_status": payment_status,
            "status": status,
            "url": None,
            **changes,
        }

    def payment_intent(self, status: str = "succeeded", **changes: Any) -> Json:
        return {
            "id": self.intent,
            "object": "payment_intent",
            "amount": self.amount,
            "amount_received": self.amount if status == "succeeded" else 0,
            "cancellation_reason": None,
            "currency": "usd",
            "last_payment_error": None,
            "latest_charge": self.charge if status in {"succeeded", "processing"} else None,
            "livemode": False,
            "metadata": self.metadata,
            "payment_method_types": ["card", "us_bank_account"],
            "status": status,
            **changes,
        }

    def charge_object(self, status: str = "succeeded", method: str = "card", **changes: Any) -> Json:
        return {
            "id": self.charge,
            "object": "charge",
            "amount": self.amount,
            "amount_refunded": 0,
            "balance_transaction": None,
            "currency": "usd",
            "failure_code": None,
            "failure_message": None,
            "livemode": False,
            "metadata": self.metadata,
            "paid": status == "succeeded",
            "payment_intent": self.intent,
            "payment_method_details": {"type": method, method: {"last4": "4242"}},
            "status": status,
            **changes,
        }

    def refund_object(self, amount: int = 2_500, status: str = "succeeded", **changes: Any) -> Json:
        return {
            "id": self.refund,
            "object": "refund",
            "amount": amount,
            "charge": self.charge,
            "currency": "usd",
            "metadata": self.metadata,
            "payment_intent": self.intent,
            "reason": "requested_by_customer",
            "status": status,
            **changes,
        }

    def dispute_object(self, status: str = "needs_response", **changes: Any) -> Json:
        return {
            "id": self.dispute,
            "object": "dispute",
            "amount": self.amount,
            "charge": self.charge,
            "currency": "usd",
            "livemode": False,
            "metadata": {},
            "payment_intent": self.intent,
            "reason": "fraudulent",
            "status": status,
            **changes,
        }

    def event(self, kind: str, thing: Json, **changes: Any) -> Json:
        """An event on the company's account."""
        return event(kind, thing, account=self.account, **changes)


def some_payment(account: str | None = None) -> Paid:
    return Paid(account or new_id("acct"), str(uuid.uuid4()))


def event(kind: str, thing: Json, **changes: Any) -> Json:
    return {
        "id": new_id("evt"),
        "object": "event",
        "api_version": "2026-10-28.endive",
        "created": CREATED,
        "data": {"object": thing},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
        **changes,
    }


def body_of(document: Json) -> bytes:
    """As Stripe writes it: indented, in UTF-8."""
    return json.dumps(document, indent=2, ensure_ascii=False).encode()


def sign(body: bytes, secret: str, at: float | None = None) -> str:
    """The header that the endpoint with this secret gets."""
    header = WebhookSignature.generate_signature_header(body.decode(), secret, int(time.time() if at is None else at))
    return str(header)
