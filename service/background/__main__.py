"""Runs the worker: `scripts/worker [--concurrency N]`."""

import argparse
import asyncio
import sys

from service.background.run import run_worker
from service.logs import configure_logs
from service.settings import SettingsError, load_settings


def main() -> int:
    """Return 0 after a graceful stop, 2 when the settings do not allow a start."""
    parser = argparse.ArgumentParser(prog="worker", description="Sends texts, imports files. Several may run at once.")
    parser.add_argument(
        "--concurrency", type=_positive, default=8, help="numbers to send from at the same time (default: %(default)s)"
    )
    arguments = parser.parse_args()
    try:
        settings = load_settings()
        settings.database_url("worker")
    except SettingsError as error:
        print(f"worker: {error}", file=sys.stderr)
        return 2
    configure_logs(settings.log_level)
    asyncio.run(run_worker(settings, arguments.concurrency))
    return 0


def _positive(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 100:
        raise argparse.ArgumentTypeError("must be between 1 and 100")
    return value


if __name__ == "__main__":
    sys.exit(main())
