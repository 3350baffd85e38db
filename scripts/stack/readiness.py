"""Waiting until a process that was just started can do its work."""

from __future__ import annotations

import http.client
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from scripts.stack.console import StackError, tail

Probe = Callable[[], bool]
INTERVAL = 0.05
"""Seconds between two questions: short beside a start, long beside what a question costs."""


def answers(url: str) -> Probe:
    """Ask an address; ready when it answers 2xx or 3xx."""
    parts = urlsplit(url)

    def probe() -> bool:
        connection = http.client.HTTPConnection(parts.netloc, timeout=5)
        try:
            connection.request("GET", parts.path or "/")
            return connection.getresponse().status < 400
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return probe


def says(log: Path, words: str) -> Probe:
    """Read a log; ready when these words are in it."""
    return lambda: words in log.read_text(errors="replace")


def wait_until_ready(name: str, process: subprocess.Popen[bytes], probe: Probe, log: Path, seconds: float) -> None:
    """Return when ``probe`` holds; raise StackError with the log's end when the process ends or is too slow."""
    deadline = time.monotonic() + seconds
    while not probe():
        if process.poll() is not None:
            raise StackError(f"{name} ended with code {process.returncode}. The end of {log}:\n{tail(log)}")
        if time.monotonic() > deadline:
            raise StackError(f"{name} was not ready after {seconds:.0f} seconds. The end of {log}:\n{tail(log)}")
        time.sleep(INTERVAL)
