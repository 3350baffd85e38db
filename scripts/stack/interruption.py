"""Being told to end: Ctrl-C, SIGTERM and a closed terminal become one exception, never in the middle of a fork."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Told(BaseException):
    """Someone asked this process to end. Not an Exception: no handler of errors may swallow it."""


class _Interruption:
    """What the handler knows: whether it may raise now, and whether it was asked to while it might not."""

    held = False
    asked = False

    def handle(self, _number: int, _frame: FrameType | None) -> None:
        if not self.held:
            raise Told
        self.asked = True


_interruption = _Interruption()


def listen() -> None:
    """From now on, raise ``Told`` in the main thread when a signal asks to end."""
    for number in SIGNALS:
        signal.signal(number, _interruption.handle)


def ignore() -> None:
    """Let an orderly end finish: a second Ctrl-C would leave processes behind."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def held() -> Iterator[None]:
    """Put ``Told`` off until the block is done: a process that was just forked must be noted before we unwind."""
    _interruption.held = True
    try:
        yield
    finally:
        _interruption.held = False
    if _interruption.asked:
        _interruption.asked = False
        raise Told
