"""What the endpoints share: settings, limits, mails and the database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.requests import Request

from supabase_local.auth.addresses import client_address
from supabase_local.auth.database import Connection
from supabase_local.auth.limits import Limits
from supabase_local.auth.mails import Mailer
from supabase_local.auth.oauth.profiles import Codes
from supabase_local.auth.sessions import Client
from supabase_local.auth.settings import AuthSettings, load_settings
from supabase_local.context import Keys, Stack
from supabase_local.mailbox.store import mailbox_of


@dataclass(frozen=True)
class Room:
    """The auth room of one stack."""

    stack: Stack
    settings: AuthSettings
    limits: Limits
    mailer: Mailer
    codes: Codes
    """What the stand-in for OAuth providers has given out."""

    @property
    def keys(self) -> Keys:
        """The project's keys."""
        return self.stack.keys

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection in autocommit mode: for single reads, and for hashing passwords."""
        async with self.stack.auth_pool.connection() as connection:
            yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """Lend a connection whose work is committed at the end, or undone by an exception."""
        async with self.stack.auth_pool.connection() as connection, connection.transaction():
            yield connection

    def limit(self, name: str, request: Request) -> None:
        """Count the request against a limit of its address. Raises ``over_request_rate_limit`` (429)."""
        self.limits.check_address(name, client_address(request, self.keys))

    def client(self, request: Request) -> Client:
        """Return what a session records about the caller."""
        agent = request.headers.get("user-agent")
        return Client(client_address(request, self.keys), agent)


def open_room(stack: Stack) -> Room:
    """Build the room of a stack. Raises ValueError when ``config.toml`` asks for something that makes no sense."""
    settings = load_settings(stack)
    mailer = Mailer(stack.project, settings, mailbox_of(stack))
    return Room(stack, settings, Limits(settings.limits), mailer, Codes())
