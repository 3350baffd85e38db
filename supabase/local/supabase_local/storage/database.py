"""Transactions as the caller: its role, claims and request facts, set for one transaction as storage-api sets them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, LiteralString

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import TupleRow, dict_row
from starlette.requests import Request

from supabase_local.context import Pool
from supabase_local.storage.errors import from_database
from supabase_local.storage.tokens import Caller

SEARCH_PATH = "storage, public, extensions"
STATEMENT_TIMEOUT = "30s"
"""storage-api's default."""

Row = dict[str, Any]


class Session:
    """One open transaction of one caller."""

    def __init__(self, connection: AsyncConnection[TupleRow]) -> None:
        self._connection = connection

    async def rows(self, query: LiteralString, values: Mapping[str, Any] | None = None) -> list[Row]:
        """Run a statement and return its rows by column name."""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query, values)
            return await cursor.fetchall()

    async def row(self, query: LiteralString, values: Mapping[str, Any] | None = None) -> Row | None:
        """Run a statement and return its first row, or None."""
        return next(iter(await self.rows(query, values)), None)

    async def run(self, query: LiteralString, values: Mapping[str, Any] | None = None) -> None:
        """Run a statement that gives no rows."""
        await self._connection.execute(query, values)


class Database:
    """The way to the rows. No connection is held while bytes are on their way."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @asynccontextmanager
    async def acting(
        self, caller: Caller, facts: Mapping[str, str], *, rehearse: bool = False
    ) -> AsyncIterator[Session]:
        """Open a transaction as the caller; ``rehearse`` undoes it at the end, when only its refusals are of interest.

        ``facts`` are settings for policies and triggers, see `request_facts`. Errors of the database become
        StorageError, except for a lost connection, which the gateway answers.
        """
        try:
            async with (
                self._pool.connection() as connection,
                connection.transaction(force_rollback=rehearse),
            ):
                await connection.execute(*_settings_query({**facts, **_caller_settings(caller)}))
                yield Session(connection)
        except psycopg.Error as error:
            raise from_database(error) from error

    async def known_versions(self) -> set[str]:
        """Return the names of all files that rows refer to."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute("select version from storage.objects where version is not null")
            return {version async for (version,) in cursor}


def request_facts(request: Request, operation: str) -> dict[str, str]:
    """Return what policies can ask about a request: ``storage.operation()`` and the settings that PostgREST has too."""
    return {
        "storage.operation": operation,
        "request.method": request.method,
        "request.path": request.url.path,
        "request.headers": json.dumps(dict(request.headers)),
    }


def _caller_settings(caller: Caller) -> dict[str, str]:
    return {
        "search_path": SEARCH_PATH,
        "statement_timeout": STATEMENT_TIMEOUT,
        "request.jwt.claims": caller.claims,
        "request.jwt.claim.role": caller.role,
        "request.jwt.claim.sub": caller.subject or "",
        "storage.allow_delete_query": "true",
        "role": caller.role,
    }


def _settings_query(settings: Mapping[str, str]) -> tuple[bytes, list[str]]:
    calls = ", ".join("set_config(%s, %s, true)" for _ in settings)
    return f"select {calls}".encode(), [text for setting in settings.items() for text in setting]
