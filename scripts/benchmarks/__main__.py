"""The command line of ``scripts/bench``."""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable
from typing import Any

from scripts.benchmarks import ingest, live, money
from scripts.benchmarks.product import Product, running_product
from scripts.benchmarks.rls import measuring as rls

Figures = dict[str, Any]

BENCHMARKS: dict[str, tuple[Callable[[Product, int], Figures], Callable[[Figures], str], str]] = {
    "ingest": (ingest.measure, ingest.describe, "signed inbound texts through the service, against pgbench"),
    "stripe": (money.measure, money.describe, "signed Stripe events through the service, against pgbench"),
    "rls": (
        rls.measure,
        rls.describe,
        "lists under row-level security, against a role that bypasses it (15 minutes, 12 GB)",
    ),
    "realtime": (live.measure, live.describe, "from a webhook's POST to open browsers' sockets"),
}


def main() -> None:
    """Start the product in a folder of its own, measure, print, stop it."""
    options = parser().parse_args()
    measure, describe, _ = BENCHMARKS[options.benchmark]
    with running_product() as product:
        figures = measure(product, options.seconds)
    figures["machine"] = {"cpus": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}
    print(json.dumps(figures, indent=2) if options.json else describe(figures))


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Measures the running product on this machine. Compare ratios, not figures of different machines.",
        epilog="\n".join(f"  {name:<10}{what}" for name, (_, _, what) in BENCHMARKS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("benchmark", choices=BENCHMARKS)
    made.add_argument("--json", action="store_true", help="print the figures as JSON")
    made.add_argument("--seconds", type=int, default=10, help="how long each part runs (default: 10)")
    return made


if __name__ == "__main__":
    main()
