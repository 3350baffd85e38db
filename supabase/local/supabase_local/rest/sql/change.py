"""Insert, update and delete as SQL; each returns only the columns that the rest of the statement reads."""

# ruff: noqa: S608 (composing SQL is what this module does: identifiers quoted, values bound, all else constant)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from supabase_local.rest.catalog.model import Column, Table
from supabase_local.rest.plan.node import Node
from supabase_local.rest.sql.conditions import render_condition
from supabase_local.rest.sql.rows import JsonRows, body_columns, render_rows
from supabase_local.rest.sql.text import Binds, column, comma, qualified, quote

INSERTED = "nullif(current_setting('pgrst.inserted', true), '')"
"""A transaction's own counter of inserted rows: the rows given, less those that an upsert updated."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What an insert does with a row that exists by its ``columns``: update it (``merge``) or leave it."""

    columns: tuple[str, ...]
    merge: bool


def render_insert(
    table: Table, rows: JsonRows, columns: Sequence[Column], conflict: Conflict | None, binds: Binds
) -> str:
    """Return an insert, without its RETURNING."""
    names = comma(quote(one.name) for one in columns)
    counted = f"where {_count('+')} is not null" if conflict and conflict.merge else ""
    return " ".join(
        [
            f"insert into {qualified(table.id)} as {quote(table.id.name)}{f' ({names})' if names else ''}",
            f"select {body_columns(one.name for one in columns)} from {render_rows(rows, columns, binds)} {counted}",
            _render_conflict(columns, conflict),
        ]
    )


def render_update(target: Node, table: Table, rows: JsonRows, columns: Sequence[Column], binds: Binds) -> str:
    """Return an update of the rows that the conditions of ``target`` choose, without its RETURNING."""
    sets = comma(f"{quote(one.name)} = {column('pgrst_body', one.name)}" for one in columns)
    source = render_rows(rows, columns, binds)
    where = _render_where(target, binds)
    return f"update {qualified(table.id)} as {quote(target.alias)} set {sets} from {source} {where}"


def render_delete(target: Node, table: Table, binds: Binds) -> str:
    """Return a delete of the rows that the conditions of ``target`` choose, without its RETURNING."""
    return f"delete from {qualified(table.id)} as {quote(target.alias)} {_render_where(target, binds)}"


def with_returning(statement: str, alias: str, returning: Sequence[str]) -> str:
    """Add the RETURNING list to a change of the relation that is called ``alias`` in it."""
    return f"{statement} returning {comma(column(alias, name) for name in returning) or '1'}"


def render_nothing(table: Table, returning: Sequence[str]) -> str:
    """Return a select without rows: what an update with an empty body comes to."""
    shown = comma(column(table.id.name, name) for name in returning) or "1"
    return f"select {shown} from {qualified(table.id)} as {quote(table.id.name)} where false"


def _render_where(target: Node, binds: Binds) -> str:
    return "where " + " and ".join(render_condition(target, one, binds) for one in target.conditions)


def _render_conflict(columns: Sequence[Column], conflict: Conflict | None) -> str:
    if conflict is None:
        return ""
    target = f"on conflict ({comma(quote(name) for name in conflict.columns)})"
    if not conflict.merge or not columns:
        return f"{target} do nothing"
    sets = comma(f"{quote(one.name)} = excluded.{quote(one.name)}" for one in columns)
    return f"{target} do update set {sets} where {_count('-')} is not null"


def _count(sign: str) -> str:
    """Return an expression that moves the counter; as a condition it always holds."""
    return f"set_config('pgrst.inserted', (coalesce({INSERTED}::int, 0) {sign} 1)::text, true)"
