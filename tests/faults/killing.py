"""Killing parts of a running stack, and knowing when it is well again."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
from psycopg import Connection

from scripts.stack import record
from tests.sandbox.running import wait_for
from tests.support.stack import RunningStack


def kill_database(stack: RunningStack) -> None:
    """kill -9 of PostgreSQL's main process."""
    (pid_file,) = Path(stack.directory).rglob("postmaster.pid")
    os.kill(int(pid_file.read_text().splitlines()[0]), signal.SIGKILL)


def kill_supabase(stack: RunningStack) -> None:
    """kill -9 of the embedded Supabase; its PostgreSQL lives on until the next one ends it."""
    os.kill(pid_of(stack, "supabase"), signal.SIGKILL)


def kill_service(stack: RunningStack) -> None:
    """kill -9 of gunicorn's main process and of its workers, all at once."""
    master = pid_of(stack, "service")
    for pid in [master, *children_of(master)]:
        os.kill(pid, signal.SIGKILL)


def pid_of(stack: RunningStack, name: str) -> int:
    """Return the process that has this part now: after a death it is another than at the start."""
    running = record.read(stack.directory / "run.json")
    assert running is not None
    return running.children[name].pid


def children_of(pid: int) -> Iterator[int]:
    """Return the processes that a process has started."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        yield from map(int, (task / "children").read_text().split())


def wait_until_ready(stack: RunningStack) -> None:
    """Return when the service says that everything is well; a crowded machine may take a minute to start it again."""
    wait_for(lambda: is_ready(stack), seconds=150)


def is_ready(stack: RunningStack) -> bool:
    """Whether the service answers that everything is well; while it is being started again nothing answers."""
    try:
        return httpx.get(f"{stack.service_url}/api/v1/ready", timeout=10).is_success
    except httpx.TransportError:
        return False


def worker_waits_for_a_lock(database: Connection[Any]) -> bool:
    """Whether some call of a worker is held up."""
    query = "select count(*) from pg_stat_activity where usename = 'fieldlite_worker' and wait_event_type = 'Lock'"
    return database.execute(query).fetchone() != (0,)


def drop_workers_connections(database: Connection[Any]) -> None:
    """Make the database notice a worker's death before a lock is free: it would go on with the statement otherwise."""
    database.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'fieldlite_worker'")
    query = "select count(*) from pg_stat_activity where usename = 'fieldlite_worker'"
    wait_for(lambda: database.execute(query).fetchone() == (0,))
