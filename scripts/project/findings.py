"""What a look at a project brings to light, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `advice` says what to do; empty when all is well."""

    level: Level
    title: str
    advice: str = ""

    def __str__(self) -> str:
        lines = [f"{self.level:<5} {self.title}", *([f"      {self.advice}"] if self.advice else [])]
        return "\n".join(lines)


Check = Callable[[], Iterator[Finding]]


def judged(title: str, wrong: list[str], advice: str) -> Finding:
    """A failure that names what is wrong, or an `ok` when nothing is."""
    return Finding("fail", f"{title}: {', '.join(wrong)}", advice) if wrong else Finding("ok", title)


def compared(title: str, *, good: bool, advice: str) -> Finding:
    """A failure with advice unless `good`."""
    return Finding("ok", title) if good else Finding("fail", title, advice)
