"""Fields: a column name with an optional JSON path."""

from __future__ import annotations

from supabase_local.rest.grammar.scanner import Scanner
from supabase_local.rest.grammar.tree import Arrow, Field

INDEX_ENDS = ("->", "::", ".", ",", ")")


def read_field(scanner: Scanner) -> Field:
    """Read ``column``, ``column->key``, ``column->>0``."""
    scanner.skip_blanks()
    name = scanner.name()
    field = Field(name, read_json_path(scanner))
    scanner.skip_blanks()
    return field


def read_json_path(scanner: Scanner) -> tuple[Arrow, ...]:
    """Read the arrows that follow a column name; none is fine."""
    arrows: list[Arrow] = []
    while scanner.looking_at("->"):
        as_text = scanner.accept("->>") or not scanner.accept("->")
        arrows.append(_read_operand(scanner, as_text))
    return tuple(arrows)


def _read_operand(scanner: Scanner, as_text: bool) -> Arrow:
    start = scanner.position
    sign = "-" if scanner.accept("-") else ""
    digits = _read_digits(scanner)
    if digits and (scanner.at_end() or any(scanner.looking_at(end) for end in INDEX_ENDS)):
        return Arrow(sign + digits, as_text, is_index=True)
    if sign:
        scanner.fail("digit")
    scanner.position = start
    return Arrow(scanner.name(), as_text, is_index=False)


def _read_digits(scanner: Scanner) -> str:
    start = scanner.position
    while (sign := scanner.peek()) and sign in "0123456789":
        scanner.position += 1
    return scanner.text[start : scanner.position]
