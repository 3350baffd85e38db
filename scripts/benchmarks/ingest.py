"""How fast inbound texts come in: rate and latency through HTTP, and the ratio to the same function under pgbench."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from scripts.benchmarks.companies import Company, make_companies
from scripts.benchmarks.product import Product
from scripts.benchmarks.requests import SENDERS, inbound_text
from scripts.benchmarks.webhooks import describe_webhooks, measure_webhooks

COMPANIES = 20

PGBENCH = """
\\set company random(1, :companies)
\\set sender random(0, :senders - 1)
with text as (select 'SM' || replace(gen_random_uuid()::text, '-', '') as sid)
select received.* from text cross join backend.receive_twilio_event(
  ('be4c0000-0000-4000-8000-' || lpad(:company::text, 12, '0'))::uuid, 'sms', 'sms:' || text.sid,
  jsonb_build_object(
    'sid', text.sid, 'from', '+1720555' || lpad(:sender::text, 4, '0'), 'to', '+1' || (300 + :company) || '5550100',
    'body', 'How much for a water heater?', 'segments', 1, 'media', jsonb_build_array()
  ),
  convert_to(repeat('x', 420), 'UTF8'), 'application/x-www-form-urlencoded', null
) as received;
"""
"""One inbound text of a random customer to a random company, as the service's one call writes it."""


def measure(product: Product, seconds: int) -> dict[str, Any]:
    """Return figures: full speed, latency at the steady rate, pgbench, and the ratio of the two rates."""
    companies = make_companies(product, COMPANIES)

    def prepare(count: int) -> Iterator[bytes]:
        return texts(product, companies, count)

    figures = measure_webhooks(product, prepare, PGBENCH, seconds, companies=COMPANIES, senders=SENDERS)
    return {"benchmark": "ingest", **figures}


def texts(product: Product, companies: list[Company], count: int) -> Iterator[bytes]:
    """Make requests ready, for random companies."""
    chosen = random.choices(companies, k=count)  # noqa: S311
    return iter([inbound_text(product, company, "How much for a water heater?") for company in chosen])


def describe(figures: dict[str, Any]) -> str:
    """Return the figures as text."""
    return describe_webhooks(f"Signed inbound texts, {COMPANIES} companies", figures)
