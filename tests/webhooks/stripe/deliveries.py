"""Stripe's deliveries about one company's account, signed by its SDK, sent to the running service."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg
from psycopg.rows import dict_row

from service.database import Database
from tests.support.companies import Company
from tests.support.invoices import new_invoice
from tests.support.stack import RunningStack
from tests.support.stripe_events import Json, Paid, body_of, sign

CONNECT = "whsec_sandbox_connect"
PLATFORM = "whsec_sandbox_platform"
JSON = "application/json; charset=utf-8"

MONEY = ("payments", "payment_events", "payment_allocations", "refunds", "disputes", "webhook_events")


@dataclass(frozen=True)
class Till:
    """A company and its connected account, as Stripe knows them."""

    stack: RunningStack
    company: Company
    account: str
    http: httpx.Client
    portal: Database

    def attempt(self, total_cents: int = 12_500, amount_cents: int | None = None) -> Paid:
        """An attempt to pay a new invoice, started as its customer's page does."""
        invoice = new_invoice(self.stack, self.company, total_cents)
        started = self.start_payment(invoice.token, amount_cents)
        return Paid(self.account, started["payment_id"], started["amount_cents"])

    def start_payment(self, token: str, amount_cents: int | None = None) -> dict[str, Any]:
        token_hash = hashlib.sha256(token.encode()).digest()
        started: dict[str, Any] = self.portal.call_value(
            "start_payment", p_token_hash=token_hash, p_amount_cents=amount_cents
        )
        return started

    def post(self, body: bytes, signature: str | bytes | None, content_type: str = JSON) -> httpx.Response:
        headers: dict[str, str | bytes] = {"Content-Type": content_type}
        if signature is not None:
            headers["Stripe-Signature"] = signature
        return self.http.post(f"{self.stack.service_url}/api/stripe/webhook", content=body, headers=headers)  # type: ignore[arg-type] # httpx takes a mix

    def deliver(self, event: Json, secret: str = CONNECT) -> str:
        """Send an event as Stripe does; returns the outcome, after checking that it was acknowledged."""
        body = body_of(event)
        answer = self.post(body, sign(body, secret))
        assert answer.status_code == 200, answer.text
        outcome: str = answer.json()["outcome"]
        return outcome

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Read the database as `postgres`; the first parameter is this company."""
        with psycopg.connect(self.stack.database_url, row_factory=dict_row) as connection:
            return connection.execute(query.encode(), (self.company.tenant_id, *values)).fetchall()

    def counts(self) -> dict[str, int]:
        """How many rows about money the company has."""
        columns = ", ".join(f"(select count(*) from public.{t} where tenant_id = company.id) as {t}" for t in MONEY)
        (row,) = self.rows(f"select {columns} from (select %s::uuid as id) as company")
        return row

    def payment(self, paid: Paid) -> dict[str, Any]:
        """The payment as lists show it, with its invoice's state."""
        query = """
          select paid.*, invoice.balance_cents, invoice.state as invoice_state, invoice.is_disputed
          from public.payment_list as paid
          join public.invoice_list as invoice on invoice.id = paid.invoice_id
          where paid.tenant_id = %s and paid.id = %s
        """
        (row,) = self.rows(query, paid.payment)
        return row

    def events(self, paid: Paid) -> list[dict[str, Any]]:
        """The steps of a payment, oldest first."""
        query = "select * from public.payment_events where tenant_id = %s and payment_id = %s order by created_at, id"
        return self.rows(query, paid.payment)
