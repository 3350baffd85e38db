"""The daily partitions of ``realtime.messages``: made ahead, and dropped with what they hold after three days."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, date, datetime, timedelta
from typing import LiteralString

import psycopg
from psycopg import AsyncConnection, sql
from psycopg.rows import TupleRow

from supabase_local.context import Pool

DAYS_AHEAD = 3
DAYS_KEPT = 3
INTERVAL_SECONDS = 3600.0
RETRY_SECONDS = 1.0

EXISTING: LiteralString = """
    select relname::text from pg_inherits join pg_class on pg_class.oid = inhrelid
    where inhparent = 'realtime.messages'::regclass
"""
CREATE = sql.SQL("create table {} partition of realtime.messages for values from ({}) to ({})")
GIVE = sql.SQL("alter table {} owner to supabase_realtime_admin")
DROP = sql.SQL("drop table {}")
EXPIRE: LiteralString = "delete from realtime.messages_default where inserted_at < %s"

log = logging.getLogger("supabase_local.realtime")


async def keep_partitions(pool: Pool) -> None:
    """Maintain the partitions for as long as the stack runs."""
    while True:
        try:
            async with pool.connection() as connection:
                await maintain(connection, datetime.now(UTC).date())
            await asyncio.sleep(INTERVAL_SECONDS)
        except psycopg.OperationalError as error:
            log.warning("the partitions of realtime.messages wait for the database: %s", error)
            await asyncio.sleep(RETRY_SECONDS)


async def maintain(connection: AsyncConnection[TupleRow], today: date) -> None:
    """Create the partitions that the coming days need and drop those that are too old."""
    existing = {row[0] for row in await (await connection.execute(EXISTING)).fetchall()}
    for offset in range(-1, DAYS_AHEAD + 1):
        day = today + timedelta(days=offset)
        if _name(day) not in existing:
            await _create(connection, day)
    oldest = today - timedelta(days=DAYS_KEPT)
    for name in sorted(existing):
        day_of = _day(name)
        if day_of is not None and day_of < oldest:
            await connection.execute(DROP.format(sql.Identifier("realtime", name)))
    await connection.execute(EXPIRE, (oldest,))


async def _create(connection: AsyncConnection[TupleRow], day: date) -> None:
    table = sql.Identifier("realtime", _name(day))
    bounds = (sql.Literal(day.isoformat()), sql.Literal((day + timedelta(days=1)).isoformat()))
    try:
        async with connection.transaction():
            await connection.execute(CREATE.format(table, *bounds))
            await connection.execute(GIVE.format(table))
    except psycopg.errors.CheckViolation:
        # Messages of that day came before its partition and lie in the default one; the rest of the day joins them.
        log.info("messages of %s stay in the default partition", day)


def _name(day: date) -> str:
    return f"messages_{day:%Y_%m_%d}"


def _day(name: str) -> date | None:
    """Return the day that a partition is for; None for the default one and for what is not ours."""
    try:
        return datetime.strptime(name, "messages_%Y_%m_%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None
