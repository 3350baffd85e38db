"""What one worker process shares between its tasks: its name, its doors, and the wish to stop."""

import asyncio
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import uuid4

from service.background.door import Door
from service.settings import Settings


def _new_name() -> str:
    return f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"


class Claimant:
    """The name that this process claims texts under.

    A claim that was made but whose answer was lost belongs to nobody, and a living worker's claims are never given up.
    So after such a failure the process goes on under a new name, and the old one's claims turn unknown in time.
    """

    def __init__(self) -> None:
        """Start with a name that no other process and no earlier one has."""
        self.name = _new_name()

    def renew(self) -> None:
        """Go on under a new name; results of texts still in hand are recorded all the same."""
        self.name = _new_name()


@dataclass(frozen=True)
class Worker:
    """Given to every task. `threads` run the SDK, which blocks; `stopping` is set by SIGTERM and Ctrl-C."""

    settings: Settings
    door: Door
    threads: ThreadPoolExecutor
    claimant: Claimant = field(default_factory=Claimant)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def rest(self, seconds: float) -> None:
        """Wait, but not longer than until the wish to stop."""
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return
