"""Conditional and partial requests, by the rules of RFC 9110 that S3 follows: one range, no list of ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from starlette.datastructures import Headers

from supabase_local.storage.errors import range_not_satisfiable

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.IGNORECASE)


@dataclass(frozen=True)
class Slice:
    """The bytes of a file to send."""

    start: int
    length: int
    size: int
    """Bytes of the whole file."""

    @property
    def content_range(self) -> str:
        """The header ``Content-Range``."""
        return f"bytes {self.start}-{self.start + self.length - 1}/{self.size}"


def requested_slice(headers: Headers, size: int, etag: str, modified: datetime) -> Slice | None:
    """Return the part that is asked for, or None for the whole. Raises InvalidRange (416).

    What is no range in bytes, or more than one, is ignored. ``If-Range`` with another version asks for the whole.
    """
    match = RANGE.fullmatch(headers.get("range", "").replace(" ", ""))
    if match is None or match[0].endswith("=-") or not _is_current(headers.get("if-range"), etag, modified):
        return None
    first, last = match.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if first and last and int(last) < start:
        return None
    if start >= size:
        raise range_not_satisfiable(size)
    return Slice(start, end - start + 1, size)


def is_unchanged(headers: Headers, etag: str, modified: datetime) -> bool:
    """Tell whether the client has the current version (304): by its ETags, or else by the time of its copy."""
    if (tags := headers.get("if-none-match")) is not None:
        return tags.strip() == "*" or _opaque(etag) in {_opaque(tag) for tag in tags.split(",")}
    since = _moment(headers.get("if-modified-since"))
    return since is not None and modified <= since


def _is_current(condition: str | None, etag: str, modified: datetime) -> bool:
    if condition is None:
        return True
    return condition == etag or _moment(condition) == modified


def _opaque(tag: str) -> str:
    """Return a tag without the mark of weakness: reads compare weakly."""
    return tag.strip().removeprefix("W/")


def _moment(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
