"""What separates the cells of a table, told from its first rows."""

from __future__ import annotations

import csv
import io

DELIMITERS = (",", ";", "\t", "|")

_SEP = "sep="
"""Excel's own first line in files whose delimiter is not that of the reader's country."""


def declared_delimiter(first_line: str) -> str | None:
    """Return the delimiter that a line `sep=;` declares, or None when the line is an ordinary one."""
    line = first_line.strip().strip('"').lower()
    mark = first_line.strip().strip('"')[len(_SEP) :]
    return mark or ("\t" if line == _SEP else None) if line.startswith(_SEP) and len(mark) <= 1 else None


def detect_delimiter(sample: str) -> str:
    """Return the delimiter under which the rows of `sample` look most like a table; a comma when none does.

    `sample` is the beginning of the file and may end in the middle of a row.
    """
    scores = {delimiter: _score(sample, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: scores[delimiter])


def _score(sample: str, delimiter: str) -> float:
    """Many columns are good, rows that are as wide as the first are better: text in cells has commas, but unevenly."""
    rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row]
    if len(rows) > 1:
        rows.pop()  # perhaps cut off
    if not rows:
        return 0
    width = len(rows[0])
    share = sum(len(row) == width for row in rows) / len(rows)
    return share**2 * (width - 1)
