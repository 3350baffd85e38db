"""The plan of a read: the request's tree with every relation found."""

from __future__ import annotations

from dataclasses import dataclass, field

from supabase_local.rest.catalog.model import Name, Relationship, Table
from supabase_local.rest.grammar.tree import Condition, OrderTerm, SelectColumn


@dataclass(slots=True)
class Node:
    """One relation of the answer: the root, or an embedded one with the way that leads to it."""

    label: str
    """Its key in the answer, by which filters address it."""
    table: Table | None
    """None when the rows come from a function that returns no table's rows."""
    alias: str
    """The SQL name of the relation inside its own query."""
    relationship: Relationship | None = None
    parent_alias: str = ""
    outer_alias: str = ""
    """The SQL name of the whole embedded query in the parent's."""
    inner: bool = False
    spread: bool = False
    columns: list[SelectColumn] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    order: tuple[OrderTerm, ...] = ()
    limit: int | None = None
    offset: int = 0

    @property
    def to_one(self) -> bool:
        """Say whether at most one row of this relation belongs to each row of the parent."""
        return self.relationship is not None and self.relationship.to_one

    @property
    def silent(self) -> bool:
        """Say whether nothing of it is shown: ``client!inner()`` only filters its parent."""
        return not self.columns and all(child.silent for child in self.children)

    def child(self, label: str) -> Node | None:
        """Return the embedded relation of that label."""
        return next((child for child in self.children if child.label == label), None)

    def is_json(self, column: str) -> bool:
        """Say whether a column is json or jsonb, so that its arrows need no conversion."""
        return self.column_type(column) in ("json", "jsonb")

    def column_type(self, column: str) -> str | None:
        """Return the type of a column of the table, None if it is not one (a computed column, a function's result)."""
        found = self.table.columns.get(column) if self.table else None
        return found.type if found else None

    def needed_columns(self) -> list[str]:
        """Return the columns of the root that the rest of the query reads, ``*`` if all: a RETURNING list.

        Only these, because returning a column needs the right to select it.
        """
        names = [column.field.name for column in self.columns]
        names += [term.field.name for term in self.order if not term.relation]
        for child in self.children:
            names += _origin_columns(child.relationship)
        return ["*"] if "*" in names else list(dict.fromkeys(names))


def _origin_columns(relationship: Relationship | None) -> list[str]:
    if relationship is None:
        return []
    if relationship.function:
        return ["*"]
    if relationship.junction:
        return [own for own, _ in relationship.junction.origin_columns]
    return [own for own, _ in relationship.columns]


def function_result(name: Name) -> Node:
    """Return the root over a function's result that belongs to no table."""
    return Node(name.name, None, name.name)
