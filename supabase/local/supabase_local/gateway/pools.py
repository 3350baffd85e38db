"""The stack's connection pools, one for each role that a service logs in as."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from supabase_local.context import Pool, Stack

WAIT_SECONDS = 10.0
"""How long a request waits for a free connection; PostgREST's default."""


def make_pool(dsn: str, name: str, largest: int) -> Pool:
    """Return a closed pool of autocommit connections that use UTF-8."""
    return AsyncConnectionPool[AsyncConnection[TupleRow]](
        dsn,
        kwargs={"autocommit": True, "client_encoding": "utf-8", "application_name": f"supabase_local {name}"},
        min_size=1,
        max_size=largest,
        timeout=WAIT_SECONDS,
        open=False,
        name=name,
    )


def pools_of(stack: Stack) -> tuple[Pool, ...]:
    """Return all pools."""
    return stack.rest_pool, stack.auth_pool, stack.storage_pool, stack.admin_pool


@asynccontextmanager
async def open_pools(stack: Stack) -> AsyncIterator[None]:
    """Open the pools and close them at the end."""
    async with AsyncExitStack() as closing:
        for pool in pools_of(stack):
            await pool.open(wait=True, timeout=WAIT_SECONDS)
            closing.push_async_callback(pool.close)
        yield


async def replace_broken_connections(stack: Stack) -> None:
    """Throw away the connections that a restart of the server broke, before requests get them."""
    for pool in pools_of(stack):
        await pool.check()
