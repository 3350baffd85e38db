"""A company that takes payments through the sandbox, on the running product, and what its customers do there."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg
from psycopg.rows import dict_row

from service.payments.checkout import start_checkout
from service.payments.client import Payments
from tests.sandbox.running import wait_for
from tests.support.companies import Company
from tests.support.invoices import Invoice, new_invoice
from tests.support.sandbox_payer import Payer
from tests.support.stack import RunningStack

BACK = "http://crm.test/i/token"


@dataclass
class Shop:
    """One company, its owner's token, and its customers."""

    stack: RunningStack
    company: Company
    payer: Payer
    payments: Payments

    def api(self, method: str, path: str, body: Any = None) -> httpx.Response:
        url = f"{self.stack.service_url}/api/v1/{path}"
        return httpx.request(method, url, json=body, headers=self.company.owner.headers, timeout=30)

    def connect(self) -> None:
        """Connect a Stripe account, and wait until its event has come."""
        page = self.api("POST", "stripe-account/onboarding").raise_for_status().json()["url"]
        self.payer.complete_onboarding(page)
        wait_for(lambda: self.account()["charges_enabled"])

    def account(self) -> dict[str, Any]:
        found: dict[str, Any] = self.api("GET", "stripe-account").raise_for_status().json()
        return found

    def attempt(self, invoice: Invoice, cents: int | None = None) -> dict[str, Any]:
        token_hash = hashlib.sha256(invoice.token.encode()).digest()
        started: dict[str, Any] = self.payments.database.call_value(
            "start_payment", p_token_hash=token_hash, p_amount_cents=cents
        )
        return started

    def checkout(self, invoice: Invoice, cents: int | None = None) -> tuple[str, str]:
        """Our payment and Stripe's page for it."""
        started = self.attempt(invoice, cents)
        return started["payment_id"], start_checkout(self.payments, started, BACK)

    def row(self, query: str, *values: object) -> dict[str, Any]:
        with psycopg.connect(self.stack.database_url, row_factory=dict_row) as connection:
            row = connection.execute(query.encode(), values).fetchone()
        assert row is not None
        return row

    def payment(self, payment: str) -> dict[str, Any]:
        return self.row(
            "select paid.*, base.payment_intent_id, base.fee_cents, invoice.state, invoice.balance_cents"
            " from public.payment_list as paid join public.payments as base on base.id = paid.id"
            " join public.invoice_list as invoice on invoice.id = paid.invoice_id where paid.id = %s",
            payment,
        )

    def wait_for(self, payment: str, **wanted: object) -> dict[str, Any]:
        """The payment when it is as wanted."""
        wait_for(lambda: wanted.items() <= self.payment(payment).items())
        return self.payment(payment)

    def paid(self, cents: int = 12_500) -> str:
        """A payment by card of a new invoice, recorded."""
        payment, page = self.checkout(new_invoice(self.stack, self.company, cents))
        self.payer.pay_by_card(page)
        self.wait_for(payment, status="succeeded")
        return payment

    def refund(self, payment: str, cents: int, refund: str | None = None) -> httpx.Response:
        body = {"id": refund or str(uuid.uuid4()), "amount_cents": cents, "reason": "Too much"}
        return self.api("POST", f"payments/{payment}/refunds", body)

    def receiver(self) -> str:
        return f"{self.stack.service_url}/api/stripe/webhook"
