"""Whose policies let them see a row: asked by primary key when the change is delivered, as hosted's walrus does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString

from psycopg import AsyncConnection, sql
from psycopg.rows import TupleRow

from supabase_local.realtime.changes.tables import Table
from supabase_local.realtime.pgoutput import RowChange

Person = tuple[str, str]
"""A role and the JSON text of claims: whoever has the same two sees the same rows."""

LOOKUP = sql.SQL("select exists (select from {} where {})")
PREPARE = sql.SQL("prepare {} as {}")
EXECUTE = sql.SQL("execute {} ({})")
ASK: LiteralString = "select realtime.visible_to(%s, %s, %s)"


class Visibility:
    """Asks over one connection, on which it prepares one statement a table."""

    def __init__(self, connection: AsyncConnection[TupleRow]) -> None:
        self._connection = connection
        self._names: dict[str, str] = {}

    async def ask(self, table: Table, change: RowChange, people: Sequence[Person]) -> dict[Person, bool | None]:
        """Return who sees the changed row now; None for those whose policies failed."""
        if not people:
            return {}
        probe = await self._probe(table, change)
        roles, claims = [person[0] for person in people], [person[1] for person in people]
        row = await (await self._connection.execute(ASK, (probe, roles, claims))).fetchone()
        return dict(zip(people, row[0] if row else (), strict=True))

    async def _probe(self, table: Table, change: RowChange) -> str:
        name = await self._prepared(_lookup(table, change))
        key = [change.new.get(column.name, change.old.get(column.name)) for column in table.key()]
        values = sql.SQL(", ").join(sql.Literal(value) for value in key)
        return EXECUTE.format(sql.Identifier(name), values).as_string(self._connection)

    async def _prepared(self, lookup: sql.Composed) -> str:
        text = lookup.as_string(self._connection)
        if text not in self._names:
            name = f"visible_{len(self._names) + 1}"
            await self._connection.execute(PREPARE.format(sql.Identifier(name), lookup))
            self._names[text] = name
        return self._names[text]


def _lookup(table: Table, change: RowChange) -> sql.Composed:
    """Return the query whether a row exists, with the values of its key as parameters."""
    conditions = [
        sql.SQL("{} = {}::{}").format(sql.Identifier(column.name), sql.SQL(f"${number}"), sql.SQL(column.type))
        for number, column in enumerate(table.key(), start=1)
    ]
    relation = sql.Identifier(change.relation.schema, change.relation.table)
    return LOOKUP.format(relation, sql.SQL(" and ").join(conditions))
