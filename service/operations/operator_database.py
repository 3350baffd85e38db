"""The operator's own connection to a project's database, as role `postgres`: what migrations are applied with.

The service has no such log-in and must never get one; it is for scripts that a person runs (export, erasure).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from service.errors import DomainError
from service.settings import SettingsError

Connection = psycopg.Connection[tuple[Any, ...]]


class OperatorError(Exception):
    """Something that the person at the keyboard must know or do."""


@dataclass(frozen=True)
class Company:
    """The company that a script works on."""

    id: UUID
    name: str


def add_company_arguments(parser: argparse.ArgumentParser) -> None:
    """Which company, in which database."""
    parser.add_argument("company", help="the company's id, or its exact name")
    parser.add_argument(
        "--database-url",
        default=os.environ.get("SUPABASE_DB_URL"),
        help="the project's database, as role postgres (default: the environment's SUPABASE_DB_URL)",
    )


def connect(database_url: str | None, name: str) -> Connection:
    """Connect; `name` shows in pg_stat_activity. OperatorError without an address, psycopg.Error without an answer."""
    if not database_url:
        raise OperatorError("Name the project's database with --database-url or SUPABASE_DB_URL.")
    # Hosted Supabase limits the statements of its role; what a person waits for may take as long as it takes.
    return psycopg.connect(
        database_url, application_name=f"fieldlite-{name}", options="-c statement_timeout=0", connect_timeout=10
    )


def find_company(connection: Connection, text: str) -> Company:
    """The company of an id or of an exact name. OperatorError when there is none, or several of that name."""
    try:
        rows = connection.execute("select id, name from public.tenants where id = %s", [UUID(text)]).fetchall()
    except ValueError:
        rows = connection.execute("select id, name from public.tenants where name = %s order by id", [text]).fetchall()
    if not rows:
        raise OperatorError(f"There is no company {text!r}.")
    if len(rows) > 1:
        raise OperatorError(f"Several companies have that name; use an id: {', '.join(str(row[0]) for row in rows)}")
    return Company(*rows[0])


def run_script(name: str, work: Callable[[], int]) -> int:
    """Run `work` and return its exit code, or 1 after saying in one line why it gave up."""
    try:
        return work()
    except (OperatorError, SettingsError, DomainError, psycopg.Error, OSError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"{name}: interrupted", file=sys.stderr)
        return 130
