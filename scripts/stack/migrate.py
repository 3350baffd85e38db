"""Brings a project's database up to date with the official CLI, unless database and folder contradict each other."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from scripts.project.history import History, read_history
from scripts.stack import supabase_cli
from scripts.stack.console import StackError, complain, note, step
from scripts.stack.layout import SHARED, StateFolder
from scripts.stack.types import running_database

DESCRIPTION = """\
Applies the migrations of supabase/migrations that a project's database lacks, each in one transaction, as the official
Supabase CLI records them: hosted, self-hosted, or the embedded one of a running scripts/dev (--development). Shows the
list first. Refuses to touch a database whose history contradicts the folder: a recorded migration without its file, a
file that was changed after it was applied, or a new file that is older than the newest applied one.
"""


@dataclass(frozen=True)
class Timeouts:
    """Limits for every statement of a migration, as PostgreSQL writes times; ``0`` is none."""

    lock: str
    """How long to wait for a table that somebody uses: everybody else waits behind us meanwhile."""
    statement: str

    @property
    def options(self) -> str:
        """What libpq's PGOPTIONS hands to the server."""
        return f"-c lock_timeout={self.lock} -c statement_timeout={self.statement}"


def main() -> int:
    """``scripts/migrate``."""
    parser = argparse.ArgumentParser(
        prog="scripts/migrate", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_arguments(parser)
    choices = parser.parse_args()
    try:
        url = choices.database_url
        if choices.development:
            url = running_database(StateFolder(choices.state.resolve()))
        if not url:
            parser.error("name the project's database with --database-url or SUPABASE_DB_URL, or say --development")
        if choices.list:
            return supabase_cli.run("migration", "list", f"--remote={url}")
        return migrate(url, Timeouts(choices.lock_timeout, choices.statement_timeout), dry_run=choices.dry_run)
    except StackError as problem:
        complain(problem)
        return 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which database, what to do, and for how long it may wait."""
    parser.add_argument(
        "--database-url",
        default=os.environ.get("SUPABASE_DB_URL"),
        help="the project's database, as role postgres (default: the environment's SUPABASE_DB_URL)",
    )
    parser.add_argument("--development", action="store_true", help="the database of the running scripts/dev")
    parser.add_argument(
        "--state", type=Path, default=SHARED, help="the state folder of that scripts/dev (default: .fieldlite)"
    )
    parser.add_argument("--list", action="store_true", help="only show the CLI's list of what is applied")
    parser.add_argument(
        "--dry-run", action="store_true", help="check for contradictions, and show what would be applied"
    )
    parser.add_argument(
        "--lock-timeout",
        default="5s",
        help="give up when a table stays in use for so long; 0: wait (default: %(default)s)",
    )
    parser.add_argument(
        "--statement-timeout", default="15min", help="the longest that one statement may take (default: %(default)s)"
    )


def migrate(database_url: str, timeouts: Timeouts, *, dry_run: bool) -> int:
    """Check, show and apply; return the CLI's exit code. StackError when the database contradicts the folder."""
    step(f"migrations of {urlsplit(database_url).hostname}")
    history = checked_history(database_url, timeouts)
    note(f"{len(history.applied)} applied, {len(history.pending)} to apply")
    for path in history.pending:
        note(path.name)
    if dry_run or not history.pending:
        return 0
    step("applying what is missing")
    code = supabase_cli.run(
        "migration", "up", f"--remote={database_url}", "--yes", environment={"PGOPTIONS": timeouts.options}
    )
    if code != 0:
        raise StackError(
            "Nothing of the migration that failed was kept; those before it were. Run it again when you know why."
        )
    return code


def checked_history(database_url: str, timeouts: Timeouts) -> History:
    """Read the history; StackError when it cannot be read, contradicts the folder, or the timeouts would not hold."""
    try:
        require_timeouts(database_url, timeouts)
        history = read_history(database_url)
    except psycopg.Error as problem:
        raise StackError(f"The database cannot be asked: {problem}") from problem
    if drift := history.drift():
        raise StackError("\n".join(["The database and supabase/migrations contradict each other.", *drift]))
    return history


def require_timeouts(database_url: str, timeouts: Timeouts) -> None:
    """StackError when something between us and the server drops the timeouts, as poolers in transaction mode do."""
    with psycopg.connect(database_url, options=timeouts.options, connect_timeout=10) as connection:
        found = connection.execute("show lock_timeout").fetchone()
        connection.execute("select set_config('lock_timeout', %s, true)", [timeouts.lock])
        wanted = connection.execute("show lock_timeout").fetchone()
    if found != wanted:
        raise StackError(
            "The timeouts do not reach the database: connect directly, or to the pooler in session mode (port 5432)."
        )


if __name__ == "__main__":
    raise SystemExit(main())
