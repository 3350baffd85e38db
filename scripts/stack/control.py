"""What can be done with a stack from outside: see it, stop it, throw its data away."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from scripts.stack import record
from scripts.stack.console import StackError, note, step
from scripts.stack.family import PATIENCE
from scripts.stack.layout import StateFolder
from scripts.stack.processes import stop as stop_process
from scripts.stack.record import Record

NOT_RUNNING = 3
"""Exit code of ``status`` for a stack that does not run (the init scripts' convention)."""


def stop(state: StateFolder) -> None:
    """Stop a stack, also one whose watcher was killed. Says so when nothing runs; never touches another's process."""
    running = record.read(state.record)
    if running is None or not (running.watcher.is_alive() or running.living()):
        note("FieldLite is not running here.")
        return
    step("stopping")
    stop_process(running.watcher, PATIENCE * (len(running.children) + 1))
    stop_children(running)
    state.record.unlink(missing_ok=True)


def stop_children(running: Record) -> None:
    """Stop the children that are still alive, the last started first."""
    for name, identity in reversed(running.living().items()):
        note(f"stopping {name}")
        stop_process(identity, PATIENCE)


def describe(state: StateFolder) -> dict[str, Any]:
    """Return the fields of ``status --json``: ``running``, ``ready``, the addresses and keys, ``pids``."""
    running = record.read(state.record)
    if running is None or not running.watcher.is_alive():
        return {"running": False, "ready": False}
    pids = {"watcher": running.watcher.pid, **{name: each.pid for name, each in running.living().items()}}
    return {"running": True, "ready": running.ready, **running.addresses, "pids": pids}


def status(state: StateFolder, as_json: bool) -> int:
    """Print where a stack is and what runs; return 0 when it runs."""
    described = describe(state)
    if as_json:
        print(json.dumps(described, indent=2))
    elif not described["running"]:
        print("FieldLite is not running here.")
    else:
        print("Running." if described["ready"] else "Starting.")
        for name, value in described.items():
            if name.endswith("_url"):
                print(f"  {name:<16}{value}")
        for name, pid in described["pids"].items():
            print(f"  {name:<16}process {pid}")
    return 0 if described["running"] else NOT_RUNNING


def reset(state: StateFolder, confirmed: bool) -> None:
    """Stop a stack and delete its data, after asking; the next start makes everything anew."""
    if not confirmed:
        print(f"This deletes the database, the passwords and the logs in {state.directory}.")
        print("Type reset to go on: ", end="", flush=True)
        if sys.stdin.readline().strip() != "reset":
            raise StackError("Nothing was deleted.")
    stop(state)
    for path in state.disposable():
        remove(path)
    step("deleted; the next ./scripts/dev starts from nothing")


def remove(path: Path) -> None:
    """Delete a file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
