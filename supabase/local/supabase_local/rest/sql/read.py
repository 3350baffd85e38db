"""The plan of a read as SQL: one select, with a lateral join for every embedded relation."""

# ruff: noqa: S608 (composing SQL is what this module does: identifiers quoted, values bound, all else constant)

from __future__ import annotations

from supabase_local.rest.grammar.tree import Condition, Filter, Is, OrderTerm, SelectColumn
from supabase_local.rest.plan.node import Node
from supabase_local.rest.sql.conditions import (
    embedded_data,
    render_condition,
    render_field,
    render_path,
    wants_rows,
)
from supabase_local.rest.sql.text import Binds, column, comma, qualified, quote, type_name

SOURCE = "pgrst_source"
"""The common table expression that holds the rows of a change or of a function."""

ALL_ROWS = f"select * from {SOURCE}"

DIRECTIONS = {"asc": "asc", "desc": "desc", "nullsfirst": "nulls first", "nullslast": "nulls last"}


def render_read(node: Node, binds: Binds, *, source: str | None = None) -> str:
    """Return the query of a node; ``source`` replaces the table of the root."""
    shown = [_render_column(node, item, binds) for item in node.columns]
    shown += [_render_output(child) for child in node.children if not child.silent]
    joins = [_render_join(child, binds) for child in node.children]
    return " ".join(
        [
            f"select {comma(shown)} from {_render_source(node, source)}",
            *joins,
            _render_where([render_condition(node, one, binds) for one in node.conditions] + join_conditions(node)),
            _render_order(node, binds),
            _render_window(node, binds),
        ]
    )


def render_count(node: Node, binds: Binds, *, source: str | None = None) -> str:
    """Return the query of all rows of a node, whatever its limit; only what narrows it is asked."""
    tests = [_render_count_condition(node, condition, binds) for condition in node.conditions]
    tests += [f"exists ({render_count(child, binds)})" for child in node.children if child.inner]
    return f"select 1 from {_render_source(node, source)} {_render_where(tests + join_conditions(node))}"


def join_conditions(node: Node) -> list[str]:
    """Return what ties an embedded relation to its parent's row."""
    relationship = node.relationship
    if relationship is None or relationship.function:
        return []
    parent = node.parent_alias
    if junction := relationship.junction:
        between = _junction_alias(node)
        return [
            *(f"{column(node.alias, end)} = {column(between, own)}" for end, own in junction.target_columns),
            *(f"{column(parent, end)} = {column(between, own)}" for end, own in junction.origin_columns),
        ]
    return [f"{column(node.alias, other)} = {column(parent, own)}" for own, other in relationship.columns]


def _junction_alias(node: Node) -> str:
    return f"{node.outer_alias}_between"


def _render_source(node: Node, source: str | None) -> str:
    relationship = node.relationship
    if source is not None or relationship is None:
        name = source if source is not None else qualified(node.table.id) if node.table else SOURCE
        return f"{name} as {quote(node.alias)}"
    if relationship.function:
        parent = f"{quote(node.parent_alias)}::{qualified(relationship.origin)}"
        return f"{qualified(relationship.function)}({parent}) as {quote(node.alias)}"
    tables = f"{qualified(relationship.target)} as {quote(node.alias)}"
    if relationship.junction:
        tables += f", {qualified(relationship.junction.table)} as {quote(_junction_alias(node))}"
    return tables


def _render_column(node: Node, item: SelectColumn, binds: Binds) -> str:
    rendered = render_field(node, item.field, binds)
    if item.cast:
        rendered = f"cast({rendered} as {type_name(item.cast)})"
    label = item.alias or _default_label(item)
    return f"{rendered} as {quote(label)}" if label else rendered


def _default_label(item: SelectColumn) -> str | None:
    """Name what PostgreSQL would not: a JSON path goes by its last key, a cast by its column."""
    keys = [arrow.key for arrow in item.field.path if not arrow.is_index]
    if item.field.path:
        return keys[-1] if keys else item.field.name
    return item.field.name if item.cast else None


def _render_output(child: Node) -> str:
    """Return the embedded relation as the parent's columns: its own columns when spread, else one JSON value."""
    if child.spread:
        return column(child.outer_alias, "*")
    data = embedded_data(child)
    value = f"row_to_json({data})" if child.to_one else f"coalesce({data}, '[]')"
    return f"{value} as {quote(child.label)}"


def _render_join(child: Node, binds: Binds) -> str:
    rows = render_read(child, binds)
    alias = quote(child.outer_alias)
    if child.to_one:
        condition = "true"
    else:
        rows = f'select json_agg({alias}) as "data" from ({rows}) as {alias}'
        condition = f"{embedded_data(child)} is not null" if child.inner else "true"
    return f"{'inner' if child.inner else 'left'} join lateral ({rows}) as {alias} on {condition}"


def _render_where(tests: list[str]) -> str:
    return f"where {' and '.join(tests)}" if tests else ""


def _render_order(node: Node, binds: Binds) -> str:
    terms = [_render_order_term(node, term, binds) for term in node.order]
    return f"order by {comma(terms)}" if terms else ""


def _render_order_term(node: Node, term: OrderTerm, binds: Binds) -> str:
    child = node.child(term.relation) if term.relation else None
    if child:
        base = column(child.outer_alias, term.field.name)
        rendered = render_path(base, child.is_json(term.field.name), term.field, binds)
    else:
        rendered = render_field(node, term.field, binds)
    return " ".join([rendered, *(DIRECTIONS[word] for word in (term.direction, term.nulls) if word)])


def _render_window(node: Node, binds: Binds) -> str:
    parts = []
    if node.limit is not None:
        parts.append(f"limit {binds.add(str(node.limit))}")
    if node.offset:
        parts.append(f"offset {binds.add(str(node.offset))}")
    return " ".join(parts)


def _render_count_condition(node: Node, condition: Condition, binds: Binds) -> str:
    if not isinstance(condition, Filter):
        tests = [_render_count_condition(node, child, binds) for child in condition.children]
        return f"{'not ' if condition.negated else ''}({f' {condition.operator} '.join(tests)})"
    child = node.child(condition.field.name)
    if child and isinstance(condition.operation, Is):
        exists = f"exists ({render_count(child, binds)})"
        return exists if wants_rows(condition, condition.operation) else f"not {exists}"
    return render_condition(node, condition, binds)
