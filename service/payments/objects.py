"""Reading Stripe's objects, as received: a field that is missing or of another type reads as None, never as an error.

What goes into the database is short and clean; the event's bytes are kept as they came.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

Json = dict[str, Any]

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What a Postgres text or jsonb cannot hold: NUL, and halves of surrogate pairs."""

_LONGEST_TEXT = 500


def value(thing: Any, *path: str) -> Any:
    """What lies below `path`, or None."""
    for name in path:
        thing = thing.get(name) if isinstance(thing, dict) else None
    return thing


def text(thing: Any, *path: str) -> str | None:
    """A text, without what the database cannot hold; None when there is none or it is empty."""
    found = value(thing, *path)
    return (_UNSTORABLE.sub("", found)[:_LONGEST_TEXT] or None) if isinstance(found, str) else None


def number(thing: Any, *path: str) -> int | None:
    """A whole number: minor units of money, or seconds since 1970."""
    found = value(thing, *path)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def flag(thing: Any, *path: str) -> bool:
    """Whether the field is true."""
    return value(thing, *path) is True


def reference(thing: Any, *path: str) -> str | None:
    """The id of another object, which Stripe gives as an id or, when expanded, as a whole."""
    found = value(thing, *path)
    return text(found, "id") if isinstance(found, dict) else text(thing, *path)


def our_id(thing: Any, name: str) -> str | None:
    """One of our own ids from the metadata that we gave to Stripe; None for what is not ours."""
    try:
        return str(UUID(text(thing, "metadata", name) or ""))
    except ValueError:
        return None
