"""The stream of committed changes: a temporary logical replication slot, polled through SQL while anyone listens.

psycopg does not speak the streaming replication protocol, and the SQL functions need nothing but a connection. The slot
dies with its connection, so a stopped stack leaves nothing behind that would keep WAL; events that are committed while
there is no slot are lost, as they are on hosted.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import LiteralString

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from supabase_local.realtime import messages
from supabase_local.realtime.hub import Hub
from supabase_local.realtime.pgoutput import Decoder, RowChange

CHANGES_PUBLICATION = "supabase_realtime"
MESSAGES_PUBLICATION = "supabase_realtime_messages_publication"

POLL_SECONDS = 0.02
LINGER_SECONDS = 30.0
"""How long the slot is kept after the last channel has left: a page that reloads should not wait for a new one."""
RETRY_SECONDS = 0.5
SNAPSHOT_SECONDS = 1.0
SNAPSHOT_BYTES = 1024 * 1024
"""Each call decodes again from the slot's restart position, which moves only at such a snapshot."""
FIRST_VERSION_WITH_SNAPSHOTS = 160000
MOST_CHANGES = 5000
"""Rows per call, rounded up to whole transactions."""

ROWS_AT_A_TIME = 500
"""Between them everything else in this process has its turn: a transaction may be of any size."""

CREATE_SLOT: LiteralString = "select pg_create_logical_replication_slot(%s, 'pgoutput', true)"
POSITION: LiteralString = "select pg_current_wal_flush_lsn()::text"
GET_CHANGES: LiteralString = """
    select data from pg_logical_slot_get_binary_changes(
        %s, null, %s, 'proto_version', '1', 'publication_names',
        (select string_agg(quote_ident(pubname), ',') from pg_publication where pubname = any(%s))
    )
"""
LOG_SNAPSHOT: LiteralString = """
    select pg_log_standby_snapshot() from pg_replication_slots
    where slot_name = %s and pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) > %s
"""

log = logging.getLogger("supabase_local.realtime")


class Feed:
    """Reads the slot: messages go straight to the hub, changes of other tables to ``on_changes``, in commit order."""

    def __init__(
        self,
        conninfo: str,
        hub: Hub,
        on_changes: Callable[[list[RowChange]], Awaitable[None]],
        on_ready: Callable[[], None],
    ) -> None:
        self._conninfo = conninfo
        self._hub = hub
        self._on_changes = on_changes
        self._on_ready = on_ready
        self.ready = asyncio.Event()
        """Set while there is a slot: what is committed from now on is delivered."""

    async def run(self) -> None:
        """Keep a slot whenever a channel is joined, for as long as the stack runs."""
        while True:
            await self._hub.occupied.wait()
            if not await self._follow():
                await asyncio.sleep(RETRY_SECONDS)

    async def _follow(self) -> bool:
        """Read one slot until nobody listens; return False when it broke before."""
        try:
            await self._read_until_idle()
        except (psycopg.Error, OSError, ValueError) as error:
            # The server restarts, or a publication was dropped before the changes that it published were read.
            log.warning("the stream of changes broke and starts anew: %s", error)
            return False
        finally:
            self.ready.clear()
        return True

    async def _read_until_idle(self) -> None:
        async with await AsyncConnection.connect(
            self._conninfo, autocommit=True, application_name="realtime_feed", options="-c timezone=UTC"
        ) as connection:
            slot = Slot(connection)
            await slot.create()
            self.ready.set()
            self._on_ready()
            clock = asyncio.get_running_loop().time
            last_occupied = clock()
            while clock() - last_occupied < LINGER_SECONDS:
                await self._deliver(await slot.poll())
                await asyncio.sleep(POLL_SECONDS)
                if self._hub.occupied.is_set():
                    last_occupied = clock()
            self.ready.clear()  # before the slot goes: who joins now waits for the next one

    async def _deliver(self, data: list[bytes]) -> None:
        rows = []
        for number, change in enumerate(Decoder().changes(data), start=1):
            if number % ROWS_AT_A_TIME == 0:
                await asyncio.sleep(0)
            if messages.is_messages(change.relation):
                messages.deliver(self._hub, change.new)
            else:
                rows.append(change)
        if rows:
            await self._on_changes(rows)


class Slot:
    """One temporary slot and the connection that owns it."""

    def __init__(self, connection: AsyncConnection[TupleRow]) -> None:
        self._connection = connection
        self._cursor = connection.cursor(binary=True)
        self._name = f"supabase_realtime_{secrets.token_hex(6)}"
        self._position = ""
        self._next_snapshot = 0.0

    async def create(self) -> None:
        """Make the slot. Waits for transactions that are under way to end."""
        await self._connection.execute(CREATE_SLOT, (self._name,))

    async def poll(self) -> list[bytes]:
        """Return the replication messages since the last call; a server that wrote nothing is not asked to decode."""
        position = await self._value(POSITION)
        if position == self._position:
            return []
        await self._cursor.execute(GET_CHANGES, (self._name, MOST_CHANGES, [CHANGES_PUBLICATION, MESSAGES_PUBLICATION]))
        data = [bytes(row[0]) for row in await self._cursor.fetchall()]
        if len(data) < MOST_CHANGES:
            self._position = str(position)
        await self._move_restart_position()
        return data

    async def _move_restart_position(self) -> None:
        now = asyncio.get_running_loop().time()
        if now < self._next_snapshot or self._connection.info.server_version < FIRST_VERSION_WITH_SNAPSHOTS:
            return
        self._next_snapshot = now + SNAPSHOT_SECONDS
        await self._connection.execute(LOG_SNAPSHOT, (self._name, SNAPSHOT_BYTES))

    async def _value(self, query: LiteralString) -> object:
        await self._cursor.execute(query)
        row = await self._cursor.fetchone()
        return None if row is None else row[0]
