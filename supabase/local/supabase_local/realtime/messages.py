"""Broadcast from the database: each row of ``realtime.messages`` goes to the channels of its topic."""

from __future__ import annotations

import json

from supabase_local.realtime.frames import Outgoing, UserPayload, broadcast, to_json, user_broadcast
from supabase_local.realtime.hub import Hub, Room
from supabase_local.realtime.pgoutput import Relation, Values


def is_messages(relation: Relation) -> bool:
    """Tell whether a relation is the table of messages, or one of its partitions."""
    return relation.schema == "realtime" and (relation.table == "messages" or relation.table.startswith("messages_"))


def deliver(hub: Hub, row: Values) -> None:
    """Send one row to whoever is joined. Rows without topic, event or payload are not messages (as hosted)."""
    topic, event, message_id = row.get("topic"), row.get("event"), row.get("id")
    if topic is None or event is None or message_id is None:
        return
    room = Room(topic, row.get("private") == "t")
    if hub.is_empty(room):
        return
    message = outgoing(room, event, message_id, row.get("payload"), _bytes(row.get("binary_payload")))
    if message is not None:
        hub.broadcast(room, message, message_id=message_id)


def outgoing(
    room: Room, event: str, message_id: str, payload: str | None, binary: bytes | None, *, replayed: bool = False
) -> Outgoing | None:
    """Return the broadcast for a row; None when it has no payload that a client could take."""
    meta = {"id": message_id} | ({"replayed": True} if replayed else {})
    if binary is not None:
        return user_broadcast(room.wire_topic, event, UserPayload(binary, is_json=False), to_json(meta))
    text = _with_id(payload, message_id)
    return None if text is None else broadcast(room.wire_topic, event, text, meta)


def _with_id(payload: str | None, message_id: str) -> str | None:
    """Return the JSON text of an object with its ``id``, adding the row's where the sender gave none.

    The text is kept as it is: numbers that Python cannot hold pass through unchanged.
    """
    content = None if payload is None else json.loads(payload)
    if payload is None or not isinstance(content, dict):
        return None
    if "id" in content:
        return payload
    return f'{{"id":{to_json(message_id)}{"," if content else ""}{payload.lstrip()[1:]}'


def _bytes(text: str | None) -> bytes | None:
    """Read the text form of a ``bytea``: ``\\x`` and hexadecimal digits."""
    return None if text is None else bytes.fromhex(text[2:])
