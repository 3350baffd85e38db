"""How fast inbound texts come in: rate and latency through HTTP, and the ratio to the same function under pgbench."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from itertools import chain
from typing import Any

from scripts.benchmarks.companies import Company, make_companies
from scripts.benchmarks.load import as_fast_as_it_goes, at_a_rate
from scripts.benchmarks.pgbench import transactions_per_second
from scripts.benchmarks.product import Product
from scripts.benchmarks.requests import SENDERS, inbound_text

COMPANIES = 20
CONNECTIONS = 16
STEADY_RATE = 200
"""Webhooks a second at which latency is measured."""

PREPARED_PER_SECOND = 2_500
"""Requests made ready for each second of full speed: more than this machine can take."""

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
    warm_up = texts(product, companies, CONNECTIONS * 20)
    asyncio.run(as_fast_as_it_goes(product.service_url, warm_up, CONNECTIONS, 5))
    steady = texts(product, companies, STEADY_RATE * seconds)
    latency = asyncio.run(at_a_rate(product.service_url, steady, STEADY_RATE, 64, seconds)).figures()
    prepared = texts(product, companies, PREPARED_PER_SECOND * seconds)
    full = asyncio.run(as_fast_as_it_goes(product.service_url, prepared, CONNECTIONS, seconds)).figures()
    alone = transactions_per_second(
        product.settings["FIELDLITE_DATABASE_URL_WEBHOOK"], PGBENCH, seconds, companies=COMPANIES, senders=SENDERS
    )
    return {
        "benchmark": "ingest",
        "full_speed": full,
        f"at_{STEADY_RATE}_per_second": latency,
        "pgbench_per_second": round(alone, 1),
        "ratio_to_pgbench": round(full["per_second"] / alone, 3),
    }


def texts(product: Product, companies: list[Company], count: int) -> Iterator[bytes]:
    """Make requests ready, for random companies."""
    chosen = random.choices(companies, k=count)  # noqa: S311
    return iter([inbound_text(product, company, "How much for a water heater?") for company in chosen])


def describe(figures: dict[str, Any]) -> str:
    """Return the figures as text."""
    full, steady = figures["full_speed"], figures[f"at_{STEADY_RATE}_per_second"]
    lines = chain(
        [f"Signed inbound texts, {COMPANIES} companies, {figures['machine']['cpus']} CPUs"],
        (
            f"  {name:<22}{part['per_second']:>8} /s   p50 {part['p50_ms']} ms  p95 {part['p95_ms']} ms  "
            f"p99 {part['p99_ms']} ms  answers {part['statuses']}  generator {part['generator_cpu']} CPU"
            for name, part in ((f"at {STEADY_RATE} a second:", steady), ("full speed:", full))
        ),
        [
            f"  {'pgbench -c 8 -j 2:':<22}{figures['pgbench_per_second']:>8} /s   (the same function, alone)",
            f"  ratio: {figures['ratio_to_pgbench']:.1%} of pgbench's rate",
        ],
    )
    return "\n".join(lines)
