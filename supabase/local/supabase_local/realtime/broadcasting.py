"""Broadcasts of clients to the other members of their channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supabase_local.realtime.frames import Message, Outgoing, UserPayload, to_json, user_broadcast

if TYPE_CHECKING:
    from supabase_local.realtime.channel import Channel

LARGEST_PAYLOAD = 3_000_000
"""Bytes; hosted's limit of the paid plans."""


async def handle(channel: Channel, message: Message) -> None:
    """Send a client's broadcast on. Without the right to write it disappears without an answer, as on hosted."""
    if not isinstance(message.payload, dict) or not await channel.access.may_write("broadcast"):
        return
    outgoing, size = _outgoing(channel, message.payload)
    if size <= LARGEST_PAYLOAD:
        sender = None if channel.join.hears_itself else channel
        channel.services.hub.broadcast(channel.room, outgoing, sender=sender)
    if channel.join.acknowledges:
        fits = size <= LARGEST_PAYLOAD
        response = {} if fits else {"reason": "payload_size_exceeded"}
        channel.socket.reply(message, "ok" if fits else "error", response)


def _outgoing(channel: Channel, payload: dict[str, object]) -> tuple[Outgoing, int]:
    """Return the message and the size of its payload in bytes."""
    user_payload = payload.get("payload")
    if isinstance(user_payload, UserPayload):
        return user_broadcast(channel.topic, str(payload["event"]), user_payload), len(user_payload.data)
    text = to_json(payload)
    return Outgoing(channel.topic, "broadcast", text), len(text)
