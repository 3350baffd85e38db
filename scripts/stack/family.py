"""The children of one stack: started in order, watched, restarted when they crash, stopped in reverse order."""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.stack import interruption
from scripts.stack.console import StackError, note, step, tail
from scripts.stack.processes import Identity, spawn, stop
from scripts.stack.readiness import Probe, wait_until_ready

PATIENCE = 20.0
"""Seconds that a child has to end after SIGTERM; PostgreSQL's last checkpoint is what takes longest."""
CRASHES, WITHIN_SECONDS = 5, 60.0
"""A child that crashes this often within this time is left down: restarting it again would only fill its log."""


@dataclass
class Child:
    """One long-running process of the stack."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str]
    log: Path
    ready: Probe
    seconds: float = 60.0
    """How long it may take to become ready."""
    process: subprocess.Popen[bytes] | None = None
    identity: Identity | None = None
    crashes: deque[float] = field(default_factory=lambda: deque(maxlen=CRASHES))

    def start(self) -> None:
        """Start the process, without waiting for it."""
        self.process = spawn(self.command, self.environment, self.log)
        self.identity = Identity.of(self.process.pid)

    def wait_until_ready(self) -> None:
        """Wait for the probe; raise StackError with the log's end."""
        if self.process is None:
            raise RuntimeError(f"{self.name} was not started")
        wait_until_ready(self.name, self.process, self.ready, self.log, self.seconds)

    def crashes_too_often(self) -> bool:
        """Note a crash; whether this was one too many."""
        self.crashes.append(time.monotonic())
        return len(self.crashes) == CRASHES and self.crashes[-1] - self.crashes[0] < WITHIN_SECONDS


class Family:
    """The children that run, in the order of their start."""

    def __init__(self, changed: Callable[[dict[str, Identity]], None]) -> None:
        """``changed`` hears of every start and restart, so that a record on disk can follow."""
        self._children: list[Child] = []
        self._changed = changed

    def start(self, child: Child) -> None:
        """Start a child; it belongs to the family from here on, ready or not."""
        step(f"starting {child.name}")
        with interruption.held():
            child.start()
            self._children.append(child)
            self._tell()

    def watch(self, until_exit_of: int | None) -> None:
        """Restart whatever crashes, until a signal handler raises or the process ``until_exit_of`` has ended."""
        while True:
            ended = wait_for_one([child.process.pid for child in self._running() if child.process], until_exit_of)
            if ended == until_exit_of:
                return
            for child in self._running():
                if child.process is not None and child.process.poll() is not None:
                    self._restart(child)

    def stop(self) -> None:
        """Stop every child, the last started first."""
        for child in reversed(self._children):
            if child.identity is not None and child.identity.is_alive():
                note(f"stopping {child.name}")
                stop(child.identity, PATIENCE)
            if child.process is not None:
                child.process.wait()

    def _running(self) -> list[Child]:
        return [child for child in self._children if child.process is not None]

    def _restart(self, child: Child) -> None:
        code = child.process.returncode if child.process else None
        if child.crashes_too_often():
            note(f"{child.name} ended again (code {code}) and is left down. The end of {child.log}:\n{tail(child.log)}")
            child.process = child.identity = None
        else:
            note(f"{child.name} ended unexpectedly (code {code}); starting it again")
            with interruption.held():
                child.start()
        self._tell()

    def _tell(self) -> None:
        self._changed({child.name: child.identity for child in self._children if child.identity is not None})


def wait_for_one(children: Sequence[int], other: int | None) -> int | None:
    """Wait, without polling, until one of our children or the process ``other`` ends; return its pid.

    A pid of ours cannot be reused before we have waited for it; ``other`` can, so a missing one has ended.
    """
    handles: dict[int, int] = {}
    try:
        for pid in [*children, *([] if other is None else [other])]:
            handles[os.pidfd_open(pid)] = pid
        ready, _, _ = select.select(list(handles), [], [])
        return handles[ready[0]]
    except ProcessLookupError:
        return other
    finally:
        for handle in handles:
            os.close(handle)


def run_once(name: str, command: Sequence[str | Path], environment: Mapping[str, str], log: Path) -> None:
    """Run a command to its end; raise StackError with its log when it fails."""
    process = spawn(command, environment, log)
    try:
        code = process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise
    if code != 0:
        raise StackError(f"{name} failed with code {code}. The end of {log}:\n{tail(log)}")
