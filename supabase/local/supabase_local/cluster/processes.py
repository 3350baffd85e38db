"""Finding and ending the processes of a PostgreSQL data folder, also those of a server that we did not start."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

FAST_SHUTDOWN = signal.SIGINT
"""PostgreSQL's fast shutdown: ends sessions, writes a checkpoint, exits."""
SHUTDOWN_SECONDS = 20.0


def processes_in(folder: Path) -> list[int]:
    """Return the ids of the processes whose working directory is ``folder``: PostgreSQL's server and its children."""
    target = folder.resolve()
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _works_in(entry, target)]


def end_server_in(folder: Path) -> bool:
    """End whatever still runs in a data folder that has no supervisor; tell whether there was anything.

    A living server (its supervisor was killed) gets a fast shutdown. Children of a dead server cannot do any good:
    crash recovery follows in any case, and would be refused while they hold the shared memory. Afterwards a pid file
    that is left describes no living server and is removed: its number may by now belong to another process of the
    same user, which PostgreSQL would take for a server.
    """
    pid_file = folder / "postmaster.pid"
    server = _recorded_pid(pid_file)
    found = processes_in(folder)
    if server in found:
        os.kill(server, FAST_SHUTDOWN)
        _wait_until_empty(folder, SHUTDOWN_SECONDS)
    for pid in processes_in(folder):
        _kill(pid)
    _wait_until_empty(folder, SHUTDOWN_SECONDS)
    pid_file.unlink(missing_ok=True)
    return bool(found)


def _works_in(entry: Path, folder: Path) -> bool:
    try:
        return (entry / "cwd").readlink() == folder
    except OSError:  # it has ended meanwhile, or belongs to another user
        return False


def _recorded_pid(pid_file: Path) -> int:
    try:
        return int(pid_file.read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return 0


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _wait_until_empty(folder: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while processes_in(folder) and time.monotonic() < deadline:
        time.sleep(0.02)
