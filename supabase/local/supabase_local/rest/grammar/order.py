"""The ``order`` parameter: ``name.desc.nullslast,client(name)``."""

from __future__ import annotations

from supabase_local.rest.grammar.fields import read_field
from supabase_local.rest.grammar.scanner import Scanner
from supabase_local.rest.grammar.tree import Field, OrderTerm


def parse_order(text: str) -> tuple[OrderTerm, ...]:
    """Read the terms of an order; raises PGRST100."""
    scanner = Scanner("order", text)
    terms = [_read_term(scanner)]
    while scanner.accept(","):
        terms.append(_read_term(scanner))
    scanner.expect_end()
    return tuple(terms)


def _read_term(scanner: Scanner) -> OrderTerm:
    relation, field = _read_target(scanner)
    direction = _read_word(scanner, ("asc", "desc"))
    nulls = _read_word(scanner, ("nullsfirst", "nullslast"))
    scanner.skip_blanks()
    if not scanner.at_end() and scanner.peek() != ",":
        scanner.fail('delimiter (.), "," or end of input')
    return OrderTerm(field, relation, direction, nulls)


def _read_target(scanner: Scanner) -> tuple[str | None, Field]:
    """Read ``column`` or ``relation(column)``."""
    field = read_field(scanner)
    if field.path or not scanner.accept("("):
        return None, field
    inner = read_field(scanner)
    scanner.expect(")")
    return field.name, inner


def _read_word(scanner: Scanner, words: tuple[str, ...]) -> str | None:
    for word in words:
        if scanner.accept(f".{word}"):
            return word
    return None
