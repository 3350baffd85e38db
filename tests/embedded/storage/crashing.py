"""A program that replaces an object's bytes with the embedded Storage's own code and is killed on the way.

Arguments: folder of the files, a connection string of supabase_storage_admin, the object's bucket and name, the bytes,
and the step at which to die: one of STEPS.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, NoReturn

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool
from supabase_local.storage import files as storage_files
from supabase_local.storage import objects
from supabase_local.storage.database import Database
from supabase_local.storage.files import FileStore
from supabase_local.storage.objects import Contents, Place, file_metadata
from supabase_local.storage.tokens import SERVICE

STEPS = ("receive", "fsync", "rename", "commit", "remove")


def die(*_: Any, **__: Any) -> NoReturn:
    """End as `kill -9` does: no handler, no `finally`, nothing is flushed."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a killed process does not go on")


def arm(step: str) -> None:
    """Make the process die when it comes to a step."""
    deadly: dict[str, Callable[[], None]] = {
        "fsync": lambda: setattr(os, "fsync", die),
        "rename": lambda: setattr(Path, "rename", die),
        "remove": lambda: setattr(storage_files, "_unlink", die),
    }
    deadly.get(step, lambda: None)()


async def chunks(content: bytes, step: str) -> AsyncIterator[bytes]:
    """Give the bytes in two halves, and die between them when that is the step."""
    half = len(content) // 2
    yield content[:half]
    if step == "receive":
        die()
    yield content[half:]


async def replace(folder: Path, dsn: str, place: Place, content: bytes, step: str) -> None:
    """Store a new version of the object, as an upsert over HTTP does."""
    pool = AsyncConnectionPool[AsyncConnection[TupleRow]](dsn, kwargs={"autocommit": True}, open=False, min_size=1)
    async with pool:
        files, database = FileStore(folder, lambda: None), Database(pool)
        arm(step)
        with files.new_version() as version:
            received = await files.receive(version, chunks(content, step), limit=1 << 20)
            contents = Contents(None, file_metadata(received, "text/plain", "no-cache"), None, version)
            async with database.acting(SERVICE, {}) as session:
                _, replaced = await objects.write(session, place, contents, upsert=True)
                if step == "commit":
                    die()
            await files.remove([replaced])


if __name__ == "__main__":
    folder, dsn, bucket, name, content, step = sys.argv[1:]
    asyncio.run(replace(Path(folder), dsn, Place(bucket, name), content.encode(), step))
