"""Starting a stack in the background: the same command again, watched from here until it is ready."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from typing import TextIO

from scripts.stack import record
from scripts.stack.children import module
from scripts.stack.console import StackError
from scripts.stack.layout import StateFolder
from scripts.stack.processes import Identity, spawn, stop

INTERVAL = 0.1
"""Seconds between two looks at the log."""


def run(state: StateFolder, arguments: Sequence[str], show: TextIO) -> None:
    """Start ``scripts/dev`` with ``arguments`` in a session of its own; return when it is ready.

    ``show`` receives what the background process prints meanwhile. Raises StackError when it ends before it is ready.
    """
    log = state.output
    log.unlink(missing_ok=True)
    process = spawn(module("scripts.stack", *arguments), os.environ, log)
    try:
        with log.open() as output:
            while not is_ready(state, process.pid):
                show.write(output.read())
                show.flush()
                if process.poll() is not None:
                    show.write(output.read())
                    raise StackError(f"FieldLite did not start; the whole output is in {log}.")
                time.sleep(INTERVAL)
            show.write(output.read())
    except KeyboardInterrupt:
        give_up(process)
        raise


def is_ready(state: StateFolder, watcher: int) -> bool:
    """Whether the stack of this watcher says that everything has started."""
    running = record.read(state.record)
    return running is not None and running.ready and running.watcher.pid == watcher


def give_up(process: subprocess.Popen[bytes]) -> None:
    """End a start that is no longer wanted, with everything that it had started."""
    identity = Identity.of(process.pid)
    if identity is not None:
        stop(identity, 60)
    process.wait()
