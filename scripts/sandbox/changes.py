"""Tells open phone pages that something changed."""

import asyncio
from collections.abc import AsyncIterator

_HEARTBEAT_SECONDS = 15.0


class Changes:
    """Wakes every listener after each change."""

    def __init__(self) -> None:
        """Start without listeners."""
        self._listeners: set[asyncio.Event] = set()

    def announce(self) -> None:
        """Wake all listeners."""
        for listener in self._listeners:
            listener.set()

    async def stream(self) -> AsyncIterator[str]:
        """Yield server-sent events: one at once, one after each change, and a comment when nothing happens."""
        changed = asyncio.Event()
        self._listeners.add(changed)
        try:
            yield "event: change\ndata: {}\n\n"
            while True:
                try:
                    await asyncio.wait_for(changed.wait(), _HEARTBEAT_SECONDS)
                    changed.clear()
                    yield "event: change\ndata: {}\n\n"
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self._listeners.discard(changed)
