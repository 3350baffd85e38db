"""Running one statement as the caller: its role, claims and request facts set for one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import psycopg
from psycopg import AsyncConnection, AsyncRawCursor
from psycopg.rows import TupleRow
from psycopg_pool import PoolTimeout

from supabase_local.context import Pool
from supabase_local.rest.errors import RestError

POOL_SECONDS = 2.0
"""How long a request waits for a connection; then it answers that there is none."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its values, and what it runs as."""

    text: str
    values: list[str | None]
    settings: Mapping[str, str]
    """Settings for the transaction, the role among them, in the order in which they are made."""
    read_only: bool
    check: Callable[[Result], None]
    """Looks at the result before the commit; what it raises undoes the change."""


@dataclass(frozen=True, slots=True)
class Result:
    """The one row of a statement."""

    total: int | None
    shown: int
    body: bytes
    headers: str | None
    status: str | None
    inserted: int | None


async def run(pool: Pool, statement: Statement) -> Result:
    """Run a statement in its own transaction and return its row; raises psycopg.Error and RestError.

    A read whose pooled connection turns out to be dead, as after a restart of the server, is tried once more.
    """
    try:
        return await _run_once(pool, statement)
    except PoolTimeout:
        raise
    except psycopg.OperationalError as error:
        if error.sqlstate not in (None, "57P01"):
            raise
        await pool.check()
        if not statement.read_only:
            raise
        return await _run_once(pool, statement)


async def _run_once(pool: Pool, statement: Statement) -> Result:
    async with pool.connection(timeout=POOL_SECONDS) as connection:
        if statement.read_only:
            return await _run_implicit(connection, statement)
        return await _run_explicit(connection, statement)


async def _run_implicit(connection: AsyncConnection[TupleRow], statement: Statement) -> Result:
    """Run a read in one round trip: commands sent in one pipeline are one transaction up to its end."""
    async with connection.pipeline():
        result = await _send(connection, statement)
    statement.check(result)
    return result


async def _run_explicit(connection: AsyncConnection[TupleRow], statement: Statement) -> Result:
    """Run a change, look at its result, then commit: two round trips."""
    async with connection.pipeline(), connection.transaction():
        result = await _send(connection, statement)
        statement.check(result)
    return result


async def _send(connection: AsyncConnection[TupleRow], statement: Statement) -> Result:
    settings = AsyncRawCursor(connection)
    rows = AsyncRawCursor(connection)
    await settings.execute(*_settings_query(statement))
    await rows.execute(statement.text.encode(), statement.values)
    await settings.fetchone()
    await rows.fetchone()
    return _result(rows)


def _settings_query(statement: Statement) -> tuple[bytes, list[str]]:
    calls: list[str] = []
    values: list[str] = []
    for name, value in statement.settings.items():
        values += [name, value]
        calls.append(f"set_config(${len(values) - 1}, ${len(values)}, true)")
    if statement.read_only:
        calls.append("set_config('transaction_read_only', 'on', true)")
    return f"select {', '.join(calls)}".encode(), values


def _result(cursor: AsyncRawCursor[TupleRow]) -> Result:
    """Take the row as it came over the wire: the body is bytes already, and needs no decoding."""
    row = cursor.pgresult
    if row is None:
        raise RestError(500, "PGRSTX00", "The statement gave no result")
    total, inserted = row.get_value(0, 0), row.get_value(0, 5)
    headers, status = row.get_value(0, 3), row.get_value(0, 4)
    return Result(
        total=None if total is None else int(total),
        shown=int(row.get_value(0, 1) or b"0"),
        body=row.get_value(0, 2) or b"",
        headers=None if headers is None else headers.decode(),
        status=None if status is None else status.decode(),
        inserted=None if inserted is None else int(inserted),
    )
