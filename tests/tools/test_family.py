"""The children of a stack: restarted when they crash, left down when that does not help, stopped in reverse order."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.stack.console import StackError
from scripts.stack.family import CRASHES, Child, Family
from scripts.stack.processes import Identity, wait_for_exit
from scripts.stack.readiness import says, wait_until_ready

WAITS = "import signal; print('ready', flush=True); signal.pause()"


class Stack:
    """A family of small Python programs, and what was told of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: list[dict[str, Identity]] = []
        self.family = Family(self.told.append)

    def child(self, name: str, program: str = WAITS) -> Child:
        log = self.folder / f"{name}.log"
        return Child(name, [sys.executable, "-c", program], os.environ, log, says(log, "ready"), seconds=10)


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    made = Stack(tmp_path)
    yield made
    made.family.stop()


def watch_until(stack: Stack, program: str) -> None:
    """Watch the family until a helper that runs this program ends."""
    helper = stack.child("helper", program)
    helper.start()
    assert helper.process is not None
    stack.family.watch(helper.process.pid)
    assert helper.process.wait() == 0


def until_said(log: Path, words: str, times: int) -> str:
    """A program that ends once a log has said something so many times."""
    said = f"pathlib.Path({str(log)!r}).read_text().count({words!r})"
    return f"import pathlib, time\nwhile {said} < {times}:\n    time.sleep(0.02)"


def test_a_crashed_child_is_started_again_and_its_log_goes_on(stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    child = stack.child("worker")
    stack.family.start(child)
    child.wait_until_ready()
    first = child.identity
    assert first is not None
    os.kill(first.pid, signal.SIGKILL)
    watch_until(stack, until_said(child.log, "ready", 2))
    assert child.identity != first
    assert "worker ended unexpectedly (code -9)" in capsys.readouterr().err
    assert child.log.read_text().count("ready") == 2


def test_a_child_that_keeps_crashing_is_left_down(stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    child = stack.child("worker", "print('no database', flush=True)")
    stack.family.start(child)
    # The helper outlives the last crash, so that the family hears of that first.
    watch_until(stack, f"{until_said(child.log, 'no database', CRASHES)}\ntime.sleep(0.5)")
    said = capsys.readouterr().err
    assert "is left down" in said
    assert "no database" in said
    assert stack.told[-1] == {}


def test_children_are_stopped_in_reverse_order(stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("database", "service"):
        child = stack.child(name)
        stack.family.start(child)
        child.wait_until_ready()
    running = stack.told[-1]
    capsys.readouterr()
    stack.family.stop()
    assert capsys.readouterr().err.split() == ["stopping", "service", "stopping", "database"]
    assert all(wait_for_exit(identity, seconds=0) for identity in running.values())


def test_a_child_that_ends_before_it_is_ready_is_reported_with_its_log(stack: Stack) -> None:
    child = stack.child("service", "raise SystemExit('FIELDLITE_VAULT_KEYS is not set')")
    stack.family.start(child)
    with pytest.raises(StackError, match=r"service ended with code 1(?s:.*)FIELDLITE_VAULT_KEYS is not set"):
        child.wait_until_ready()


def test_a_child_that_never_gets_ready_is_reported(stack: Stack) -> None:
    child = stack.child("service", "import signal; signal.pause()")
    stack.family.start(child)
    assert child.process is not None
    with pytest.raises(StackError, match="service was not ready after 0 seconds"):
        wait_until_ready("service", child.process, child.ready, child.log, seconds=0.2)
