"""What is known of a running stack from outside: the lock that it holds and the file in which it describes itself."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from supabase_local.errors import StackError

STATE_FILE = "stack.json"
LOCK_FILE = "lock"
POLL_SECONDS = 0.02
PROBE_SECONDS = 0.5
"""Asking whether a stack runs takes its lock for an instant; a start that meets this tries again for so long."""


@contextmanager
def running_lock(data: Path) -> Iterator[None]:
    """Hold the data folder's lock; the kernel releases it however the process ends. Raises StackError when held."""
    with (data / LOCK_FILE).open("a") as file:
        if not _take(file):
            raise StackError(f"A stack already runs on {data}.")
        remove_state(data)  # what a killed stack left says nothing about this one
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def running_pid(data: Path) -> int | None:
    """Return the process id of the stack that runs, or is just starting, on the data folder."""
    try:
        with (data / LOCK_FILE).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        return int((data / LOCK_FILE).read_text() or 0) or None
    return None


def wait_for_state(data: Path, seconds: float) -> dict[str, Any] | None:
    """Return the description once the running stack is ready, or None when it ends or takes longer."""
    deadline = time.monotonic() + seconds
    while running_pid(data) is not None and time.monotonic() < deadline:
        if (state := read_state(data)) is not None:
            return state
        time.sleep(POLL_SECONDS)
    return None


def write_state(data: Path, state: dict[str, Any]) -> None:
    """Describe the running stack; readable by its owner only, as it contains keys."""
    temporary = data / f"{STATE_FILE}.new"
    temporary.touch(mode=0o600)
    temporary.write_text(json.dumps(state, indent=2) + "\n")
    temporary.replace(data / STATE_FILE)


def read_state(data: Path) -> dict[str, Any] | None:
    """Return the description of the running stack, or None when none runs or it is not ready yet."""
    if running_pid(data) is None:
        return None
    try:
        state: dict[str, Any] = json.loads((data / STATE_FILE).read_text())
    except FileNotFoundError:
        return None
    return state


def remove_state(data: Path) -> None:
    """Forget the description when the stack ends."""
    (data / STATE_FILE).unlink(missing_ok=True)


def prepare_data_folder(data: Path) -> None:
    """Create the data folder with its log folder, and keep it out of the project's Git repository.

    Raises StackError for a folder with other content: `reset` deletes all that is in the data folder.
    """
    if data.exists() and any(data.iterdir()) and not (data / LOCK_FILE).exists():
        raise StackError(f"{data} has files that are not the stack's. Choose an empty data folder with --data.")
    try:
        (data / "logs").mkdir(parents=True, exist_ok=True)
        (data / LOCK_FILE).touch()
        (data / ".gitignore").write_text("*\n")
    except PermissionError as error:
        raise StackError(
            f"The data folder {data} is not writable for this user. Choose another with --data."
        ) from error


def _take(lock: TextIO) -> bool:
    deadline = time.monotonic() + PROBE_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(POLL_SECONDS)
        else:
            return True
