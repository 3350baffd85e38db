"""Writes the row types of the web client (with the official CLI) and of the service from a running database."""

from __future__ import annotations

import argparse
from pathlib import Path

from scripts.stack import python_types, record, supabase_cli
from scripts.stack.console import StackError, complain
from scripts.stack.layout import ROOT, SHARED, WEB, StateFolder

TYPES = WEB / "src" / "database" / "types.ts"


def generate(database_url: str) -> str:
    """Return the TypeScript types of schema public, as the CLI prints them."""
    options = ("gen", "types", "typescript", "--schema", "public", f"--remote={database_url}")
    return supabase_cli.output(*options).lstrip("\n")


def running_database(state: StateFolder) -> str:
    """Return the address of the database that scripts/dev runs; raise StackError when it runs none."""
    running = record.read(state.record)
    if running is None or not running.living():
        raise StackError("Start the development stack first: ./scripts/dev --detach")
    return running.addresses["database_url"]


def main() -> int:
    """``scripts/gen-types``."""
    parser = argparse.ArgumentParser(prog="scripts/gen-types", description=__doc__)
    parser.add_argument(
        "--state", type=Path, default=SHARED, help="the state folder of the running stack (default: .fieldlite)"
    )
    choices = parser.parse_args()
    try:
        database_url = running_database(StateFolder(choices.state.resolve()))
        TYPES.write_text(generate(database_url))
    except StackError as problem:
        complain(problem)
        return 1
    python_types.TYPES.write_text(python_types.generate(database_url))
    for path in (TYPES, python_types.TYPES):
        print(f"Wrote {path.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
