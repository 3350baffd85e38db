"""The ``select`` parameter, and the plain lists of names ``columns`` and ``on_conflict``."""

from __future__ import annotations

from supabase_local.rest.errors import RestError
from supabase_local.rest.grammar.fields import read_field
from supabase_local.rest.grammar.scanner import Scanner
from supabase_local.rest.grammar.tree import Embed, Field, SelectColumn, SelectItem

MAXIMUM_DEPTH = 32
"""Embeds inside embeds: more than any screen needs, and far from the limits of the two parsers behind us."""

AGGREGATES = ("avg", "count", "max", "min", "sum")


def parse_select(text: str) -> tuple[SelectItem, ...]:
    """Read ``id,alias:name::text,client!inner(*)``; raises PGRST100 (grammar) and PGRST123 (aggregates)."""
    scanner = Scanner("select parameter", text)
    items = _read_items(scanner, 0)
    scanner.expect_end()
    return items


def parse_names(what: str, text: str) -> tuple[str, ...]:
    """Read a comma-separated list of column names."""
    scanner = Scanner(what, text)
    names = [scanner.name()]
    while not scanner.at_end():
        scanner.skip_blanks()
        scanner.expect(",")
        scanner.skip_blanks()
        names.append(scanner.name())
    return tuple(dict.fromkeys(names))


def _read_items(scanner: Scanner, depth: int) -> tuple[SelectItem, ...]:
    scanner.skip_blanks()
    if scanner.at_end() or scanner.peek() == ")":
        return ()
    items = [_read_item(scanner, depth)]
    while scanner.accept(","):
        items.append(_read_item(scanner, depth))
    return tuple(items)


def _read_item(scanner: Scanner, depth: int) -> SelectItem:
    scanner.skip_blanks()
    if scanner.accept("..."):
        return _read_embed(scanner, None, depth, spread=True)
    if scanner.accept("*"):
        scanner.skip_blanks()
        return SelectColumn(Field("*"))
    alias = _read_alias(scanner)
    if _is_embed(scanner):
        return _read_embed(scanner, alias, depth, spread=False)
    return _read_column(scanner, alias)


def _read_alias(scanner: Scanner) -> str | None:
    start = scanner.position
    name = scanner.name()
    if scanner.looking_at(":") and not scanner.looking_at("::"):
        scanner.position += 1
        return name
    scanner.position = start
    return None


def _is_embed(scanner: Scanner) -> bool:
    """Say whether a relation comes next: a name that ``!`` or ``(`` follows."""
    start = scanner.position
    scanner.skip_blanks()
    name = scanner.name()
    follows = scanner.peek()
    if name == "count" and scanner.looking_at("()"):
        raise _aggregates_refused()
    scanner.position = start
    return follows in ("!", "(")


def _read_embed(scanner: Scanner, alias: str | None, depth: int, *, spread: bool) -> Embed:
    if depth >= MAXIMUM_DEPTH:
        scanner.fail(f"at most {MAXIMUM_DEPTH} levels of embedding")
    scanner.skip_blanks()
    relation = scanner.name()
    hint, join = _read_embed_options(scanner)
    scanner.expect("(")
    items = _read_items(scanner, depth + 1)
    scanner.expect(")")
    scanner.skip_blanks()
    return Embed(relation, alias, hint, join, spread, items)


def _read_embed_options(scanner: Scanner) -> tuple[str | None, str | None]:
    """Read ``!hint``, ``!inner`` and ``!left`` in either order, each at most once."""
    hint: str | None = None
    join: str | None = None
    for _ in range(2):
        if not scanner.accept("!"):
            break
        option = scanner.name()
        if option in ("inner", "left"):
            join = join or option
        else:
            hint = hint or option
    return hint, join


def _read_column(scanner: Scanner, alias: str | None) -> SelectColumn:
    field = read_field(scanner)
    cast = scanner.identifier() if scanner.accept("::") else None
    if scanner.accept("."):
        _refuse_aggregate(scanner)
    if not scanner.at_end() and scanner.peek() not in ",)":
        scanner.fail('letter, digit, "-", "->>", "->", "::", ")", "," or end of input')
    return SelectColumn(field, cast, alias)


def _refuse_aggregate(scanner: Scanner) -> None:
    for function in AGGREGATES:
        if scanner.accept(f"{function}()"):
            raise _aggregates_refused()
    scanner.fail("aggregate function (avg, count, max, min, sum)")


def _aggregates_refused() -> RestError:
    """Return what hosted Supabase says: aggregates are off there by default."""
    return RestError(400, "PGRST123", "Use of aggregate functions is not allowed")
