"""A small client of Phoenix channels for tests: it shows what is on the wire, which the official clients hide."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.embedded.stacks import StackInfo

PATIENCE = 30.0
"""Seconds that any single message may take on a busy machine."""


@dataclass(frozen=True)
class Received:
    """One text message of the server."""

    topic: str
    event: str
    payload: Any
    ref: str | None
    join_ref: str | None = None


class Phoenix:
    """One connection, of either protocol version."""

    def __init__(self, socket: ClientConnection, version: str) -> None:
        self.socket = socket
        self.version = version
        self._refs = itertools.count(1)
        self._unread: list[Received | bytes] = []

    async def send(self, topic: str, event: str, payload: Any, join_ref: str | None = None) -> str:
        """Send a message and return its reference."""
        ref = str(next(self._refs))
        if self.version == "2.0.0":
            await self.socket.send(json.dumps([join_ref or ref, ref, topic, event, payload]))
        else:
            message = {"topic": topic, "event": event, "payload": payload, "ref": ref, "join_ref": join_ref or ref}
            await self.socket.send(json.dumps(message))
        return ref

    async def join(self, topic: str, token: str | None = None, **config: Any) -> Received:
        """Join ``realtime:<topic>`` with presence off and return the reply."""
        payload: dict[str, Any] = {"config": {"presence": {"enabled": False}, **config}}
        if token is not None:
            payload["access_token"] = token
        ref = await self.send(f"realtime:{topic}", "phx_join", payload)
        return await self.reply(ref)

    async def reply(self, ref: str) -> Received:
        """Wait for the answer to a message."""
        return await self.expect("phx_reply", lambda message: message.ref == ref)

    async def expect(self, event: str, matches: Callable[[Received], bool] = lambda _message: True) -> Received:
        """Return the next message of an event; others stay to be asked for later."""

        def wanted(message: Received | bytes) -> bool:
            return isinstance(message, Received) and message.event == event and matches(message)

        found = await self._next(wanted)
        assert isinstance(found, Received)
        return found

    async def expect_binary(self) -> bytes:
        """Return the next binary frame."""
        found = await self._next(lambda message: isinstance(message, bytes))
        assert isinstance(found, bytes)
        return found

    async def barrier(self) -> list[Received | bytes]:
        """Return everything that came before the answer to a heartbeat, and is not yet read."""
        ref = await self.send("phoenix", "heartbeat", {})
        await self.reply(ref)
        unread, self._unread = self._unread, []
        return unread

    async def _next(self, wanted: Callable[[Received | bytes], bool]) -> Received | bytes:
        for position, message in enumerate(self._unread):
            if wanted(message):
                return self._unread.pop(position)
        async with asyncio.timeout(PATIENCE):
            while True:
                message = self._decode(await self.socket.recv())
                if wanted(message):
                    return message
                self._unread.append(message)

    def _decode(self, frame: str | bytes) -> Received | bytes:
        if isinstance(frame, bytes):
            return frame
        value = json.loads(frame)
        if self.version == "2.0.0":
            join_ref, ref, topic, event, payload = value
            return Received(topic, event, payload, ref, join_ref)
        assert set(value) == {"topic", "event", "payload", "ref"}
        return Received(**value)


@asynccontextmanager
async def phoenix(stack: StackInfo, key: str | None = None, version: str = "1.0.0") -> AsyncIterator[Phoenix]:
    """Connect with a project key (the publishable one unless another is given)."""
    address = stack.api_url.replace("http://", "ws://")
    query = f"apikey={key or stack.keys.publishable}&vsn={version}"
    async with connect(f"{address}/realtime/v1/websocket?{query}") as socket:
        yield Phoenix(socket, version)
