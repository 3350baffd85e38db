"""Who may read and write a private channel: the project's policies on ``realtime.messages`` decide.

As hosted does, a question is a row in a transaction that is rolled back: it may read when a probe row of the topic is
visible under its role and claims, and write when it may insert one (supabase/realtime, ``Tenants.Authorization``).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Literal, LiteralString

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from supabase_local.context import Pool
from supabase_local.realtime.frames import to_json
from supabase_local.realtime.tokens import Claims

Extension = Literal["broadcast", "presence"]

PROBE: LiteralString = (
    "insert into realtime.messages (topic, extension) values (%s, 'broadcast'), (%s, 'presence') returning id"
)
IMPERSONATE: LiteralString = """
    select set_config('role', %s, true), set_config('realtime.topic', %s, true),
           set_config('request.jwt.claims', %s, true), set_config('request.headers', %s, true)
"""
VISIBLE: LiteralString = "select extension from realtime.messages where topic = %s and id = any(%s)"
WRITE: LiteralString = "insert into realtime.messages (topic, extension) values (%s, %s)"

log = logging.getLogger("supabase_local.realtime")


@dataclass(frozen=True)
class Identity:
    """On whose behalf a question is asked, and with which request headers (only ``x-`` ones, as hosted keeps)."""

    claims: Claims
    headers: dict[str, str]


class Authorizer:
    """Asks the database. Raises psycopg.OperationalError when it cannot be reached."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def readable(self, topic: str, identity: Identity) -> frozenset[str]:
        """Return the extensions whose messages on ``topic`` the identity may read."""
        async with self._pool.connection() as connection, connection.transaction(force_rollback=True):
            probes = await (await connection.execute(PROBE, (topic, topic))).fetchall()
            try:
                await _impersonate(connection, topic, identity)
                rows = await (await connection.execute(VISIBLE, (topic, [row[0] for row in probes]))).fetchall()
            except psycopg.OperationalError:
                raise
            except psycopg.Error as error:
                log.warning("RlsPolicyError: %s", error)  # a policy that fails allows nothing
                return frozenset()
        return frozenset(str(row[0]) for row in rows)

    async def may_write(self, topic: str, extension: Extension, identity: Identity) -> bool:
        """Tell whether the identity may send messages of an extension to ``topic``."""
        async with self._pool.connection() as connection, connection.transaction(force_rollback=True):
            try:
                await _impersonate(connection, topic, identity)
                await connection.execute(WRITE, (topic, extension))
            except psycopg.errors.InsufficientPrivilege:
                return False
            except psycopg.OperationalError:
                raise
            except psycopg.Error as error:
                log.warning("RlsPolicyError: %s", error)
                return False
        return True


async def _impersonate(connection: AsyncConnection[TupleRow], topic: str, identity: Identity) -> None:
    values = (identity.claims.role, topic, identity.claims.to_json(), to_json(identity.headers))
    await connection.execute(IMPERSONATE, values)
