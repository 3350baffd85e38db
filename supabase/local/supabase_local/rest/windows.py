"""Ranges: the ``Range`` header and ``limit``/``offset`` going in, ``Content-Range`` and the status coming out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from supabase_local.rest.errors import RestError, invalid_range

RANGE = re.compile(r"([0-9]{1,18})-([0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class Window:
    """The rows that are asked for: from ``offset``, at most ``limit`` of them (None: all)."""

    offset: int = 0
    limit: int | None = None


def requested_window(range_header: str | None, limit: int | None, offset: int | None) -> Window:
    """Return what the ``Range`` header and the root's limit and offset have in common; raises PGRST103."""
    if limit is not None and limit < 0:
        raise invalid_range("Limit should be greater than or equal to zero.")
    start = max(offset or 0, 0)
    end = None if limit is None else start + limit
    if range_header and (match := RANGE.fullmatch(range_header.strip())):
        first = int(match[1])
        last = int(match[2]) if match[2] else None
        if last is not None and last < first:
            details = "The lower boundary must be lower than or equal to the upper boundary in the Range header."
            raise invalid_range(details)
        start = max(start, first)
        if last is not None:
            end = last + 1 if end is None else min(end, last + 1)
    return Window(start, None if end is None else max(end - start, 0))


def range_status(offset: int, shown: int, total: int | None) -> int:
    """Return 200, 206 when there is more than is shown, or 416 when the offset is past the end."""
    if total is None:
        return 200
    if offset > total:
        return 416
    return 206 if shown < total else 200


def content_range(first: int, last: int, total: int | None) -> str:
    """Return the ``Content-Range`` header for rows ``first`` to ``last``, counted from 0; ``*`` for no rows."""
    rows = f"{first}-{last}" if first <= last and total != 0 else "*"
    return f"{rows}/{'*' if total is None else total}"


def invalid_offset(offset: int, total: int) -> RestError:
    """Return PGRST103 for an offset past the last row."""
    error = invalid_range(f"An offset of {offset} was requested, but there are only {total} rows.")
    error.headers = {"Content-Range": content_range(1, 0, total)}
    return error
