"""The files behind the objects: written under a temporary name, made durable, then given their own name.

A file is named by a random UUID, the ``version`` of the row that refers to it, and never changes. The row is committed
after its file is durable, and deleted before its file: whatever is interrupted, a row that names a file has its bytes,
and a file that no row names is removed by the sweep.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import uuid
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from supabase_local.storage.errors import too_large

BUFFER_BYTES = 1 << 20
"""How much of an upload is kept in memory; the thread that writes it is worth starting for so much."""


@dataclass(frozen=True)
class Received:
    """What is known of a file once it is complete."""

    size: int
    etag: str
    """MD5 of the bytes in double quotes, as S3 gives it for an object uploaded in one piece."""


class FileStore:
    """The folder of one stack's files. One process uses it; the stack's lock ensures that."""

    def __init__(self, folder: Path, on_failure: Callable[[], None]) -> None:
        self._incoming = folder / "incoming"
        self._files = folder / "files"
        self._on_failure = on_failure
        self._unsettled: set[str] = set()
        for made in (self._incoming, self._files):
            made.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def new_version(self) -> Iterator[str]:
        """Give a name for a new file, which the sweep leaves alone until the block ends.

        When the block fails, nobody knows whether a row names the file: a commit may be lost on its way back. The
        sweep is asked for and decides by the rows.
        """
        version = str(uuid.uuid4())
        self._unsettled.add(version)
        try:
            yield version
        except BaseException:
            self._unsettled.discard(version)
            self._on_failure()
            raise
        self._unsettled.discard(version)

    async def receive(self, version: str, chunks: AsyncIterator[bytes], limit: int) -> Received:
        """Store the bytes as the version's file, durably. Raises EntityTooLarge beyond ``limit`` bytes."""
        temporary = self._incoming / version
        try:
            received = await _write(temporary, chunks, limit)
            await asyncio.to_thread(self._name, temporary, version)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return received

    async def duplicate(self, version: str | None, new_version: str) -> bool:
        """Give a file a second name, durably; files never change, so they can share bytes. False without a file."""
        path = self._path(version)
        return path is not None and await asyncio.to_thread(self._link, path, new_version)

    async def open(self, version: str | None) -> BinaryIO | None:
        """Open a file for reading, or return None: rows made by hand may name none, or anything."""
        path = self._path(version)
        return None if path is None else await asyncio.to_thread(_open, path)

    async def remove(self, versions: Iterable[str | None]) -> None:
        """Delete the files of rows that are gone."""
        paths = [path for version in versions if (path := self._path(version)) is not None]
        await asyncio.to_thread(_unlink, paths)

    def leftovers(self) -> set[str]:
        """Return the names of all files, complete or not, that no request is working on."""
        names = {path.name for folder in (self._incoming, self._files) for path in folder.iterdir()}
        return names - self._unsettled

    def discard(self, names: Iterable[str]) -> None:
        """Delete leftovers under whatever name."""
        _unlink([folder / name for name in names for folder in (self._incoming, self._files)])

    def _path(self, version: str | None) -> Path | None:
        """Return where a version's file lies; None for a text that is no UUID and could be a path to anywhere."""
        try:
            return self._files / str(uuid.UUID(version))
        except (TypeError, ValueError, AttributeError):
            return None

    def _name(self, temporary: Path, version: str) -> None:
        temporary.rename(self._files / version)
        _sync_folder(self._files)

    def _link(self, path: Path, new_version: str) -> bool:
        try:
            os.link(path, self._files / new_version)
        except FileNotFoundError:
            return False
        _sync_folder(self._files)
        return True


async def _write(path: Path, chunks: AsyncIterator[bytes], limit: int) -> Received:
    checksum = hashlib.md5(usedforsecurity=False)
    size = 0

    def put(data: bytes) -> None:
        checksum.update(data)
        file.write(data)

    def finish() -> None:
        file.flush()
        os.fsync(file.fileno())

    with path.open("xb") as file:
        async for block in _blocks(chunks):
            size += len(block)
            if size > limit:
                raise too_large()
            await asyncio.to_thread(put, block)
        await asyncio.to_thread(finish)
    return Received(size, f'"{checksum.hexdigest()}"')


async def _blocks(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Join the network's small chunks to blocks that are worth a write."""
    block = bytearray()
    async for chunk in chunks:
        block += chunk
        if len(block) >= BUFFER_BYTES:
            yield bytes(block)
            block.clear()
    yield bytes(block)


def _open(path: Path) -> BinaryIO | None:
    try:
        return path.open("rb", buffering=0)
    except FileNotFoundError:
        return None


def _unlink(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make new names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
