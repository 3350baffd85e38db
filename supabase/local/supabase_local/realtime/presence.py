"""Who is present on a topic, as Phoenix.Presence keeps it: key -> {metas: [{phx_ref, ...what was tracked}]}."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from supabase_local.realtime.frames import Message, Outgoing, to_json
from supabase_local.realtime.hub import Hub, Member, Room

if TYPE_CHECKING:
    from supabase_local.realtime.channel import Channel

Meta = dict[str, Any]
State = dict[str, dict[str, list[Meta]]]


class Presences:
    """What every channel tracks. A channel tracks under one key; several channels may share a key."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._tracked: dict[Room, dict[Member, tuple[str, Meta]]] = {}

    def state(self, room: Room) -> State:
        """Return everybody on a topic, the payload of ``presence_state``."""
        return _grouped(self._tracked.get(room, {}).values())

    def track(self, room: Room, member: Member, key: str, payload: dict[str, Any]) -> None:
        """Enter or replace what a channel tracks and tell the topic; the same payload again changes nothing."""
        before = self._tracked.get(room, {}).get(member)
        if before is not None and _payload(before[1]) == payload:
            return
        meta: Meta = {**payload, "phx_ref": secrets.token_urlsafe(12)}
        if before is not None:
            meta["phx_ref_prev"] = before[1]["phx_ref"]
        self._tracked.setdefault(room, {})[member] = (key, meta)
        self._announce(room, joins=[(key, meta)], leaves=[before] if before else [])

    def untrack(self, room: Room, member: Member) -> None:
        """Remove what a channel tracks, if anything, and tell the topic."""
        tracked = self._tracked.get(room, {})
        before = tracked.pop(member, None)
        if not tracked:
            self._tracked.pop(room, None)
        if before is not None:
            self._announce(room, joins=[], leaves=[before])

    def _announce(self, room: Room, joins: list[tuple[str, Meta]], leaves: list[tuple[str, Meta]]) -> None:
        payload = to_json({"joins": _grouped(joins), "leaves": _grouped(leaves)})
        self._hub.presence(room, Outgoing(room.wire_topic, "presence_diff", payload))


def _grouped(entries: Iterable[tuple[str, Meta]]) -> State:
    state: State = {}
    for key, meta in entries:
        state.setdefault(key, {"metas": []})["metas"].append(meta)
    return state


def _payload(meta: Meta) -> dict[str, Any]:
    return {name: value for name, value in meta.items() if name not in ("phx_ref", "phx_ref_prev")}


def send_state(channel: Channel) -> None:
    """Tell a channel's client who is there."""
    channel.push("presence_state", channel.services.presences.state(channel.room))


async def handle(channel: Channel, message: Message) -> None:
    """Track or untrack a client, and answer."""
    payload = message.payload if isinstance(message.payload, dict) else {}
    event = str(payload.get("event", "")).lower()
    if event == "track":
        await _track(channel, message, payload.get("payload", {}))
    elif event == "untrack":
        channel.services.presences.untrack(channel.room, channel)
        channel.socket.reply(message, "ok", {})
    else:
        channel.socket.reply(message, "error", {})


async def _track(channel: Channel, message: Message, payload: Any) -> None:
    if not isinstance(payload, dict):
        channel.socket.reply(message, "error", {"reason": "Presence track payload must be a map"})
        return
    if not await channel.access.may_write("presence"):
        channel.socket.reply(message, "error", {})
        return
    first = not channel.access.presence_enabled
    channel.access.presence_enabled = True
    channel.services.presences.track(channel.room, channel, channel.join.presence_key, payload)
    channel.socket.reply(message, "ok", {})
    if first and channel.access.hears_presence:
        send_state(channel)  # so far it was told nothing, and it only sees what changes from now on
