"""Turning an empty PostgreSQL into a Supabase database: the SQL of ``bootstrap/``, once for each data folder."""

from __future__ import annotations

import hashlib
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import psycopg

from supabase_local.cluster.server import PostgresServer
from supabase_local.errors import StackError
from supabase_local.sqlrun import run_sql

MARKER = "supabase_local"
"""File in PostgreSQL's data folder; its presence proves that the bootstrap ended, its text says with which SQL."""


def bootstrap_files() -> list[Traversable]:
    """Return the SQL files in the order in which they run."""
    folder = resources.files("supabase_local.bootstrap")
    return sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)


def bootstrap_version() -> str:
    """Return a digest of the SQL: a data folder made from other SQL cannot be used by this version of the services."""
    digest = hashlib.sha256()
    for file in bootstrap_files():
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_bootstrapped(data: Path) -> bool:
    """Whether the data folder is complete. One whose creation was interrupted is not, and is made again.

    Raises StackError for a folder that another version made: only a reset can bring it up to date.
    """
    marker = data / MARKER
    if not marker.exists():
        return False
    if marker.read_text() != bootstrap_version():
        raise StackError(
            f"The database in {data.parent} was made by another version of the embedded Supabase. "
            "Run the command `reset` to make it anew (its data is lost)."
        )
    return True


async def bootstrap(server: PostgresServer, dsn: str) -> None:
    """Run every file as the superuser, each in one transaction, then mark the data folder as complete."""
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
        for file in bootstrap_files():
            await connection.execute("discard all")  # the file before may have changed the role
            async with connection.transaction():
                await run_sql(connection, file.read_text(encoding="utf-8"), f"bootstrap/{file.name}")
    (server.data / MARKER).write_text(bootstrap_version())
