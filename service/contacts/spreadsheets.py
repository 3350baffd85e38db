"""Rows of contacts as CSV that spreadsheets open: UTF-8 with its mark, and no cell that they would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as Windows-1252."""

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What OWASP lists under CSV injection. An import of ours takes the apostrophe away again."""


def neutralised(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def csv_lines(rows: Iterable[Sequence[str]]) -> str:
    """The rows as text, with the line ends of RFC 4180."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([neutralised(cell) for cell in row] for row in rows)
    return text.getvalue()
