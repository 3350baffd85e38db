"""Which column of which table a view's column comes from, read from the view's stored query tree.

``pg_rewrite.ev_action`` is the text of PostgreSQL's own node tree. Each entry of the outermost target list carries
``resorigtbl`` and ``resorigcol``, the table and column that it passes through unchanged (0 when it is computed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(r"\\.|[{}]", re.DOTALL)
ENTRY_FACTS = re.compile(r":resno (\d+) .*:resorigtbl (\d+) :resorigcol (\d+) :resjunk (true|false)\}\Z", re.DOTALL)
SET_OPERATION = re.compile(r":setOperations \{")
TARGET_DEPTH = 2
"""Braces around an entry of the outermost target list: its own and the query's."""

ColumnId = tuple[int, int]
"""A relation's oid and a column number."""


class ViewColumn(NamedTuple):
    """A view's column number and the column it passes through."""

    number: int
    source: ColumnId


def view_columns(tree: str) -> list[ViewColumn]:
    """Return the columns that a view passes through; none for a union, whose rows have several origins."""
    columns: list[ViewColumn] = []
    for depth, node in _nodes(tree):
        if depth == TARGET_DEPTH and node.startswith("{TARGETENTRY ") and (facts := ENTRY_FACTS.search(node)):
            number, table, column = (int(fact) for fact in facts.groups()[:3])
            if table and column and facts[4] == "false":
                columns.append(ViewColumn(number, (table, column)))
        elif depth == 1 and SET_OPERATION.search(_own_text(node)):
            return []
    return columns


def base_columns(sources: dict[int, list[ViewColumn]]) -> dict[int, dict[int, ColumnId]]:
    """Follow views of views: by view, its column numbers and the table columns that they come from in the end."""
    direct = {view: {column.number: column.source for column in columns} for view, columns in sources.items()}

    def follow(source: ColumnId) -> ColumnId | None:
        table, number = source
        if table not in direct:
            return source
        below = direct[table].get(number)
        return None if below is None else follow(below)

    return {
        view: {number: base for number, source in columns.items() if (base := follow(source))}
        for view, columns in direct.items()
    }


def _nodes(tree: str) -> Iterator[tuple[int, str]]:
    """Yield (depth, text) of every node of the tree, inner ones first; a backslash escapes a brace inside a string."""
    starts: list[int] = []
    for match in TOKEN.finditer(tree):
        if match[0] == "{":
            starts.append(match.start())
        elif match[0] == "}":
            start = starts.pop()
            if len(starts) < TARGET_DEPTH:
                yield len(starts) + 1, tree[start : match.end()]


def _own_text(node: str) -> str:
    """Return a node's text without the nodes inside it, except for their opening braces."""
    parts: list[str] = []
    depth = start = 0
    for match in TOKEN.finditer(node):
        if match[0] == "{":
            if depth == 1:
                parts.append(node[start : match.end()])
            depth += 1
        elif match[0] == "}":
            depth -= 1
            start = match.end()
    return "".join(parts)
