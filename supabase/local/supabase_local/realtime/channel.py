"""One joined channel: a small actor that handles its client's messages one after the other.

Words and order of what clients are told: supabase/realtime, ``RealtimeWeb.RealtimeChannel``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import psycopg

from supabase_local.realtime import broadcasting, presence
from supabase_local.realtime.access import Access, RefusalError
from supabase_local.realtime.changes.checks import SubscriptionError, check
from supabase_local.realtime.changes.filters import FilterError
from supabase_local.realtime.changes.subscriptions import subscription
from supabase_local.realtime.frames import Message, Outgoing
from supabase_local.realtime.hub import TOPIC_PREFIX, Room
from supabase_local.realtime.joining import Join, parse_join
from supabase_local.realtime.replay import earlier_messages
from supabase_local.realtime.services import Services
from supabase_local.realtime.socket import Socket

FEED_SECONDS = 5.0
"""How long a join waits for the stream of changes. A transaction that stays open can hold it up for longer."""
LONGEST_TIMER = 3600.0
"""Seconds between two looks at the clock; a token may be valid for years."""

log = logging.getLogger("supabase_local.realtime")

Step = Callable[[], Awaitable[None]]


class ShutdownError(Exception):
    """The channel ends, and its client is told why."""


class Channel:
    """A channel from its ``phx_join`` to its ``phx_close``."""

    def __init__(self, services: Services, socket: Socket, join: Message, on_end: Callable[[], None]) -> None:
        self.services = services
        self.socket = socket
        self.topic = join.topic
        self.join_ref = join.join_ref
        self.join: Join = parse_join(join.payload)
        self.room = Room(join.topic.removeprefix(TOPIC_PREFIX), self.join.private)
        self.access = Access(services, socket, self.room, self.join)
        self._replayed: frozenset[str] = frozenset()
        self._inbox: asyncio.Queue[Step] = asyncio.Queue()
        self._timer: asyncio.TimerHandle | None = None
        self._task = asyncio.create_task(self._run(join))
        self._task.add_done_callback(lambda _task: on_end())

    # What the socket calls

    def receive(self, message: Message) -> None:
        """Take a message of the client."""
        self._inbox.put_nowait(lambda: self._handle(message))

    async def stop(self) -> None:
        """End without a word."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    # What the hub and the delivery of changes call

    def receive_broadcast(self, message: Outgoing, message_id: str | None) -> None:
        """Pass on a broadcast, unless it may not be read or was replayed at the join."""
        if self.access.hears_broadcasts and message_id not in self._replayed:
            self.socket.send_shared(message)

    def receive_presence(self, message: Outgoing) -> None:
        """Pass on a change of presence, unless it may not be read."""
        if self.access.hears_presence:
            self.socket.send_shared(message)

    def receive_change(self, message: Outgoing) -> None:
        """Pass on a change of the database."""
        self.socket.send_shared(message)

    def changes_flow(self) -> None:
        """Tell the client that changes are delivered from now on."""
        self.push_system("postgres_changes", "ok", "Subscribed to PostgreSQL")

    # What the channel tells its client

    def push(self, event: str, payload: object) -> None:
        """Send an event to this channel's client only."""
        self.socket.send(Message(self.topic, event, payload, None, self.join_ref))

    def push_system(self, extension: str, status: str, message: str) -> None:
        """Send a system message."""
        payload = {"message": message, "status": status, "extension": extension, "channel": self.room.topic}
        self.push("system", payload)

    # Life

    async def _run(self, join: Message) -> None:
        try:
            if not await self._enter(join):
                return
            while True:
                await (await self._inbox.get())()
        except ShutdownError as reason:
            self.push_system("system", "error", str(reason))
            self._push_end("phx_close")
        except _LeftError:
            self._push_end("phx_close")
        except psycopg.OperationalError as error:
            log.warning("a channel ended because the database cannot be reached: %s", error)
            self.push_system("system", "error", "Realtime was unable to connect to the project database")
            self._push_end("phx_close")
        except Exception:
            log.exception("a channel failed")
            self._push_end("phx_error")
        finally:
            self._exit()

    def _push_end(self, event: str) -> None:
        self.socket.send(Message(self.topic, event, {}, self.join_ref, self.join_ref))

    def _exit(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self.services.subscriptions.remove(self)
        self.services.hub.leave(self.room, self)
        self.services.presences.untrack(self.room, self)

    # Joining

    async def _enter(self, join: Message) -> bool:
        """Join and say so; return False when the client was refused."""
        try:
            await self.access.enter()
            replayed = await self._replay()
        except RefusalError as refusal:
            self.socket.reply(join, "error", {"reason": str(refusal)})
            return False
        except psycopg.OperationalError as error:
            log.warning("UnableToConnectToProject: %s", error)
            reason = "UnableToConnectToProject: Realtime was unable to connect to the project database"
            self.socket.reply(join, "error", {"reason": reason})
            return False
        self.services.hub.join(self.room, self)
        ready = await self._wait_for_feed()
        bindings = [{**binding.params, "id": binding.id} for binding in self.join.bindings]
        self.socket.reply(join, "ok", {"postgres_changes": bindings})
        self._watch_token()
        for message in replayed.values():
            self.socket.send_shared(message)
        await self._after_join(ready)
        return True

    async def _replay(self) -> dict[str, Outgoing]:
        if not self.join.replay_asked:
            return {}
        self.access.check_replay()
        if self.join.replay is None:
            raise RefusalError("UnableToReplayMessages: Replay params are not valid")
        try:
            replayed = await earlier_messages(self.services.pool, self.room, self.join.replay)
        except OverflowError as error:
            raise RefusalError("UnableToReplayMessages: Replay params are not valid") from error
        self._replayed = frozenset(replayed)
        return replayed

    async def _wait_for_feed(self) -> bool:
        try:
            async with asyncio.timeout(FEED_SECONDS):
                await self.services.feed.ready.wait()
        except TimeoutError:
            log.warning("a client joined %s before the stream of changes was ready", self.topic)
            return False
        return True

    async def _after_join(self, ready: bool) -> None:
        if self.access.hears_presence:
            presence.send_state(self)
        if self.join.replication_ready:
            if not ready:
                raise ShutdownError("Replication connection was not established in time")
            self.push_system("system", "ok", "Replication connection established")
        if self.join.bindings:
            await self._subscribe(ready)

    async def _subscribe(self, ready: bool) -> None:
        """Subscribe to what the join asked for, all of it or nothing, under the current token."""
        try:
            wanted = [subscription(self, binding, self.access.claims) for binding in self.join.bindings]
            async with self.services.pool.connection() as connection:
                for item in wanted:
                    await check(connection, item)
        except (FilterError, SubscriptionError) as error:
            self.services.subscriptions.remove(self)
            self.push_system("postgres_changes", "error", str(error))
            return
        self.services.subscriptions.replace(self, wanted)
        if ready:  # otherwise the feed says so when it is
            self.changes_flow()

    # Messages

    async def _handle(self, message: Message) -> None:
        if message.event == "phx_leave":
            self.socket.reply(message, "ok", {})
            raise _LeftError
        if message.event == "broadcast":
            await broadcasting.handle(self, message)
        elif message.event == "presence":
            await presence.handle(self, message)
        elif message.event == "access_token":
            await self._renew(message)
        else:
            log.info("a client sent an unexpected %s", message.event)

    async def _renew(self, message: Message) -> None:
        token = message.payload.get("access_token") if isinstance(message.payload, dict) else None
        try:
            if not isinstance(token, str) or not await self.access.renew(token):
                return
        except RefusalError as refusal:
            raise ShutdownError(refusal.channel_reason) from refusal
        self._watch_token()
        if self.join.bindings:
            await self._subscribe(self.services.feed.ready.is_set())

    # The token's end

    def _watch_token(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        seconds = max(0.0, min(self.access.claims.seconds_left, LONGEST_TIMER))
        self._timer = asyncio.get_running_loop().call_later(seconds, self._inbox.put_nowait, self._confirm_token)

    async def _confirm_token(self) -> None:
        try:
            self.access.confirm()
        except RefusalError as refusal:
            raise ShutdownError(refusal.channel_reason) from refusal
        self._watch_token()


class _LeftError(Exception):
    """The client left."""
