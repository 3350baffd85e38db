"""Mailpit's search language, as far as it is understood here: words, ``from:``, ``to:`` and ``subject:``."""

from __future__ import annotations

import re

from supabase_local.mailbox.store import Criterion

_TERM = re.compile(r'(?P<not>[-!])?(?:(?P<filter>[a-z-]+):)?(?:"(?P<quoted>[^"]*)"|(?P<word>\S+))')
_COLUMNS = {"from": "sender", "to": "recipients", "subject": "subject"}
_KNOWN_TO_MAILPIT = {
    "addressed", "after", "attachment", "bcc", "before", "cc", "has", "inline", "is", "larger", "message-id",
    "reply-to", "smaller", "tag",
}  # fmt: skip


class UnsupportedSearch(ValueError):  # noqa: N818 - named for what happened
    """The query uses a filter that this mailbox does not have."""


def parse(query: str) -> list[Criterion]:
    """Return the criteria of a query, all of which must hold. Raises UnsupportedSearch naming the filter."""
    criteria = []
    for term in _TERM.finditer(query):
        name, text = term["filter"], term["word"] if term["quoted"] is None else term["quoted"]
        if term["not"]:
            raise UnsupportedSearch("negation")
        if name in _KNOWN_TO_MAILPIT:
            raise UnsupportedSearch(f"{name}:")
        if name is not None and name not in _COLUMNS:
            name, text = None, f"{name}:{text}"
        criteria.append(Criterion(_COLUMNS.get(name or ""), text))
    return criteria
