"""A signal that asks to end never strikes between a fork and the note of it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from scripts.stack import interruption
from scripts.stack.interruption import Told


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Listen during the test, and put the test runner's own handlers back."""
    before = {number: signal.getsignal(number) for number in interruption.SIGNALS}
    interruption.listen()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def signal_while_held(seen: list[str]) -> None:
    with interruption.held():
        os.kill(os.getpid(), signal.SIGTERM)
        seen.append("the end of the block")


def test_a_signal_is_an_exception() -> None:
    with pytest.raises(Told):
        os.kill(os.getpid(), signal.SIGTERM)


def test_a_signal_waits_for_the_end_of_a_held_block() -> None:
    seen: list[str] = []
    with pytest.raises(Told):
        signal_while_held(seen)
    assert seen == ["the end of the block"]


def test_an_ignored_signal_does_nothing() -> None:
    interruption.ignore()
    os.kill(os.getpid(), signal.SIGTERM)
