"""What is wrong with a cell, in words that stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """An error keeps the row out, a warning is shown only. `column` is the cell's index, None speaks of the row."""

    column: int | None
    code: str
    words: str
    is_error: bool = True

    def as_json(self) -> dict[str, Any]:
        """The shape that the database keeps: {column, code, words, level}."""
        level = "error" if self.is_error else "warning"
        return {"column": self.column, "code": self.code, "words": self.words, "level": level}


class BadCell(Exception):  # noqa: N818  (says what it is, as the errors of service.errors do)
    """A cell that cannot become what its column is."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
