"""Remembers what an expensive step was last done for, so that it is done again only when that changed."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.stack.layout import SHARED


def digest_of(paths: Iterable[Path], relative_to: Path) -> str:
    """Return one digest for the names and contents of files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(relative_to)} {content}\n".encode())
    return total.hexdigest()


def is_current(name: str, digest: str) -> bool:
    """Whether the step ``name`` was last completed for this digest."""
    path = stamp_path(name)
    return path.exists() and path.read_text() == digest


def write(name: str, digest: str) -> None:
    """Remember that the step ``name`` was completed for this digest."""
    stamp_path(name).parent.mkdir(parents=True, exist_ok=True)
    stamp_path(name).write_text(digest)


def stamp_path(name: str) -> Path:
    """The file that holds the digest of a step."""
    return SHARED / "stamps" / name


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """Wait while another script of this clone does the same step."""
    SHARED.mkdir(exist_ok=True)
    with (SHARED / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
