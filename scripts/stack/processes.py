"""Processes that we started: recognised again by pid and start time, waited for and stopped without a race.

A pid alone is reused by the kernel after its process ended; the start time (field 22 of ``/proc/<pid>/stat``) makes the
pair unique. A pidfd pins the process between the check and the signal (pidfd_open(2), Linux 5.3).
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Identity:
    """One process, for as long as the machine runs."""

    pid: int
    started: int
    """Clock ticks between the machine's boot and the process's start."""

    @classmethod
    def of(cls, pid: int) -> Identity | None:
        """Return the identity of the process that has this pid now; None when none has, or it is a zombie."""
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return None
        # The command name (field 2) may hold spaces and brackets: count from its closing one. Field 3 is the state.
        fields = stat.rpartition(")")[2].split()
        return None if fields[0] == "Z" else cls(pid, int(fields[19]))

    def is_alive(self) -> bool:
        """Whether this very process still runs."""
        return Identity.of(self.pid) == self


def spawn(command: Sequence[str | Path], environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own (a Ctrl-C reaches us, not it) with its output added to ``log``.

    It works in the folder of its log: a ``.env`` that someone keeps in the clone for production is not picked up.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            env=dict(environment),
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def wait_for_exit(identity: Identity, seconds: float) -> bool:
    """Wait until the process has ended; False when it still runs after ``seconds``."""
    handle = open_pidfd(identity)
    if handle is None:
        return True
    try:
        return bool(select.select([handle], [], [], seconds)[0])
    finally:
        os.close(handle)


def stop(identity: Identity, patience: float) -> None:
    """Ask the process to end; kill its whole session when it has not after ``patience`` seconds. Never another's."""
    handle = open_pidfd(identity)
    if handle is None:
        return
    try:
        signal.pidfd_send_signal(handle, signal.SIGTERM)
        if not select.select([handle], [], [], patience)[0]:
            kill_session(identity)
            select.select([handle], [], [], patience)
    except ProcessLookupError:
        return  # It ended by itself in between: what was asked for.
    finally:
        os.close(handle)


def open_pidfd(identity: Identity) -> int | None:
    """Return a pidfd for exactly this process, or None when it has ended."""
    try:
        handle = os.pidfd_open(identity.pid)
    except ProcessLookupError:
        return None
    if identity.is_alive():
        return handle
    os.close(handle)
    return None


def kill_session(identity: Identity) -> None:
    """Kill a process and, when it leads a group as everything from ``spawn`` does, its children with it."""
    if os.getpgid(identity.pid) == identity.pid:
        os.killpg(identity.pid, signal.SIGKILL)
    else:
        os.kill(identity.pid, signal.SIGKILL)
