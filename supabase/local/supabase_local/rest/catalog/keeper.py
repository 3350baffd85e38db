"""The current schema cache: loaded when first needed, again after DDL, and again when a name is missing from it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence

import psycopg
from psycopg import AsyncConnection, sql

from supabase_local.context import Pool, Stack
from supabase_local.rest.catalog.load import load_catalog
from supabase_local.rest.catalog.model import Catalog
from supabase_local.rest.errors import RestError

LOG = logging.getLogger(__name__)

CHANNEL = "pgrst"
"""The channel of PostgREST: ``notify pgrst, 'reload schema'``, sent by hand or by the event triggers."""
RELOADS = ("", "reload schema", "reload config")
"""All mean reading everything again: the settings of roles, PostgREST's "config", are part of the cache here."""
RECONNECT_SECONDS = 1.0
LISTEN_SECONDS = 30.0
"""How long one wait for notifications lasts; only a bound, so that a dead connection is noticed."""


class CatalogKeeper:
    """Keeps the schema cache of one stack."""

    def __init__(self, stack: Stack, schemas: Sequence[str]) -> None:
        self._pool: Pool = stack.admin_pool
        self._dsn = stack.dsn("supabase_admin")
        self._schemas = schemas
        self._catalog: Catalog | None = None
        self._generation = 0
        self._loaded_at = float("-inf")
        self._lock = asyncio.Lock()
        self.listening = False
        """Whether the listener is connected: a cheap answer to whether the database is up."""

    async def current(self) -> Catalog:
        """Return the schema cache; raises PGRST002 when there is none and the database cannot be asked."""
        return self._catalog or await self.newer_than(float("-inf"))

    async def newer_than(self, moment: float) -> Catalog:
        """Return a schema cache whose reading began after ``moment`` (monotonic seconds), reading it if need be."""
        async with self._lock:
            if self._catalog is None or self._loaded_at <= moment:
                await self._load()
            return self._catalog or await self._load()

    async def watch(self) -> None:
        """Reload on every notification, for ever; reconnect when the connection is lost."""
        while True:
            try:
                await self._listen()
            except (psycopg.Error, RestError, OSError) as error:
                LOG.warning(
                    "The schema cache is not told of changes; asking again in %s s: %s", RECONNECT_SECONDS, error
                )
            self.listening = False
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen(self) -> None:
        async with await AsyncConnection.connect(self._dsn, autocommit=True, connect_timeout=2) as connection:
            await connection.execute(sql.SQL("listen {}").format(sql.Identifier(CHANNEL)))
            self.listening = True
            # Whatever was said while nobody listened is lost: read once more.
            await self.newer_than(time.monotonic())
            while True:
                async for notice in connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                    if notice.payload in RELOADS:
                        await self.newer_than(time.monotonic())
                await connection.execute("select 1")

    async def _load(self) -> Catalog:
        began = time.monotonic()
        self._generation += 1
        try:
            async with self._pool.connection(timeout=2.0) as connection:
                catalog = await load_catalog(connection, self._schemas, self._generation)
        except psycopg.OperationalError as error:
            message = "Could not query the database for the schema cache. Retrying."
            raise RestError(503, "PGRST002", message) from error
        self._catalog, self._loaded_at = catalog, began
        return catalog
