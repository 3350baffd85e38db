"""Killing parts of a running stack, and knowing when it is well again."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx

from scripts.stack import record
from tests.sandbox.running import wait_for
from tests.support.stack import RunningStack


def kill_database(stack: RunningStack) -> None:
    """kill -9 of PostgreSQL's main process."""
    (pid_file,) = Path(stack.directory).rglob("postmaster.pid")
    os.kill(int(pid_file.read_text().splitlines()[0]), signal.SIGKILL)


def kill_service(stack: RunningStack) -> None:
    """kill -9 of gunicorn's main process and of its workers, all at once."""
    running = record.read(stack.directory / "run.json")
    assert running is not None
    master = running.children["service"].pid
    for pid in [master, *children_of(master)]:
        os.kill(pid, signal.SIGKILL)


def children_of(pid: int) -> Iterator[int]:
    """Return the processes that a process has started."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        yield from map(int, (task / "children").read_text().split())


def wait_until_ready(stack: RunningStack) -> None:
    """Return when the service says that everything is well."""
    wait_for(lambda: is_ready(stack), seconds=60)


def is_ready(stack: RunningStack) -> bool:
    """Whether the service answers that everything is well; while it is being started again nothing answers."""
    try:
        return httpx.get(f"{stack.service_url}/api/v1/ready", timeout=10).is_success
    except httpx.TransportError:
        return False
