"""Filters as SQL: values are compared by PostgreSQL, as the column's own type."""

from __future__ import annotations

from psycopg import sql

from supabase_local.realtime.changes.filters import COMPARISONS, Filter
from supabase_local.realtime.changes.tables import Column


def condition(
    operator: str, negated: bool, column: Column, left: sql.Composable, right: sql.Composable
) -> sql.Composed:
    """Return the condition ``left operator right`` where both sides are text to be read as the column's type.

    Null where either side is, as in SQL: such a row does not match, negated or not.
    """
    kind = sql.SQL(column.type)
    if operator == "in":
        test = sql.SQL("{}::{} = any({}::{}[])").format(left, kind, right, kind)
    else:
        test = sql.SQL("{}::{} {} {}::{}").format(left, kind, sql.SQL(COMPARISONS[operator]), right, kind)
    return sql.SQL("not ({})").format(test) if negated else sql.SQL("({})").format(test)


def matches_keyword(item: Filter, value: str | None) -> bool:
    """Tell whether a value satisfies an ``is`` filter: null, true, false or unknown."""
    matches = {"null": value is None, "unknown": value is None, "true": value == "t", "false": value == "f"}
    return matches[item.value] is not item.negated
