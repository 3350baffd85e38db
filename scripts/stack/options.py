"""What a stack was asked to be."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.stack.layout import StateFolder
from scripts.stack.ports import Ports


@dataclass(frozen=True)
class Options:
    """The decisions of one start."""

    state: StateFolder
    ports: Ports
    without: frozenset[str]
    """Parts left out: any of ``web`` (use the last build), ``worker``, ``sandbox``, ``demo`` (its Twilio account)."""
    until_exit_of: int | None
    """Stop by itself when this process ends: a test run that is killed leaves nothing behind."""

    def has(self, part: str) -> bool:
        """Whether the stack contains a part that can be left out."""
        return part not in self.without
