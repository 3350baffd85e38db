"""The whole query string: which parameter is what, and to which embedded relation it belongs."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from supabase_local.rest.errors import RestError, zero_byte
from supabase_local.rest.grammar.fields import read_json_path
from supabase_local.rest.grammar.filters import has_operator, parse_logic, parse_operation
from supabase_local.rest.grammar.order import parse_order
from supabase_local.rest.grammar.scanner import Scanner
from supabase_local.rest.grammar.select import parse_names, parse_select
from supabase_local.rest.grammar.tree import ALL_COLUMNS, Condition, Field, Filter, OrderTerm, Path, Query

Pair = tuple[str, str]

UNEMBEDDED = ("select", "columns", "on_conflict")
RESERVED = (*UNEMBEDDED, "order", "limit", "offset", "and", "or")
LARGEST_COUNT = 2**63 - 1
"""What PostgreSQL takes for LIMIT and OFFSET; a larger number means the same."""


def split_query(raw: bytes) -> list[Pair]:
    """Split a query string into names and values; raises PGRST100 when it is not UTF-8."""
    pairs: list[Pair] = []
    for part in raw.split(b"&"):
        name, equals, value = part.partition(b"=")
        if equals:
            pairs.append((_decode(name), _decode(value)))
    return pairs


def parse_query(pairs: list[Pair], *, function_arguments: bool = False) -> Query:
    """Read the parameters of a request.

    With ``function_arguments`` (GET on a function) a parameter without an operator is an argument of the function.
    Raises PGRST100 for everything that does not follow the grammar.
    """
    parts = _Parts()
    for key, value in pairs:
        if function_arguments and _is_argument(key, value):
            parts.arguments.append((key, value))
        elif key not in UNEMBEDDED:
            parts.add(key, value)
    named = dict(reversed(pairs))
    return Query(
        select=parse_select(named["select"]) if "select" in named else ALL_COLUMNS,
        filters=tuple(parts.filters),
        orders=tuple(parts.orders),
        limits=parts.limits,
        offsets=parts.offsets,
        columns=parse_names("columns parameter", named["columns"]) if "columns" in named else None,
        on_conflict=parse_names("on_conflict parameter", named["on_conflict"]) if "on_conflict" in named else None,
        arguments=tuple(parts.arguments),
    )


@dataclass(slots=True)
class _Parts:
    """What was read so far."""

    filters: list[tuple[Path, Condition]] = field(default_factory=list)
    orders: list[tuple[Path, tuple[OrderTerm, ...]]] = field(default_factory=list)
    limits: dict[Path, int] = field(default_factory=dict)
    offsets: dict[Path, int] = field(default_factory=dict)
    arguments: list[Pair] = field(default_factory=list)

    def add(self, key: str, value: str) -> None:
        """Read a parameter that the last word of its name explains: an order, a limit, logic, or else a filter."""
        match key.rsplit(".", 1)[-1]:
            case "order":
                self.orders.append((_parent_path(key), parse_order(value)))
            case "limit":
                _note_number(self.limits, key, value)
            case "offset":
                _note_number(self.offsets, key, value)
            case "and" | "or":
                self.filters.append(_read_logic(key, value))
            case _:
                self.filters.append(_read_filter(key, value))


def _is_argument(key: str, value: str) -> bool:
    return key not in RESERVED and "." not in key and not has_operator(value)


def _decode(raw: bytes) -> str:
    try:
        text = unquote_plus(raw.decode("utf-8"), errors="strict")
    except UnicodeDecodeError as error:
        raise RestError(400, "PGRST100", "The query string is not valid UTF-8") from error
    if "\0" in text:
        raise zero_byte()
    return text


def _note_number(numbers: dict[Path, int], key: str, value: str) -> None:
    """Keep a limit or offset; PostgREST ignores what is no number."""
    digits = value.strip().removeprefix("-")
    if digits.isascii() and digits.isdigit():
        number = LARGEST_COUNT if len(digits) > 18 else int(digits)
        numbers[_parent_path(key)] = -number if value.strip().startswith("-") else number


def _read_names(scanner: Scanner) -> list[str]:
    names = [scanner.name()]
    while scanner.accept("."):
        names.append(scanner.name())
    return names


def _parent_path(key: str) -> Path:
    scanner = Scanner("tree path", key)
    names = _read_names(scanner)
    scanner.expect_end()
    return tuple(names[:-1])


def _read_filter(key: str, value: str) -> tuple[Path, Filter]:
    scanner = Scanner("tree path", key)
    names = _read_names(scanner)
    arrows = read_json_path(scanner)
    scanner.expect_end()
    negated, operation = parse_operation(value)
    return tuple(names[:-1]), Filter(Field(names[-1], arrows), negated, operation)


def _read_logic(key: str, value: str) -> tuple[Path, Condition]:
    scanner = Scanner("logic path", key)
    names = _read_names(scanner)
    scanner.expect_end()
    negated = len(names) > 1 and names[-2] == "not"
    path = names[: -2 if negated else -1]
    return tuple(path), parse_logic(names[-1], negated, value)
