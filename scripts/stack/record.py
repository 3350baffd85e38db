"""The record of a running stack: what ``status`` prints and ``stop`` needs."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from scripts.stack.console import StackError
from scripts.stack.credentials import write_private
from scripts.stack.layout import StateFolder
from scripts.stack.processes import Identity


@dataclass(frozen=True)
class Record:
    """One stack, as written by the process that watches it."""

    watcher: Identity
    addresses: dict[str, str]
    """``supabase_url``, ``publishable_key``, ``service_url``, ...: the fields of ``status --json``."""
    children: dict[str, Identity] = field(default_factory=dict)
    """Name -> process, in the order of their start."""
    ready: bool = False

    def living(self) -> dict[str, Identity]:
        """The processes that still run, in the order of their start."""
        return {name: identity for name, identity in self.children.items() if identity.is_alive()}


def write(path: Path, record: Record) -> None:
    """Replace the record in one step; it names keys, so only its owner may read it."""
    write_private(path, json.dumps(asdict(record), indent=2))


def read(path: Path) -> Record | None:
    """Return the record of the stack that was started last, or None."""
    if not path.exists():
        return None
    content = json.loads(path.read_text())
    return Record(
        watcher=Identity(**content["watcher"]),
        addresses=content["addresses"],
        children={name: Identity(**each) for name, each in content["children"].items()},
        ready=content["ready"],
    )


@contextmanager
def watching(state: StateFolder) -> Iterator[None]:
    """Hold the state folder; raise StackError when another process watches a stack there."""
    state.directory.mkdir(parents=True, exist_ok=True)
    with state.lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StackError("FieldLite is already running here. See `status`, or end it with `stop`.") from None
        yield
