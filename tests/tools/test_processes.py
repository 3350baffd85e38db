"""Processes are recognised again, stopped patiently, and never mistaken for one another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.stack.processes import Identity, spawn, stop, wait_for_exit

IGNORES_SIGTERM = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
child.wait()
"""


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = spawn([sys.executable, "-c", "import time; time.sleep(600)"], os.environ, tmp_path / "log")
    yield process
    process.kill()
    process.wait()


def identity_of(process: subprocess.Popen[bytes]) -> Identity:
    identity = Identity.of(process.pid)
    assert identity is not None
    return identity


def test_a_process_is_alive_until_it_ends(sleeper: subprocess.Popen[bytes]) -> None:
    identity = identity_of(sleeper)
    assert identity.is_alive()
    sleeper.kill()
    assert wait_for_exit(identity, seconds=10)
    assert not identity.is_alive()


def test_stop_ends_a_process(sleeper: subprocess.Popen[bytes]) -> None:
    stop(identity_of(sleeper), patience=10)
    assert sleeper.wait(timeout=10) == -signal.SIGTERM


def test_stop_spares_a_process_that_got_the_same_pid_later(sleeper: subprocess.Popen[bytes]) -> None:
    earlier = Identity(sleeper.pid, started=identity_of(sleeper).started - 1)
    stop(earlier, patience=1)
    assert sleeper.poll() is None


def test_stop_of_a_process_that_is_gone_does_nothing(sleeper: subprocess.Popen[bytes]) -> None:
    identity = identity_of(sleeper)
    sleeper.kill()
    sleeper.wait()
    stop(identity, patience=1)


def test_a_process_that_will_not_stop_is_killed_with_its_children(tmp_path: Path) -> None:
    log = tmp_path / "log"
    process = spawn([sys.executable, "-c", IGNORES_SIGTERM], os.environ, log)
    try:
        grandchild = identity_of_printed_pid(process, log)
        stop(identity_of(process), patience=0.2)
        assert process.wait(timeout=10) == -signal.SIGKILL
        assert wait_for_exit(grandchild, seconds=10)
    finally:
        process.kill()
        process.wait()


def identity_of_printed_pid(process: subprocess.Popen[bytes], log: Path) -> Identity:
    while not (text := log.read_text().strip()):
        assert process.poll() is None
        os.sched_yield()
    identity = Identity.of(int(text))
    assert identity is not None
    return identity
