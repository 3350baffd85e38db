"""Which channels are joined to which topic, and delivery to them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from supabase_local.realtime.frames import Outgoing

TOPIC_PREFIX = "realtime:"


@dataclass(frozen=True)
class Room:
    """A topic without ``realtime:``, as the database names it; a public and a private one of one name are strangers."""

    topic: str
    private: bool

    @property
    def wire_topic(self) -> str:
        """The topic as clients name it."""
        return TOPIC_PREFIX + self.topic


class Member(Protocol):
    """A joined channel. Each decides itself what it may hear."""

    def receive_broadcast(self, message: Outgoing, message_id: str | None) -> None:
        """Take a broadcast; ``message_id`` is that of its row in ``realtime.messages``, if it has one."""

    def receive_presence(self, message: Outgoing) -> None:
        """Take a ``presence_diff``."""


class Hub:
    """The joined channels of the stack."""

    def __init__(self) -> None:
        self._members: dict[Room, dict[Member, None]] = {}
        self.occupied = asyncio.Event()
        """Set while anyone is joined to anything."""

    def join(self, room: Room, member: Member) -> None:
        """Add a channel; it hears everything that is sent from now on."""
        self._members.setdefault(room, {})[member] = None
        self.occupied.set()

    def leave(self, room: Room, member: Member) -> None:
        """Remove a channel; one that is not there is no error."""
        members = self._members.get(room, {})
        members.pop(member, None)
        if not members:
            self._members.pop(room, None)
        if not self._members:
            self.occupied.clear()

    def broadcast(
        self, room: Room, message: Outgoing, *, sender: Member | None = None, message_id: str | None = None
    ) -> None:
        """Hand a broadcast to all channels of a room but the sender's."""
        for member in self._others(room, sender):
            member.receive_broadcast(message, message_id)

    def presence(self, room: Room, message: Outgoing) -> None:
        """Hand a change of presence to all channels of a room."""
        for member in self._others(room, None):
            member.receive_presence(message)

    def is_empty(self, room: Room) -> bool:
        """Tell whether nobody is joined to a room: then nothing needs to be encoded."""
        return room not in self._members

    def _others(self, room: Room, sender: Member | None) -> list[Member]:
        return [member for member in self._members.get(room, ()) if member is not sender]
