"""Programs of ours that begin with everything loaded: a server forks them, so none spends two seconds on its imports.

The server is multiprocessing's. It ends with the test run, and what it has forked ends with it.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_SET_PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""

_server = multiprocessing.get_context("forkserver")
_server.set_forkserver_preload(["service.background.run", __name__])


def start(module: str, options: Sequence[str], environment: Mapping[str, str], log: Path) -> ForkServerProcess:
    """Start ``python -m <module>`` in the folder of its log, with no other environment than this."""
    process = _server.Process(target=_become, args=(module, list(options), dict(environment), log))
    process.start()
    return process


def _become(module: str, options: list[str], environment: dict[str, str], log: Path) -> None:
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(log.parent)
    with log.open("w") as output:
        os.dup2(output.fileno(), sys.stdout.fileno())
        os.dup2(output.fileno(), sys.stderr.fileno())
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    sys.argv = [module, *options]
    runpy.run_module(module, run_name="__main__")
