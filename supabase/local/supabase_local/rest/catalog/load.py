"""Reading the catalog of the database into the schema cache."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection, AsyncRawCursor
from psycopg.rows import TupleRow

from supabase_local.rest.catalog import queries
from supabase_local.rest.catalog.model import Catalog, Column, Function, Name, Parameter, Relationship, Table
from supabase_local.rest.catalog.relationships import ForeignKey, computed, derive, exposures
from supabase_local.rest.catalog.views import ColumnId, base_columns, view_columns

Rows = list[TupleRow]
Views = dict[int, dict[int, ColumnId]]
"""By view's oid: column number and the base column that it shows."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows of one reading of the catalog, by query."""

    tables: Rows
    columns: Rows
    keys: Rows
    views: Rows
    functions: Rows
    role_settings: Rows


async def load_catalog(connection: AsyncConnection[TupleRow], schemas: Sequence[str], generation: int) -> Catalog:
    """Read everything in one snapshot; ``schemas`` are the exposed ones, whose tables and functions are kept."""
    async with connection.transaction():
        cursor = AsyncRawCursor(connection)
        await cursor.execute("set transaction isolation level repeatable read read only")
        await cursor.execute("set local search_path = ''")
        reading = Reading(
            tables=await _fetch(cursor, queries.TABLES),
            columns=await _fetch(cursor, queries.COLUMNS),
            keys=await _fetch(cursor, queries.KEYS),
            views=await _fetch(cursor, queries.VIEWS),
            functions=await _fetch(cursor, queries.FUNCTIONS, [list(schemas)]),
            role_settings=await _fetch(cursor, queries.ROLE_SETTINGS),
        )
    return _assemble(reading, set(schemas), generation)


async def _fetch(cursor: AsyncRawCursor[TupleRow], query: str, parameters: Sequence[Any] = ()) -> Rows:
    await cursor.execute(query.encode(), parameters)
    return await cursor.fetchall()


def _assemble(reading: Reading, schemas: set[str], generation: int) -> Catalog:
    names: dict[ColumnId, str] = {(row[0], row[1]): row[2] for row in reading.columns}
    views = base_columns({oid: view_columns(tree) for oid, tree in reading.views})
    tables = _tables(reading, _primary_keys(reading.keys, names, views))
    functions = [_function(row, tables) for row in reading.functions]
    relationships = derive(_foreign_keys(reading.keys), exposures(tables, names, views))
    relationships += computed(functions)
    return Catalog(
        generation,
        {table.id: table for table in tables.values() if table.id.schema in schemas},
        _by_origin(relationships),
        _by_name(functions),
        _role_settings(reading.role_settings),
    )


def _tables(reading: Reading, primary: dict[int, tuple[str, ...]]) -> dict[int, Table]:
    columns: dict[int, dict[str, Column]] = defaultdict(dict)
    for oid, _, name, type_name, default in reading.columns:
        columns[oid][name] = Column(name, type_name, default)
    tables: dict[int, Table] = {}
    for oid, schema, name, is_view, *allowed in reading.tables:
        writes = frozenset(verb for verb, may in zip(("INSERT", "UPDATE", "DELETE"), allowed, strict=True) if may)
        tables[oid] = Table(oid, Name(schema, name), is_view, columns[oid], primary.get(oid, ()), writes)
    return tables


def _primary_keys(rows: Rows, numbers: dict[ColumnId, str], views: Views) -> dict[int, tuple[str, ...]]:
    """Return primary keys by oid; a view has its base table's when it shows all of its columns."""
    keys = {table: tuple(columns) for _, kind, table, _, columns, _ in rows if kind == "p"}
    primary = {table: tuple(numbers[table, number] for number in columns) for table, columns in keys.items()}
    for view, columns in views.items():
        shown = {base: number for number, base in reversed(columns.items())}
        for table in {base[0] for base in shown}:
            wanted = [(table, number) for number in keys.get(table, ())]
            if wanted and all(base in shown for base in wanted):
                primary.setdefault(view, tuple(numbers[view, shown[base]] for base in wanted))
    return primary


def _foreign_keys(rows: Rows) -> list[ForeignKey]:
    unique = {(table, frozenset(columns)) for _, kind, table, _, columns, _ in rows if kind in ("p", "u")}
    return [
        ForeignKey(name, table, tuple(columns), other, tuple(others), (table, frozenset(columns)) in unique)
        for name, kind, table, other, columns, others in rows
        if kind == "f"
    ]


def _function(row: TupleRow, tables: dict[int, Table]) -> Function:
    schema, name, names, types, modes, defaults, returns_set, returns_rows, returns_void, row_type, taken = row[:11]
    names = names or [""] * len(types)
    modes = modes or ["i"] * len(types)
    inputs = [index for index, mode in enumerate(modes) if mode in ("i", "b", "v")]
    required = len(inputs) - defaults
    parameters = tuple(
        Parameter(names[index], types[index], position < required, modes[index] == "v")
        for position, index in enumerate(inputs)
    )
    return Function(
        Name(schema, name),
        parameters,
        returns_set,
        returns_rows,
        returns_void,
        tables[row_type].id if row_type in tables else None,
        tables[taken].id if taken in tables else None,
        volatile=row[11],
    )


def _by_origin(relationships: list[Relationship]) -> dict[Name, list[Relationship]]:
    grouped: dict[Name, list[Relationship]] = defaultdict(list)
    for relationship in relationships:
        grouped[relationship.origin].append(relationship)
    return dict(grouped)


def _by_name(functions: list[Function]) -> dict[Name, list[Function]]:
    grouped: dict[Name, list[Function]] = defaultdict(list)
    for function in functions:
        grouped[function.id].append(function)
    return dict(grouped)


def _role_settings(rows: Rows) -> dict[str, dict[str, str]]:
    settings: dict[str, dict[str, str]] = defaultdict(dict)
    for role, name, value in rows:
        settings[role][name] = value
    return dict(settings)
