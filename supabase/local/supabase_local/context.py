"""What every room of the embedded Supabase needs to know about the stack that it is part of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from supabase_local.project import Project

__all__ = ["Keys", "Pool", "Project", "Stack"]

Pool = AsyncConnectionPool[AsyncConnection[TupleRow]]


@dataclass(frozen=True)
class Keys:
    """The project's API keys and the secret that signs its tokens; the official CLI's demo values by default."""

    jwt_secret: str
    anon: str
    service_role: str
    publishable: str
    secret: str


@dataclass
class Stack:
    """One running stack: its project, addresses, keys and connection pools. Built by the gateway at start."""

    project: Project
    keys: Keys
    data_directory: Path
    api_url: str
    """``http://127.0.0.1:54321``: what clients call; issuer of tokens is ``<api_url>/auth/v1``."""
    mailbox_url: str
    database_host: str
    """Loopback address of the PostgreSQL server."""
    database_port: int
    rest_pool: Pool
    """Logged in as ``authenticator``: REST does ``set local role`` and sets the request's claims."""
    auth_pool: Pool
    """Logged in as ``supabase_auth_admin``, owner of schema auth."""
    storage_pool: Pool
    """Logged in as ``supabase_storage_admin``: Storage switches to the caller's role for each request."""
    admin_pool: Pool
    """Logged in as ``supabase_admin`` (superuser): Realtime's own connections and the schema cache."""
    background: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    """Long-running tasks that rooms register in ``routes(stack)``; the gateway starts and cancels them."""

    def dsn(self, role: str) -> str:
        """Return a connection string for one of the stack's roles (all share the local password ``postgres``)."""
        return f"postgresql://{role}:postgres@{self.database_host}:{self.database_port}/postgres"
