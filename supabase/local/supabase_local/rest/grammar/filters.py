"""Filters: ``column=eq.5``, ``column=not.in.(1,2)``, ``or=(a.gt.1,and(b.is.null,c.like.x*))``."""

from __future__ import annotations

from supabase_local.rest.grammar.fields import read_field
from supabase_local.rest.grammar.scanner import Scanner
from supabase_local.rest.grammar.tree import (
    Compare,
    Condition,
    Filter,
    FullText,
    InList,
    Is,
    IsDistinct,
    Logic,
    Operation,
)

MAXIMUM_DEPTH = 64

QUANTIFIED = ("eq", "gte", "gt", "lte", "lt", "like", "ilike", "match", "imatch")
"""Operators that take ``(any)`` and ``(all)``."""
COMPARISONS = (*QUANTIFIED, "neq", "cs", "cd", "ov", "sl", "sr", "nxr", "nxl", "adj")
FULL_TEXT = ("fts", "plfts", "phfts", "wfts")
IS_WORDS = ("null", "not_null", "true", "false", "unknown")


def parse_operation(text: str) -> tuple[bool, Operation]:
    """Read the value of a filter parameter: whether it is negated, and the operation."""
    scanner = Scanner("filter", text)
    negated, operation = _read_operation(scanner, nested=False)
    scanner.expect_end()
    return negated, operation


def parse_logic(operator: str, negated: bool, text: str) -> Logic:
    """Read the value of ``and=(...)``, ``or=(...)`` and their negations."""
    scanner = Scanner("logic tree", text)
    children = _read_children(scanner, 0)
    scanner.expect_end()
    return Logic(operator, negated, children)


def has_operator(text: str) -> bool:
    """Say whether the value of a parameter is a filter; a GET on a function has plain arguments beside filters."""
    word = text.split(".", 1)[0]
    if word in ("not", "is", "in", "isdistinct") and "." in text:
        return True
    return word.split("(", 1)[0] in (*COMPARISONS, *FULL_TEXT) and "." in text


def _read_children(scanner: Scanner, depth: int) -> tuple[Condition, ...]:
    if depth >= MAXIMUM_DEPTH:
        scanner.fail(f"at most {MAXIMUM_DEPTH} levels of logic")
    scanner.skip_blanks()
    scanner.expect("(")
    children = [_read_condition(scanner, depth)]
    while scanner.accept(","):
        children.append(_read_condition(scanner, depth))
    scanner.expect(")")
    scanner.skip_blanks()
    return tuple(children)


def _read_condition(scanner: Scanner, depth: int) -> Condition:
    scanner.skip_blanks()
    for prefix, negated in (("not.", True), ("", False)):
        for operator in ("and", "or"):
            if scanner.looking_at(f"{prefix}{operator}("):
                scanner.accept(prefix + operator)
                return Logic(operator, negated, _read_children(scanner, depth + 1))
    field = read_field(scanner)
    scanner.expect(".")
    negated, operation = _read_operation(scanner, nested=True)
    return Filter(field, negated, operation)


def _read_operation(scanner: Scanner, *, nested: bool) -> tuple[bool, Operation]:
    """Read ``not.eq.5``; ``nested`` values end at a comma or a closing parenthesis."""
    negated = scanner.accept("not.")
    start = scanner.position
    word = scanner.take_until(".(")
    if word == "in":
        scanner.expect(".")
        return negated, InList(_read_list(scanner))
    if word == "is":
        scanner.expect(".")
        return negated, _read_is(scanner)
    if word == "isdistinct":
        scanner.expect(".")
        return negated, IsDistinct(_read_value(scanner, nested))
    if word in FULL_TEXT:
        return negated, _read_full_text(scanner, word, nested)
    if word not in COMPARISONS:
        scanner.position = start
        scanner.fail('"not" or operator (eq, gt, ...)')
    return negated, _read_comparison(scanner, word, nested)


def _read_comparison(scanner: Scanner, word: str, nested: bool) -> Compare:
    quantifier = None
    if word in QUANTIFIED and scanner.accept("("):
        quantifier = "any" if scanner.accept("any") else "all" if scanner.accept("all") else scanner.fail("any or all")
        scanner.expect(")")
    scanner.expect(".")
    return Compare(word, _read_value(scanner, nested), quantifier)


def _read_full_text(scanner: Scanner, word: str, nested: bool) -> FullText:
    language = None
    if scanner.accept("("):
        language = scanner.identifier()
        scanner.expect(")")
    scanner.expect(".")
    return FullText(word, language, _read_value(scanner, nested))


def _read_is(scanner: Scanner) -> Is:
    start = scanner.position
    word = scanner.identifier("null or trilean value (unknown, true, false)").lower()
    if word not in IS_WORDS:
        scanner.position = start
        scanner.fail("null or trilean value (unknown, true, false)")
    return Is(word)


def _read_list(scanner: Scanner) -> tuple[str, ...]:
    scanner.skip_blanks()
    scanner.expect("(")
    values = [_read_element(scanner)]
    while scanner.accept(","):
        values.append(_read_element(scanner))
    scanner.expect(")")
    scanner.skip_blanks()
    return () if values == [""] else tuple(values)


def _read_element(scanner: Scanner) -> str:
    quoted = scanner.quoted_before(",)")
    return scanner.take_until(",)") if quoted is None else quoted


def _read_value(scanner: Scanner, nested: bool) -> str:
    if not nested:
        return scanner.rest()
    if scanner.peek() == "{" and (array := _read_array(scanner)) is not None:
        return array
    return _read_element(scanner)


def _read_array(scanner: Scanner) -> str | None:
    """Read a PostgreSQL array literal without inner braces, whose commas do not end the value."""
    end = scanner.text.find("}", scanner.position)
    literal = scanner.text[scanner.position : end + 1]
    if end < 0 or "{" in literal[1:]:
        return None
    scanner.position = end + 1
    return literal
