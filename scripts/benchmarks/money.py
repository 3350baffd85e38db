"""How fast Stripe's events come in: payments that succeed, through HTTP and, for the ratio, under pgbench."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import psycopg
from stripe import WebhookSignature

from scripts.benchmarks.companies import make_companies
from scripts.benchmarks.product import Product
from scripts.benchmarks.webhooks import PREPARED_PER_SECOND, describe_webhooks, measure_webhooks

COMPANIES = 20
AMOUNT_CENTS = 10_000
FIRST_OF_PGBENCH = 1_000_000
"""Payments from this position on are pgbench's."""

PGBENCH = """
with next as (select nextval('bench_payment') as position)
select received.* from next cross join backend.receive_stripe_event(
  ('be4c0000-0000-4000-8000-' || lpad((next.position % :companies + 1)::text, 12, '0'))::uuid,
  'evt_bench_' || next.position, 'payment',
  jsonb_build_object(
    'payment', ('be4c0001-0000-4000-8000-' || lpad(next.position::text, 12, '0'))::uuid,
    'payment_intent', 'pi_bench_' || next.position, 'charge', 'ch_bench_' || next.position, 'status', 'succeeded',
    'amount_cents', 10000, 'currency', 'usd'
  ),
  convert_to(repeat('x', 1400), 'UTF8')
) as received;
"""
"""One payment that succeeds, as the service's one call writes it; each is of an invoice of its own."""

PREPARE = """
alter table public.invoices disable trigger user;
alter table public.invoice_items disable trigger user;
alter table public.payments disable trigger user;
insert into public.stripe_accounts (tenant_id, stripe_account_id, livemode, charges_enabled)
select ('be4c0000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'acct_bench_' || n, false, true
from generate_series(1, {companies}) as n on conflict do nothing;
insert into public.contacts (id, tenant_id, name)
select ('be4c0003-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
  ('be4c0000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Customer ' || n
from generate_series(1, {companies}) as n on conflict do nothing;
create temporary table bench_positions on commit drop as
select n as position, ('be4c0000-0000-4000-8000-' || lpad((n % {companies} + 1)::text, 12, '0'))::uuid as tenant_id,
  ('be4c0003-0000-4000-8000-' || lpad((n % {companies} + 1)::text, 12, '0'))::uuid as contact_id,
  ('be4c0001-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid as payment_id,
  ('be4c0002-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid as invoice_id
from (select generate_series({first}, {first} + {count} - 1) as n) as series;
insert into public.invoices (id, tenant_id, contact_id, number, status, total_cents, issued_at, issued_on, due_on)
select invoice_id, tenant_id, contact_id, position, 'issued', 10000, now(), current_date, current_date + 14
from bench_positions;
insert into public.payments (id, tenant_id, invoice_id, amount_cents, currency)
select payment_id, tenant_id, invoice_id, 10000, 'USD' from bench_positions;
alter table public.invoices enable trigger user;
alter table public.invoice_items enable trigger user;
alter table public.payments enable trigger user;
"""
"""Many invoices with one open attempt each, made in one go; triggers are off, as nobody listens yet."""


def measure(product: Product, seconds: int) -> dict[str, Any]:
    """Return figures: full speed, latency at the steady rate, pgbench, and the ratio of the two rates."""
    make_companies(product, COMPANIES)
    positions = itertools.count(1)
    make_payments(product, 1, PREPARED_PER_SECOND * seconds * 2)
    make_payments(product, FIRST_OF_PGBENCH, PREPARED_PER_SECOND * seconds * 2)

    def prepare(count: int) -> Iterator[bytes]:
        return iter([payment_succeeded(product, next(positions)) for _ in range(count)])

    figures = measure_webhooks(product, prepare, PGBENCH, seconds, companies=COMPANIES)
    return {"benchmark": "stripe", **figures, "payments_that_succeeded": succeeded(product)}


def succeeded(product: Product) -> int:
    """Return how many payments succeeded, to show that the events were not merely acknowledged."""
    with psycopg.connect(product.database_url) as connection:
        row = connection.execute("select count(*) from public.payments where status = 'succeeded'").fetchone()
    return int(row[0]) if row else 0


def make_payments(product: Product, first: int, count: int) -> None:
    """Make open attempts from a position on, and pgbench's own counter."""
    with psycopg.connect(product.database_url) as connection:
        connection.execute(PREPARE.format(companies=COMPANIES, first=first, count=count).encode())
        connection.execute(f"create sequence if not exists public.bench_payment start {FIRST_OF_PGBENCH}".encode())
        connection.execute("grant usage on sequence public.bench_payment to fieldlite_webhook")
        connection.execute("grant usage on schema public to fieldlite_webhook")


def payment_succeeded(product: Product, position: int) -> bytes:
    """Return a whole HTTP/1.1 request: a PaymentIntent that succeeded on a connected account, signed."""
    account = f"acct_bench_{position % COMPANIES + 1}"
    payment = f"be4c0001-0000-4000-8000-{position:012}"
    intent = {
        "id": f"pi_bench_{position}", "object": "payment_intent", "amount": AMOUNT_CENTS,
        "amount_received": AMOUNT_CENTS, "currency": "usd", "status": "succeeded",
        "latest_charge": f"ch_bench_{position}",
        "metadata": {"payment": payment}, "livemode": False,
    }  # fmt: skip
    event = {
        "id": f"evt_bench_{position}", "object": "event", "type": "payment_intent.succeeded", "account": account,
        "created": int(time.time()), "livemode": False, "data": {"object": intent},
    }  # fmt: skip
    content = json.dumps(event).encode()
    secret = product.settings["FIELDLITE_STRIPE_CONNECT_SECRETS"].split(",")[0]
    head = (
        f"POST /api/stripe/webhook HTTP/1.1\r\nHost: {urlsplit(product.service_url).netloc}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
        f"Stripe-Signature: {WebhookSignature.generate_signature_header(content.decode(), secret)}\r\n\r\n"
    )
    return head.encode() + content


def describe(figures: dict[str, Any]) -> str:
    """Return the figures as text."""
    text = describe_webhooks(f"Signed Stripe events, {COMPANIES} companies", figures)
    return f"{text}\n  payments that succeeded: {figures['payments_that_succeeded']}"
