"""The ``filter`` of a ``postgres_changes`` binding: ``column=operator.value``, several of them joined by commas.

Grammar and error texts: supabase/realtime, ``Extensions.PostgresCdcRls.Subscriptions``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from supabase_local.realtime.frames import to_json

COMPARISONS: Final = {
    "eq": "=", "neq": "<>", "lt": "<", "lte": "<=", "gt": ">", "gte": ">=",
    "like": "like", "ilike": "ilike", "match": "~", "imatch": "~*", "isdistinct": "is distinct from",
}  # fmt: skip
OPERATORS: Final = frozenset(COMPARISONS) | {"in", "is"}
IS_VALUES: Final = frozenset({"null", "true", "false", "unknown"})


class FilterError(ValueError):
    """A filter, or another part of a binding, that cannot be understood; the text is what the client is told."""


@dataclass(frozen=True)
class Filter:
    """One condition on one column."""

    column: str
    operator: str
    value: str
    """Text as PostgreSQL reads it; for ``in`` an array literal."""
    negated: bool

    def inspect(self) -> str:
        """Write the filter as hosted's messages do."""
        column, operator, value = (to_json(text) for text in (self.column, self.operator, self.value))
        return f"{{{column}, {operator}, {value}, {str(self.negated).lower()}}}"


def parse_filters(text: str) -> tuple[Filter, ...]:
    """Read a filter string; an empty one filters nothing. Raises FilterError."""
    if not text.strip():
        return ()
    return tuple(_parse(segment.strip()) for segment in _split(text.strip()))


def _split(text: str) -> list[str]:
    """Split at the commas that are outside of parentheses and of quoted values."""
    segments, depth, quoted, start, previous = [], 0, False, 0, ""
    position = 0
    while position < len(text):
        character = text[position]
        if quoted:
            if character == "\\":
                position += 1
            quoted = character != '"'
        elif character == '"' and previous in {".", "(", ","}:
            quoted = True
        elif character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif character == "," and depth == 0:
            segments.append(text[start:position])
            start = position + 1
        previous = character
        position += 1
    return [*segments, text[start:]]


def _parse(segment: str) -> Filter:
    if not segment:
        raise _error("filter must not contain empty segments (check for extra commas)")
    column, equals, condition = segment.partition("=")
    if not equals:
        raise _error(f"[{to_json(segment)}]")
    negated = condition.startswith("not.")
    condition = condition.removeprefix("not.")
    operator, dot, value = condition.partition(".")
    if not dot:
        raise _error(f"[{to_json(operator)}]")
    if operator not in OPERATORS:
        raise _error(f"[{to_json(operator)}, {to_json(value)}]")
    return Filter(column, operator, _operand(operator, value), negated)


def _operand(operator: str, value: str) -> str:
    if operator != "in":
        return _unquoted(value)
    if len(value) < 2 or not (value.startswith("(") and value.endswith(")")):
        raise _error("`in` filter value must be wrapped by parentheses")
    return f"{{{value[1:-1]}}}"


def _unquoted(value: str) -> str:
    """Take the quotes off ``"a\\"b"``; a value that is not wholly quoted stays as it is."""
    if not value.startswith('"'):
        return value
    characters: list[str] = []
    position = 1
    while position < len(value):
        if value[position] == '"':
            return "".join(characters) if position == len(value) - 1 else value
        if value[position] == "\\" and position + 1 < len(value):
            position += 1
        characters.append(value[position])
        position += 1
    return value


def _error(reason: str) -> FilterError:
    return FilterError(f"Error parsing `filter` params: {reason}")
