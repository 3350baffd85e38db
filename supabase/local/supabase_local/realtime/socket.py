"""One client's connection: frames in, frames out, and the channels that it joined."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from supabase_local.realtime.frames import Frame, FrameError, Message, Outgoing, Version, decode, encode
from supabase_local.realtime.hub import TOPIC_PREFIX

IDLE_SECONDS = 60.0
"""Phoenix closes a socket that has not sent anything for so long; clients send a heartbeat every 25 seconds."""
MOST_WAITING = 2000
"""Frames for a client that does not read them; then it is dropped, to reconnect and fetch what it missed."""
MOST_WAITING_CHARACTERS = 16_000_000
"""The same for their size."""
MOST_CHANNELS = 100
"""Channels of one connection, as hosted allows."""

INTERNAL_ERROR = 1011
TRY_AGAIN_LATER = 1013

log = logging.getLogger("supabase_local.realtime")


class JoinedChannel(Protocol):
    """What a socket needs to know of a channel."""

    def receive(self, message: Message) -> None:
        """Take a message of the client; the channel handles them one after the other."""

    async def stop(self) -> None:
        """End without a word; returns when the channel hears nothing any more."""


ChannelFactory = Callable[["Socket", Message, Callable[[], None]], JoinedChannel]
"""Makes and starts a channel from its ``phx_join``; the callback is called when the channel has ended."""


class Socket:
    """A connection, from its acceptance to its end."""

    def __init__(self, websocket: WebSocket, version: Version, token: str, make_channel: ChannelFactory) -> None:
        self.version = version
        self.token = token
        """The project key, or the token, that opened the connection."""
        self.headers = {name: value for name, value in websocket.headers.items() if name.startswith("x-")}
        self._websocket = websocket
        self._make_channel = make_channel
        self._channels: dict[str, JoinedChannel] = {}
        self._join_refs: dict[str, str | None] = {}
        self._waiting: asyncio.Queue[Frame] = asyncio.Queue(MOST_WAITING)
        self._waiting_size = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._close_code = 1000

    async def run(self) -> None:
        """Serve the client until either side ends the connection."""
        await self._websocket.accept()
        self._tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._write())]
        try:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*(channel.stop() for channel in list(self._channels.values())))
        for result in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(result, Exception) and not isinstance(result, WebSocketDisconnect):
                log.error("a realtime connection failed", exc_info=result)
        if self._websocket.application_state is WebSocketState.CONNECTED:
            with suppress(WebSocketDisconnect, RuntimeError):  # the client was faster
                await self._websocket.close(self._close_code)

    def send(self, message: Message) -> None:
        """Send a message to this client only."""
        self.send_frame(encode(self.version, message))

    def send_shared(self, message: Outgoing) -> None:
        """Send a message that others get too, if this client's version can carry it."""
        frame = message.frame(self.version)
        if frame is not None:
            self.send_frame(frame)

    def send_frame(self, frame: Frame) -> None:
        """Put a frame in the queue; a client that is too far behind is dropped."""
        if self._waiting.full() or self._waiting_size > MOST_WAITING_CHARACTERS:
            self._end(TRY_AGAIN_LATER)
            return
        self._waiting.put_nowait(frame)
        self._waiting_size += len(frame)

    def reply(self, message: Message, status: str, response: object) -> None:
        """Answer a client's message."""
        payload = {"status": status, "response": response}
        self.send(Message(message.topic, "phx_reply", payload, message.ref, message.join_ref))

    @property
    def is_full(self) -> bool:
        """Tell whether the client has as many channels as it may."""
        return len(self._channels) > MOST_CHANNELS

    def _end(self, code: int) -> None:
        self._close_code = code
        for task in self._tasks:
            task.cancel()

    async def _write(self) -> None:
        while True:
            frame = await self._waiting.get()
            kind = "text" if isinstance(frame, str) else "bytes"
            await self._websocket.send({"type": "websocket.send", kind: frame})
            self._waiting_size -= len(frame)

    async def _read(self) -> None:
        while True:
            try:
                async with asyncio.timeout(IDLE_SECONDS):
                    event = await self._websocket.receive()
            except TimeoutError:
                return
            if event["type"] == "websocket.disconnect":
                return
            text: Frame | None = event.get("text")
            try:
                message = decode(self.version, event["bytes"] if text is None else text)
            except FrameError as error:
                log.warning("a realtime client sent a frame that is none: %s", error)
                self._close_code = INTERNAL_ERROR
                return
            await self._dispatch(message)

    async def _dispatch(self, message: Message) -> None:
        channel = self._channels.get(message.topic)
        if message.topic == "phoenix" and message.event == "heartbeat":
            self.reply(message, "ok", {})
        elif message.event == "phx_join" and message.topic.startswith(TOPIC_PREFIX):
            await self._join(message)
        elif channel is not None:
            channel.receive(message)
        elif message.event == "phx_leave":
            self.reply(message, "ok", {})
        else:
            self.reply(message, "error", {"reason": "unmatched topic"})

    async def _join(self, message: Message) -> None:
        topic = message.topic
        previous = self._channels.pop(topic, None)
        if previous is not None:  # as in Phoenix, a second join of a topic ends the first
            await previous.stop()
            join_ref = self._join_refs[topic]
            self.send(Message(topic, "phx_close", {}, join_ref, join_ref))
        join_ref = message.join_ref or message.ref
        message = Message(topic, message.event, message.payload, message.ref, join_ref)

        def forget() -> None:
            if self._channels.get(topic) is channel:
                del self._channels[topic]

        self._join_refs[topic] = join_ref
        channel = self._make_channel(self, message, forget)
        self._channels[topic] = channel
