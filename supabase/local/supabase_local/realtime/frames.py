"""The two serialisations of Phoenix channels that Supabase clients speak, and the binary frames of broadcasts.

Version 1.0.0 is a JSON object ``{topic, event, payload, ref}``; version 2.0.0 a JSON array ``[join_ref, ref, topic,
event, payload]``, and for broadcasts of clients a binary frame (supabase/realtime, ``Socket.V2Serializer``):

    push  (3): kind, sizes of join_ref, ref, topic, event, metadata (one byte each), encoding, those texts, payload
    relay (4): kind, sizes of topic, event, metadata (one byte each), encoding, those texts, payload
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Frame = str | bytes
"""What is put on the wire: a text frame or a binary one."""

USER_PUSH_KIND = 3
USER_BROADCAST_KIND = 4
BINARY_ENCODING = 0
JSON_ENCODING = 1
LARGEST_TEXT = 255
"""Bytes."""


class FrameError(Exception):
    """A frame that no Supabase client sends."""


class Version(StrEnum):
    """The serialisation that a client asked for with ``?vsn=``; without it Phoenix takes 1.0.0."""

    V1 = "1.0.0"
    V2 = "2.0.0"


@dataclass(frozen=True)
class UserPayload:
    """The payload of a broadcast as a client sent it: JSON text or plain bytes, passed on without being read."""

    data: bytes
    is_json: bool


@dataclass(frozen=True)
class Message:
    """One message of a channel, in either direction."""

    topic: str
    event: str
    payload: Any
    ref: str | None = None
    join_ref: str | None = None


def to_json(value: Any) -> str:
    """Return compact JSON text of a value."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def decode(version: Version, frame: Frame) -> Message:
    """Read a client's frame. Raises FrameError when it has not the shape of its version."""
    if isinstance(frame, bytes):
        return _decode_binary(frame)
    try:
        value = json.loads(frame)
    except ValueError as error:
        raise FrameError("not JSON") from error
    if version is Version.V2:
        return _decode_array(value)
    if not isinstance(value, dict):
        raise FrameError("expected an object")
    return _message(*(value.get(name) for name in ("join_ref", "ref", "topic", "event", "payload")))


def _decode_array(value: Any) -> Message:
    if not isinstance(value, list) or len(value) < 5:
        raise FrameError("expected an array of five")
    return _message(*value[:5])


def _message(join_ref: Any, ref: Any, topic: Any, event: Any, payload: Any) -> Message:
    if not isinstance(topic, str) or not isinstance(event, str):
        raise FrameError("topic and event must be strings")
    return Message(topic, event, payload, _reference(ref), _reference(join_ref))


def _reference(value: Any) -> str | None:
    return None if value is None else str(value)


def _decode_binary(frame: bytes) -> Message:
    if not frame or frame[0] != USER_PUSH_KIND or len(frame) < 7:
        raise FrameError("expected a broadcast push")
    *sizes, encoding = frame[1:7]
    texts, offset = [], 7
    for size in sizes:
        texts.append(frame[offset : offset + size])
        offset += size
    if offset > len(frame):
        raise FrameError("shorter than its sizes say")
    try:
        join_ref, ref, topic, event, _metadata = (text.decode() for text in texts)
        payload = UserPayload(frame[offset:], encoding == JSON_ENCODING)
        if payload.is_json:
            json.loads(payload.data)
    except ValueError as error:
        raise FrameError("not valid text") from error
    return Message(topic, "broadcast", {"type": "broadcast", "event": event, "payload": payload}, ref or None, join_ref)


def encode(version: Version, message: Message) -> str:
    """Return the text frame of a message to one client."""
    return encode_text(version, message, to_json(message.payload))


def encode_text(version: Version, message: Message, payload: str) -> str:
    """Return the text frame of a message whose payload is already JSON text; ``message.payload`` is not looked at."""
    if version is Version.V2:
        head = to_json([message.join_ref, message.ref, message.topic, message.event])
        return f"{head[:-1]},{payload}]"
    head = to_json({"topic": message.topic, "event": message.event, "ref": message.ref})
    return f'{head[:-1]},"payload":{payload}}}'


def encode_user_broadcast(topic: str, event: str, payload: UserPayload, metadata: str = "") -> bytes:
    """Return the binary frame of a broadcast, whose texts are at most ``LARGEST_TEXT`` bytes each."""
    texts = [text.encode() for text in (topic, event, metadata)]
    sizes = bytes(len(text) for text in texts)
    encoding = JSON_ENCODING if payload.is_json else BINARY_ENCODING
    return b"".join([bytes([USER_BROADCAST_KIND]), sizes, bytes([encoding]), *texts, payload.data])


@dataclass
class Outgoing:
    """A message to many clients, encoded once for each version however many receive it."""

    topic: str
    event: str
    payload: str
    """JSON text."""
    _frames: dict[Version, Frame | None] = field(default_factory=dict)

    def frame(self, version: Version) -> Frame | None:
        """Return the frame for clients of a version; None when that version cannot carry the message."""
        if version not in self._frames:
            self._frames[version] = self._encode(version)
        return self._frames[version]

    def _encode(self, version: Version) -> Frame | None:
        return encode_text(version, Message(self.topic, self.event, None), self.payload)


@dataclass
class UserBroadcast(Outgoing):
    """A broadcast that keeps the sender's payload as it came: a binary frame in 2.0.0, JSON in 1.0.0 where possible."""

    user_payload: UserPayload = field(kw_only=True)
    user_event: str = field(kw_only=True)
    metadata: str = field(kw_only=True, default="")
    """JSON text of an object, or empty."""

    def _encode(self, version: Version) -> Frame | None:
        if version is Version.V2 and self._fits():
            return encode_user_broadcast(self.topic, self.user_event, self.user_payload, self.metadata)
        if not self.user_payload.is_json:
            return None  # as hosted: the text forms have no place for plain bytes
        head = to_json({"type": "broadcast", "event": self.user_event})
        meta = f',"meta":{self.metadata}' if self.metadata else ""
        payload = f'{head[:-1]},"payload":{self.user_payload.data.decode()}{meta}}}'
        return encode_text(version, Message(self.topic, "broadcast", None), payload)

    def _fits(self) -> bool:
        """Tell whether each text is short enough for its size in one byte; clients understand the text form too."""
        return all(len(text.encode()) <= LARGEST_TEXT for text in (self.topic, self.user_event, self.metadata))


def broadcast(topic: str, event: str, payload: str, meta: dict[str, Any] | None = None) -> Outgoing:
    """Return a broadcast as the database and the HTTP API send it; ``payload`` is JSON text."""
    head = to_json({"type": "broadcast", "event": event} | ({"meta": meta} if meta else {}))
    return Outgoing(topic, "broadcast", f'{head[:-1]},"payload":{payload}}}')


def user_broadcast(topic: str, event: str, payload: UserPayload, metadata: str = "") -> Outgoing:
    """Return a broadcast that carries a client's own payload."""
    return UserBroadcast(topic, "broadcast", "", user_payload=payload, user_event=event, metadata=metadata)
