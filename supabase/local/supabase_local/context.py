"""What every room of the embedded Supabase needs to know about the stack that it is part of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

Pool = AsyncConnectionPool[AsyncConnection[TupleRow]]


@dataclass(frozen=True)
class Keys:
    """The project's API keys and the secret that signs its tokens; the official CLI's demo values by default."""

    jwt_secret: str
    anon: str
    service_role: str
    publishable: str
    secret: str


@dataclass(frozen=True)
class Project:
    """A Supabase project folder: the official ``config.toml`` as read, and where its migrations and seed lie."""

    directory: Path
    """The folder that contains ``config.toml``, ``migrations/`` and ``seed.sql``."""
    config: dict[str, Any]

    def setting(self, path: str, default: Any) -> Any:
        """Return the value at a dotted path of ``config.toml`` (``auth.jwt_expiry``), or the CLI's default."""
        node: Any = self.config
        for name in path.split("."):
            if not isinstance(node, dict) or name not in node:
                return default
            node = node[name]
        return node

    def mail_setting(self, name: str, default: Any) -> Any:
        """Return a setting of the mailbox: ``[local_smtp]``, which version 3 of the CLI renamed from ``[inbucket]``."""
        return self.setting(f"local_smtp.{name}", self.setting(f"inbucket.{name}", default))


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
    admin_pool: Pool
    """Logged in as ``supabase_admin`` (superuser): Realtime's own connections and the schema cache."""
    background: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    """Long-running tasks that rooms register in ``routes(stack)``; the gateway starts and cancels them."""

    def dsn(self, role: str) -> str:
        """Return a connection string for one of the stack's roles (all share the local password ``postgres``)."""
        return f"postgresql://{role}:postgres@{self.database_host}:{self.database_port}/postgres"
