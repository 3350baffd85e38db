"""Earlier messages of a private topic, for a client that joins and asks for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import LiteralString

from supabase_local.context import Pool
from supabase_local.realtime import messages
from supabase_local.realtime.frames import Outgoing
from supabase_local.realtime.hub import Room
from supabase_local.realtime.joining import Replay

EARLIER: LiteralString = """
    select id::text, event, payload::text, binary_payload from realtime.messages
    where topic = %s and private and extension = 'broadcast' and inserted_at >= %s and event is not null
    order by inserted_at desc limit %s
"""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def earlier_messages(pool: Pool, room: Room, wanted: Replay) -> dict[str, Outgoing]:
    """Return the newest messages by id, oldest first. Raises OverflowError when ``since`` is no time at all."""
    since = (EPOCH + timedelta(milliseconds=wanted.since)).replace(tzinfo=None)  # the column holds UTC
    async with pool.connection() as connection:
        rows = await (await connection.execute(EARLIER, (room.topic, since, wanted.limit))).fetchall()
    replayed = {}
    for message_id, event, payload, binary in reversed(rows):
        message = messages.outgoing(room, event, message_id, payload, binary, replayed=True)
        if message is not None:
            replayed[message_id] = message
    return replayed
