"""Makes up for what providers' webhooks did not bring: `scripts/reconcile stripe [--days N] [--dry-run]`."""

from __future__ import annotations

import argparse
import sys

from service.errors import DomainError
from service.logs import configure_logs
from service.operations.reconcile_stripe import Plan, reconcile
from service.payments.history import MOST_DAYS
from service.settings import SettingsError, load_settings


def main() -> int:
    """Return 0 when everything was asked for, 1 when a part could not be, 2 when the settings do not allow it."""
    arguments = _parser().parse_args()
    plan = Plan(arguments.days, arguments.undelivered, arguments.dry_run)
    try:
        settings = load_settings()
        configure_logs(settings.log_level)
        outcomes = reconcile(settings, plan, lambda line: print(line, flush=True))
    except SettingsError as error:
        print(f"reconcile: {error}", file=sys.stderr)
        return 2
    except DomainError as error:
        print(f"reconcile: {error.detail} What was fetched is kept; run it again.", file=sys.stderr)
        return 1
    print("Done:", ", ".join(f"{count} {name}" for name, count in sorted(outcomes.items())) or "no events")
    return 1 if outcomes["refused"] else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="reconcile", description="Fetches what a provider's webhooks did not bring.")
    providers = parser.add_subparsers(dest="provider", required=True, metavar="provider")
    stripe = providers.add_parser("stripe", help="events of every connected account, and of the platform's own")
    stripe.add_argument("--days", type=_days, default=MOST_DAYS, help="how far to look back (default: %(default)s)")
    stripe.add_argument("--undelivered", action="store_true", help="only what Stripe knows was not acknowledged")
    stripe.add_argument("--dry-run", action="store_true", help="count the events that concern us, and change nothing")
    return parser


def _days(text: str) -> int:
    value = int(text)
    if not 1 <= value <= MOST_DAYS:
        raise argparse.ArgumentTypeError(f"must be between 1 and {MOST_DAYS}: Stripe keeps no event for longer")
    return value


if __name__ == "__main__":
    sys.exit(main())
