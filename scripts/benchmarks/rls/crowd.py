"""A database full of companies (crowd.sql): one large, many average ones, then thousands of small ones.

Rows are written without triggers and keys, and indexes are made again after them: loading is not what is measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from psycopg import Connection, sql

from scripts.benchmarks.companies import company_id

CROWD = Path(__file__).with_name("crowd.sql")

LARGE = 50_000
"""Contacts of the first company."""

FILLED = (
    "public.contacts", "public.contact_phones", "public.contact_emails", "public.properties", "public.contact_tags",
    "public.conversations", "public.sms_messages", "public.timeline_entries", "public.invoices", "public.tasks",
    "public.audit_log", "private.contact_documents", "private.contact_activity",
)  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """Companies from ``first`` to ``last`` (counted from 1) with ``each`` contacts, the first with ``large``."""

    first: int
    last: int
    each: int
    large: int = LARGE

    @property
    def people(self) -> int:
        """How many contacts the stage adds."""
        large = self.large - self.each if self.first == 1 else 0
        return (self.last - self.first + 1) * self.each + large


def load(connection: Connection[Any], stage: Stage) -> None:
    """Add a stage's companies and everything of theirs; commit; gather statistics."""
    with indexes_away(connection), connection.transaction():
        connection.execute("set local session_replication_role = replica")
        connection.execute("set local synchronous_commit = off")
        for name, value in asdict(stage).items():
            connection.execute("select set_config(%s, %s, true)", [f"bench.{name}", str(value)])
        connection.execute(CROWD.read_bytes())
    connection.execute("vacuum analyze")


@contextmanager
def indexes_away(connection: Connection[Any]) -> Iterator[None]:
    """Drop the indexes of the large tables that no constraint needs, and make them again."""
    found = connection.execute(
        """
        select indexrelid::regclass::text, pg_get_indexdef(indexrelid)
        from pg_index
        where indrelid = any (%s::regclass[]) and not exists (select from pg_constraint where conindid = indexrelid)
        """,
        [list(FILLED)],
    ).fetchall()
    for name, _ in found:
        connection.execute(sql.SQL("drop index {}").format(sql.SQL(name)))
    yield
    connection.execute("set maintenance_work_mem = '512MB'")
    for _, definition in found:
        connection.execute(definition.encode())


def owner_claims(position: int) -> str:
    """The claims of the token of a company's owner, as the Data API hands them on."""
    person = company_id(position)
    return f'{{"sub": "{person}", "role": "authenticated", "session_id": "{person}", "aal": "aal1"}}'
