"""What a client asks for when it joins a channel: the payload of ``phx_join``."""

from __future__ import annotations

import uuid
import zlib
from dataclasses import dataclass
from typing import Any

from supabase_local.realtime.frames import to_json

MOST_REPLAYED = 25
"""Messages; hosted replays no more at once (supabase/realtime, ``Realtime.Messages``)."""
ID_BITS = 0x7FFFFFF
"""Hosted numbers bindings by a 27-bit hash of what was asked for."""


@dataclass(frozen=True)
class Replay:
    """Which earlier messages of a private topic a client wants."""

    since: int
    """Milliseconds since 1970."""
    limit: int


@dataclass(frozen=True)
class Binding:
    """One ``postgres_changes`` entry of a join, as the client wrote it, with the number that answers will carry."""

    id: int
    params: dict[str, Any]


@dataclass(frozen=True)
class Join:
    """A join, with hosted's defaults where the client said nothing."""

    access_token: str | None
    private: bool
    acknowledges: bool
    """Every broadcast of this client is answered."""
    hears_itself: bool
    replay: Replay | None
    replay_asked: bool
    replication_ready: bool
    presence_enabled: bool
    presence_key: str
    bindings: tuple[Binding, ...]


def parse_join(payload: Any) -> Join:
    """Read a join's payload; parts of the wrong type count as absent, as in hosted."""
    params = _mapping(payload)
    config = _mapping(params.get("config"))
    broadcast, presence = _mapping(config.get("broadcast")), _mapping(config.get("presence"))
    return Join(
        access_token=_token(params),
        private=_flag(config.get("private")),
        acknowledges=_flag(broadcast.get("ack")),
        hears_itself=_flag(broadcast.get("self")),
        replay=_replay(broadcast.get("replay")),
        replay_asked="replay" in broadcast,
        replication_ready=_flag(broadcast.get("replication_ready")),
        # A client that does not speak of presence gets it; the official clients switch it off unless it is used.
        presence_enabled=_flag(presence.get("enabled", True)),
        presence_key=str(presence.get("key") or uuid.uuid1()),
        bindings=tuple(_bindings(config.get("postgres_changes"))),
    )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _token(params: dict[str, Any]) -> str | None:
    for name in ("user_token", "access_token"):
        if isinstance(params.get(name), str):
            return str(params[name])
    return None


def _flag(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.lower() == "true")


def _replay(value: Any) -> Replay | None:
    """Return a valid request for replay; None when there is none or its numbers are no whole numbers."""
    if not isinstance(value, dict):
        return None
    since, limit = value.get("since", 0), value.get("limit", 10)
    if not isinstance(since, int) or not isinstance(limit, int):
        return None
    return Replay(since, max(1, min(limit, MOST_REPLAYED)))


def _bindings(value: Any) -> list[Binding]:
    entries = value if isinstance(value, list) else []
    return [Binding(_hash(entry), entry) for entry in entries if isinstance(entry, dict)]


def _hash(params: dict[str, Any]) -> int:
    """Number what was asked for: equal requests have equal numbers, and clients take 0 for none."""
    text = to_json(dict(sorted(params.items())))
    return (zlib.crc32(text.encode()) & ID_BITS) or 1
