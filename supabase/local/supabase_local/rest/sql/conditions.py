"""Fields, filters and logic as SQL."""

from __future__ import annotations

from supabase_local.rest.grammar.tree import Compare, Condition, Field, Filter, FullText, InList, Is, IsDistinct
from supabase_local.rest.plan.node import Node
from supabase_local.rest.sql.text import Binds, array_literal, column, quote

OPERATORS = {
    "eq": "=",
    "neq": "<>",
    "gt": ">",
    "gte": ">=",
    "lt": "<",
    "lte": "<=",
    "like": "like",
    "ilike": "ilike",
    "match": "~",
    "imatch": "~*",
    "cs": "@>",
    "cd": "<@",
    "ov": "&&",
    "sl": "<<",
    "sr": ">>",
    "nxr": "&<",
    "nxl": "&>",
    "adj": "-|-",
}
FULL_TEXT_FUNCTIONS = {
    "fts": "to_tsquery",
    "plfts": "plainto_tsquery",
    "phfts": "phraseto_tsquery",
    "wfts": "websearch_to_tsquery",
}
IS_WORDS = {"null": "null", "not_null": "not null", "true": "true", "false": "false", "unknown": "unknown"}


def render_field(node: Node, field: Field, binds: Binds) -> str:
    """Return a column, or a place in a JSON column; other types are taken as JSON first."""
    return render_path(column(node.alias, field.name), node.is_json(field.name), field, binds)


def render_path(base: str, is_json: bool, field: Field, binds: Binds) -> str:
    """Follow a field's JSON path from ``base``."""
    if not field.path:
        return base
    steps = [base if is_json else f"to_jsonb({base})"]
    for arrow in field.path:
        key = binds.add(arrow.key) + ("::int" if arrow.is_index else "::text")
        steps.append(("->>" if arrow.as_text else "->") + key)
    return "".join(steps)


def render_condition(node: Node, condition: Condition, binds: Binds) -> str:
    """Return a filter or a group of filters; a filter on an embedded relation asks whether it has rows."""
    if isinstance(condition, Filter):
        if (child := node.child(condition.field.name)) and isinstance(condition.operation, Is):
            return _render_embed_check(child, condition, condition.operation)
        return render_filter(node, condition, binds)
    inner = f" {condition.operator} ".join(render_condition(node, child, binds) for child in condition.children)
    return f"{'not ' if condition.negated else ''}({inner})"


def render_filter(node: Node, condition: Filter, binds: Binds) -> str:
    """Return one filter on a column."""
    operation = condition.operation
    if isinstance(operation, FullText):
        test = _render_full_text(node, condition.field, operation, binds)
    else:
        test = f"{render_field(node, condition.field, binds)} {_render_operation(operation, binds)}"
    return f"not ({test})" if condition.negated else test


def wants_rows(condition: Filter, operation: Is) -> bool:
    """Say whether a filter on an embedded relation keeps the parents that have rows of it."""
    return (operation.word == "not_null") != condition.negated


def embedded_data(child: Node) -> str:
    """Return the SQL of an embedded relation's result: one row, or the array of rows."""
    return quote(child.outer_alias) if child.to_one else column(child.outer_alias, "data")


def _render_embed_check(child: Node, condition: Filter, operation: Is) -> str:
    # A row is not null only if all its columns are; being distinct from null is what tells a row from none.
    word = "is distinct from" if wants_rows(condition, operation) else "is not distinct from"
    return f"{embedded_data(child)} {word} null"


def _render_operation(operation: Compare | InList | Is | IsDistinct, binds: Binds) -> str:
    match operation:
        case Compare():
            return _render_comparison(operation, binds)
        case InList(values):
            return f"= any({binds.add(array_literal(values))})"
        case Is(word):
            return f"is {IS_WORDS[word]}"
        case IsDistinct(value):
            return f"is distinct from {binds.add(value)}"


def _render_comparison(operation: Compare, binds: Binds) -> str:
    value = operation.value.replace("*", "%") if operation.operator in ("like", "ilike") else operation.value
    bound = binds.add(value)
    if operation.quantifier:
        bound = f"{operation.quantifier}({bound})"
    return f"{OPERATORS[operation.operator]} {bound}"


def _render_full_text(node: Node, field: Field, operation: FullText, binds: Binds) -> str:
    language = f"{binds.add(operation.language)}::regconfig, " if operation.language else ""
    document = render_field(node, field, binds)
    if field.path or node.column_type(field.name) != "tsvector":
        document = f"to_tsvector({language}{document})"
    return f"{document} @@ {FULL_TEXT_FUNCTIONS[operation.operator]}({language}{binds.add(operation.value)})"
