"""What both webhook measurements share: latency at a steady rate, full speed, and the same call under pgbench."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

from scripts.benchmarks.load import as_fast_as_it_goes, at_a_rate
from scripts.benchmarks.pgbench import transactions_per_second
from scripts.benchmarks.product import Product

CONNECTIONS = 16
STEADY_RATE = 200
"""Webhooks a second at which latency is measured."""

PREPARED_PER_SECOND = 1_500
"""Requests made ready for each second of full speed: more than this machine can take."""

Prepare = Callable[[int], Iterator[bytes]]
"""Makes so many fresh requests ready."""


def measure_webhooks(product: Product, prepare: Prepare, script: str, seconds: int, **variables: int) -> dict[str, Any]:
    """Return figures of requests through HTTP, and their ratio to ``script`` under pgbench in the same run."""
    url = product.service_url
    asyncio.run(as_fast_as_it_goes(url, prepare(CONNECTIONS * 20), CONNECTIONS, 5))
    steady = asyncio.run(at_a_rate(url, prepare(STEADY_RATE * seconds), STEADY_RATE, 64, seconds))
    full = asyncio.run(as_fast_as_it_goes(url, prepare(PREPARED_PER_SECOND * seconds), CONNECTIONS, seconds))
    login = product.settings["FIELDLITE_DATABASE_URL_WEBHOOK"]
    alone = transactions_per_second(login, script, seconds, **variables)
    return {
        "full_speed": full.figures(),
        f"at_{STEADY_RATE}_per_second": steady.figures(),
        "pgbench_per_second": round(alone, 1),
        "ratio_to_pgbench": round(full.figures()["per_second"] / alone, 3),
    }


def describe_webhooks(title: str, figures: dict[str, Any]) -> str:
    """Return the figures as text."""
    parts = ((f"at {STEADY_RATE} a second:", f"at_{STEADY_RATE}_per_second"), ("full speed:", "full_speed"))
    return "\n".join(
        [
            f"{title}, {figures['machine']['cpus']} CPUs",
            *(line(name, figures[key]) for name, key in parts),
            f"  {'pgbench -c 8 -j 2:':<22}{figures['pgbench_per_second']:>8} /s   (the same function, alone)",
            f"  ratio: {figures['ratio_to_pgbench']:.1%} of pgbench's rate",
        ]
    )


def line(name: str, part: dict[str, Any]) -> str:
    """Return one run's figures as a line."""
    return (
        f"  {name:<22}{part['per_second']:>8} /s   p50 {part['p50_ms']} ms  p95 {part['p95_ms']} ms  "
        f"p99 {part['p99_ms']} ms  answers {part['statuses']}  generator {part['generator_cpu']} CPU"
    )
