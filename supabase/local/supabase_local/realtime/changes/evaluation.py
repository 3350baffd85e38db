"""What one change looks like to PostgreSQL: its values as JSON, and which filters it passes; one query a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from psycopg import AsyncConnection, sql
from psycopg.rows import TupleRow

from supabase_local.realtime.changes.conditions import condition, matches_keyword
from supabase_local.realtime.changes.filters import Filter
from supabase_local.realtime.changes.tables import Column, Table
from supabase_local.realtime.frames import to_json
from supabase_local.realtime.pgoutput import RowChange, Values

JsonValues = dict[str, str]
"""Column name to JSON text."""
Parameter = str | list[str] | None

AS_JSON = sql.SQL("to_jsonb({}::{})::text")
NUMBERED = sql.SQL("array(select number::int from unnest({}::text[]) with ordinality as o (operand, number) where {})")
OPERAND = sql.SQL("o.operand")


@dataclass(frozen=True)
class Evaluation:
    """A change's values, and the filters among those asked about that it passes."""

    new: JsonValues
    old: JsonValues
    passed: frozenset[Filter]


class _Query:
    """A select list under construction, with its parameters in the same order."""

    def __init__(self) -> None:
        self.expressions: list[sql.Composable] = []
        self.parameters: list[Parameter] = []

    def add(self, expression: sql.Composable, *parameters: Parameter) -> int:
        """Add a column and return its index."""
        self.expressions.append(expression)
        self.parameters.extend(parameters)
        return len(self.expressions) - 1


async def evaluate(
    connection: AsyncConnection[TupleRow], table: Table, change: RowChange, filters: Iterable[Filter]
) -> Evaluation:
    """Read a change's values. Columns that the table no longer has are left out, and filters on them do not pass."""
    query = _Query()
    new = _Row(query, table, change.new, {})
    old = _Row(query, table, change.old, new.pending if change.old.items() <= change.new.items() else {})
    tested = change.old if change.action == "DELETE" else change.new
    asked = [item for item in set(filters) if item.column in tested and table.column(item.column) is not None]
    groups = _add_filters(query, table, tested, asked)
    passed = {item for item in asked if item.operator == "is" and matches_keyword(item, tested[item.column])}
    row: TupleRow = ()
    if query.expressions:
        text = sql.SQL("select {}").format(sql.SQL(", ").join(query.expressions))
        row = await (await connection.execute(text, query.parameters)).fetchone() or ()
    for index, members in groups.items():
        passed.update(members[number - 1] for number in row[index])
    return Evaluation(new.values(row), old.values(row), frozenset(passed))


class _Row:
    """The values of one row: some known at once, the rest columns of the query."""

    def __init__(self, query: _Query, table: Table, values: Values, asked_already: dict[str, int]) -> None:
        self._known: JsonValues = {}
        self.pending: dict[str, int] = {}
        for column in table.columns:
            if column.name in values:
                self._add(query, column, values[column.name], asked_already)

    def _add(self, query: _Query, column: Column, value: str | None, asked_already: dict[str, int]) -> None:
        if value is None:
            self._known[column.name] = "null"
        elif column.type == "bytea":
            self._known[column.name] = to_json(value.removeprefix("\\x"))  # as hosted: digits without the prefix
        elif column.name in asked_already:
            self.pending[column.name] = asked_already[column.name]
        else:
            self.pending[column.name] = query.add(AS_JSON.format(sql.Placeholder(), sql.SQL(column.type)), value)

    def values(self, row: TupleRow) -> JsonValues:
        """Return all values, given the query's answer."""
        return self._known | {name: str(row[index]) for name, index in self.pending.items()}


def _add_filters(query: _Query, table: Table, values: Values, filters: list[Filter]) -> dict[int, list[Filter]]:
    """Add one column for each kind of comparison, however many operands it has; return the filters by column index."""
    kinds: dict[tuple[str, str, bool], list[Filter]] = {}
    for item in sorted(filters, key=lambda item: (item.column, item.operator, item.negated, item.value)):
        if item.operator != "is":
            kinds.setdefault((item.column, item.operator, item.negated), []).append(item)
    groups = {}
    for (name, operator, negated), members in kinds.items():
        column = table.column(name)
        if column is not None:
            test = condition(operator, negated, column, sql.Placeholder(), OPERAND)
            operands: list[str] = [item.value for item in members]
            groups[query.add(NUMBERED.format(sql.Placeholder(), test), operands, values[name])] = members
    return groups
