"""Building the plan of a read from a query: embeds resolved, filters, orders and limits attached to their relation."""

from __future__ import annotations

from supabase_local.rest.catalog.model import Catalog
from supabase_local.rest.errors import RestError, not_embedded, unsupported
from supabase_local.rest.grammar.tree import Condition, Embed, Filter, Is, Path, Query, SelectItem
from supabase_local.rest.plan.find import find_relationship
from supabase_local.rest.plan.node import Node


def plan_read(catalog: Catalog, root: Node, query: Query, *, root_filters: bool = True) -> Node:
    """Fill ``root`` from the query and return it.

    Without ``root_filters`` (update, delete) the filters on the root are left out: they choose the rows to change, not
    those to show. Raises PGRST108, 118, 120, 200, 201.
    """
    _add_items(catalog, root, query.select, (root.alias,))
    for path, condition in query.filters:
        if path or root_filters:
            _node_at(root, path).conditions.append(condition)
    for path, terms in query.orders:
        _node_at(root, path).order = terms
    for path, limit in query.limits.items():
        # The root's limit is checked with the Range header, where a negative one is an error.
        _node_at(root, path).limit = max(limit, 0) if path else limit
    for path, offset in query.offsets.items():
        _node_at(root, path).offset = max(offset, 0)
    _check(root)
    return root


def limit_rows(node: Node, maximum: int) -> None:
    """Apply the project's ``max_rows`` to the root and to every embedded relation."""
    node.limit = maximum if node.limit is None else min(node.limit, maximum)
    for child in node.children:
        limit_rows(child, maximum)


def _add_items(catalog: Catalog, node: Node, items: tuple[SelectItem, ...], aliases: tuple[str, ...]) -> None:
    for item in items:
        if isinstance(item, Embed):
            node.children.append(_embedded(catalog, node, item, aliases))
        else:
            node.columns.append(item)


def _embedded(catalog: Catalog, parent: Node, embed: Embed, aliases: tuple[str, ...]) -> Node:
    if parent.table is None:
        raise unsupported("embedding from a function that does not return the rows of a table or view")
    relationship = find_relationship(catalog, parent.table.id, embed)
    if embed.spread and not relationship.to_one:
        raise unsupported("spreading a to-many relationship")
    depth = (len(aliases) + 1) // 2  # every level added two names to the root's one
    alias = _free_alias(f"{relationship.target.name}_{depth}", aliases)
    node = Node(
        label=embed.label,
        table=catalog.table(relationship.target),
        alias=alias,
        relationship=relationship,
        parent_alias=parent.alias,
        outer_alias=_free_alias(f"{parent.label}_{embed.label}_{depth}", (*aliases, alias)),
        inner=embed.join == "inner",
        spread=embed.spread,
    )
    _add_items(catalog, node, embed.items, (*aliases, alias, node.outer_alias))
    return node


def _free_alias(wanted: str, taken: tuple[str, ...]) -> str:
    """Return an alias that hides none of the enclosing queries' names."""
    while wanted in taken:
        wanted += "_"
    return wanted


def _node_at(root: Node, path: Path) -> Node:
    node = root
    for label in path:
        child = node.child(label)
        if child is None:
            raise not_embedded(label)
        node = child
    return node


def _check(node: Node) -> None:
    for term in node.order:
        if term.relation is not None:
            _check_related_order(node, term.relation)
    for condition in node.conditions:
        _check_condition(node, condition)
    for child in node.children:
        _check(child)


def _check_related_order(node: Node, label: str) -> None:
    child = node.child(label)
    if child is None:
        raise not_embedded(label)
    if not child.to_one:
        raise RestError(
            400,
            "PGRST118",
            f"A related order on '{label}' is not possible",
            f"'{node.label}' and '{label}' do not form a many-to-one or one-to-one relationship",
        )


def _check_condition(node: Node, condition: Condition) -> None:
    """Refuse other filters than ``is.null`` on the name of an embedded relation."""
    if not isinstance(condition, Filter):
        for child in condition.children:
            _check_condition(node, child)
    elif node.child(condition.field.name) and not _is_null_check(condition):
        raise RestError(
            400,
            "PGRST120",
            f"Bad operator on the '{condition.field.name}' embedded resource",
            "Only is null or not is null filters are allowed on embedded resources",
        )


def _is_null_check(condition: Filter) -> bool:
    return isinstance(condition.operation, Is) and condition.operation.word in ("null", "not_null")
