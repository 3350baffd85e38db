"""Brings a hosted or self-hosted Supabase project's database up to date, with the official CLI."""

from __future__ import annotations

import argparse
import os
from urllib.parse import urlsplit

from scripts.stack import supabase_cli
from scripts.stack.console import StackError, complain, step

DESCRIPTION = """\
Applies the migrations of supabase/migrations that a project's database lacks, each in one transaction, as the official
Supabase CLI records them. Shows the list first. The development database needs no migrate: scripts/dev does it.
"""


def main() -> int:
    """``scripts/migrate``."""
    parser = argparse.ArgumentParser(
        prog="scripts/migrate", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--database-url",
        default=os.environ.get("SUPABASE_DB_URL"),
        help="the project's database, as role postgres (default: the environment's SUPABASE_DB_URL)",
    )
    parser.add_argument("--list", action="store_true", help="only show which migrations are applied")
    choices = parser.parse_args()
    if not choices.database_url:
        parser.error("name the project's database with --database-url or SUPABASE_DB_URL")
    try:
        return migrate(choices.database_url, only_list=choices.list)
    except StackError as problem:
        complain(problem)
        return 1


def migrate(database_url: str, *, only_list: bool) -> int:
    """Show the state and, unless told not to, apply what is missing; return the CLI's exit code."""
    remote = f"--remote={database_url}"
    step(f"migrations of {urlsplit(database_url).hostname}")
    code = supabase_cli.run("migration", "list", remote)
    if code != 0 or only_list:
        return code
    step("applying what is missing")
    return supabase_cli.run("migration", "up", remote, "--yes")


if __name__ == "__main__":
    raise SystemExit(main())
