"""What a channel's client may do: its token, and the answers of the policies, kept until a new token arrives."""

from __future__ import annotations

import logging

import psycopg

from supabase_local.realtime.authorization import Extension, Identity
from supabase_local.realtime.hub import Room
from supabase_local.realtime.joining import Join
from supabase_local.realtime.services import Services
from supabase_local.realtime.socket import Socket
from supabase_local.realtime.tokens import Claims, TokenError, expired_text, resolve_key, verify

log = logging.getLogger("supabase_local.realtime")


class RefusalError(Exception):
    """What the client asked for is not allowed. The text is the reason that a join is answered with."""

    def __init__(self, reason: str, channel_reason: str | None = None) -> None:
        super().__init__(reason)
        self.channel_reason = channel_reason or reason
        """What a channel that is already joined is told."""


class Access:
    """The rights of one channel's client."""

    claims: Claims

    def __init__(self, services: Services, socket: Socket, room: Room, join: Join) -> None:
        self._services = services
        self._socket = socket
        self._room = room
        self._join = join
        self._token = resolve_key(join.access_token or socket.token, services.keys)
        self._readable: frozenset[str] = frozenset({"broadcast", "presence"})
        self._writable: dict[Extension, bool] = {}
        self.presence_enabled = join.presence_enabled
        """Asked for at the join, or by tracking later."""

    @property
    def hears_broadcasts(self) -> bool:
        """Tell whether broadcasts may be passed on to the client."""
        return "broadcast" in self._readable

    @property
    def hears_presence(self) -> bool:
        """Tell whether the client wants presence and may see it."""
        return self.presence_enabled and "presence" in self._readable

    async def enter(self) -> None:
        """Decide on a join. Raises RefusalError."""
        if not self._room.topic:
            raise RefusalError("TopicNameRequired: You must provide a topic name")
        if self._services.private_only and not self._room.private:
            raise RefusalError("PrivateOnly: This project only allows private channels")
        if self._socket.is_full:
            raise RefusalError("ChannelRateLimitReached: Too many channels")
        self.claims = self._verified(self._token)
        await self._read_policies()

    async def renew(self, token: str) -> bool:
        """Take a new token and ask the policies again; return False when there is nothing new. Raises RefusalError."""
        if token.startswith("sb_") or token == self._token:
            return False  # a project key says nothing about a person
        self.claims = self._verified(token)
        self._token = token
        before, self._writable = self._readable, {}
        await self._read_policies()
        if before - self._readable:
            raise RefusalError(f"You no longer have permission to read from this Channel topic: {self._room.topic}")
        return True

    def confirm(self) -> None:
        """See that the token is still valid. Raises RefusalError."""
        if self.claims.seconds_left <= 0:
            raise RefusalError(expired_text(self.claims))

    def check_replay(self) -> None:
        """See that the client may ask for earlier messages. Raises RefusalError."""
        if not self._room.private:
            raise RefusalError("UnableToReplayMessages: Replay is not allowed for public channels")
        if not self.hears_broadcasts:
            raise self._unreadable()

    async def may_write(self, extension: Extension) -> bool:
        """Tell whether the client may send; anyone may on a public channel, nobody while the database is away."""
        if not self._room.private:
            return True
        if extension not in self._writable:
            try:
                answer = await self._services.authorizer.may_write(self._room.topic, extension, self._identity())
            except psycopg.OperationalError as error:
                log.warning("a message was dropped, the policies cannot be asked: %s", error)
                return False
            self._writable[extension] = answer
        return self._writable[extension]

    def _verified(self, token: str) -> Claims:
        try:
            return verify(token, self._services.keys)
        except TokenError as error:
            raise RefusalError(error.join_reason, error.channel_reason) from error

    async def _read_policies(self) -> None:
        if not self._room.private:
            return
        self._readable = await self._services.authorizer.readable(self._room.topic, self._identity())
        if not self._readable:
            raise self._unreadable()

    def _unreadable(self) -> RefusalError:
        reason = f"You do not have permissions to read from this Channel topic: {self._room.topic}"
        return RefusalError(f"Unauthorized: {reason}", reason)

    def _identity(self) -> Identity:
        return Identity(self.claims, self._socket.headers)
