"""Removing files that no row names: what a killed stack, an unfinished upload or SQL run by hand left behind."""

from __future__ import annotations

import asyncio
import logging

from supabase_local.storage.database import Database
from supabase_local.storage.files import FileStore

log = logging.getLogger("supabase_local.storage")


async def sweep_when_wanted(files: FileStore, database: Database, wanted: asyncio.Event) -> None:
    """Sweep at the start, and whenever a request failed with a file on disk. Runs until cancelled."""
    wanted.set()
    while await wanted.wait():
        wanted.clear()
        try:
            await sweep(files, database)
        except BaseException:
            wanted.set()
            raise


async def sweep(files: FileStore, database: Database) -> None:
    """Remove the files that no row names.

    The files are listed before the rows are read: a file listed here belongs to no running request, so its row is
    committed already, or never will be.
    """
    leftovers = await asyncio.to_thread(files.leftovers)
    if not leftovers:
        return
    unnamed = leftovers - await database.known_versions()
    await asyncio.to_thread(files.discard, unnamed)
    if unnamed:
        log.info("Removed %s files that no object refers to.", len(unnamed))
