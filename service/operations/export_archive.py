"""One .zip archive, written as a stream: nothing of it is held in memory but the list of what is inside."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo


@dataclass(frozen=True)
class Member:
    """A file of the archive, as the manifest lists it."""

    path: str
    bytes: int
    sha256: str


@dataclass
class Archive:
    """An archive under way. Its members are unpacked by any tool; `manifest.json`, the last one, lists all others."""

    zip: ZipFile
    members: list[Member] = field(default_factory=list)

    def add(self, path: str, chunks: Iterable[bytes], *, compress: bool = True) -> Member:
        """Write a member chunk by chunk; what is compressed already (a photograph) is only stored."""
        info = ZipInfo(path)
        info.compress_type = ZIP_DEFLATED if compress else ZIP_STORED
        digest, size = hashlib.sha256(), 0
        with self.zip.open(info, "w", force_zip64=True) as output:
            for chunk in chunks:
                output.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        member = Member(path, size, digest.hexdigest())
        self.members.append(member)
        return member

    def close_with(self, manifest: dict[str, Any]) -> None:
        """Write the manifest: what the caller says, and every member with its size and SHA-256."""
        document = {**manifest, "members": [asdict(member) for member in self.members]}
        self.zip.writestr("manifest.json", json.dumps(document, indent=2, default=str) + "\n")


@contextmanager
def writing(target: Path) -> Iterator[Archive]:
    """Write the archive under another name, readable by this user only; it gets its own when it is whole.

    FileExistsError when `target` is there already. What an interrupted run left is written over.
    """
    if target.exists():
        raise FileExistsError(f"{target} exists already; choose another --output.")
    draft = target.with_name(f"{target.name}.partial")
    with _private_file(draft) as output:
        with ZipFile(output, "w", ZIP_DEFLATED, allowZip64=True) as archive:
            yield Archive(archive)
        output.flush()
        os.fsync(output.fileno())
    draft.rename(target)


def _private_file(path: Path) -> BinaryIO:
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
