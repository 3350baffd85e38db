"""How the scripts speak to the person who runs them: one line a step, one way to give up."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path


class StackError(Exception):
    """Something that the person at the keyboard must know or do; the message is theirs, without a traceback."""


def step(text: str) -> None:
    """Show what happens next."""
    print(f"==> {text}", file=sys.stderr, flush=True)


def note(text: str) -> None:
    """Show something that needs no action."""
    print(f"    {text}", file=sys.stderr, flush=True)


def complain(problem: StackError) -> None:
    """Show why a command gave up."""
    print(f"\n{problem}", file=sys.stderr, flush=True)


def tail(log: Path, lines: int = 60) -> str:
    """Return the last lines of a log, indented for a message; a hint when there is none."""
    if not log.exists():
        return f"    ({log} was never written)"
    last: Sequence[str] = log.read_text(errors="replace").splitlines()[-lines:]
    return "\n".join(f"    {line}" for line in last) or f"    ({log} is empty)"
