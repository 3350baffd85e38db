"""A factory that can make a row of any table of schema public, from the catalog alone."""

from __future__ import annotations

import random
import uuid
from typing import Any

from psycopg import Connection, sql

from tests.database.catalog import Catalog, Column

NOT_FILLED = {"deleted_at", "deleted_by", "deactivated_at", "processed_at"}
"""What marks a row as gone or done stays empty."""

FRESH_PARENTS = {("contact_tags", "tags")}
"""(table, parent): a row that is nothing but a pair of keys needs a parent of its own, or it would be there twice."""

WORDS = {"email": "{}@example.test", "timezone": "America/Denver"}
"""Contents of text columns that have a shape, by the column's name; {} is different each time."""


class RowFactory:
    """Makes rows of one company; parents that a foreign key needs are made first and shared by all rows."""

    def __init__(
        self, connection: Connection[tuple[Any, ...]], catalog: Catalog, tenant_id: uuid.UUID, person: uuid.UUID
    ) -> None:
        """``person`` is a member of the company; keys to people point at this one."""
        self.connection = connection
        self.catalog = catalog
        self.tenant_id = tenant_id
        self.person = person
        self.known: dict[str, dict[str, Any]] = {}

    def row(self, table: str) -> dict[str, Any]:
        """Return the company's one row of a table, made at the first call."""
        if table not in self.known:
            self.known[table] = self.insert(table)
        return self.known[table]

    def adopt(self, table: str) -> None:
        """Take a row that the company has already for its one row of a table, where it has one."""
        statement = sql.SQL("select * from {} where tenant_id = %s order by created_at desc limit 1")
        cursor = self.connection.execute(statement.format(sql.Identifier("public", table)), [self.tenant_id])
        found = cursor.fetchone()
        if found is not None:
            self.known[table] = dict(zip([column.name for column in cursor.description or []], found, strict=True))

    def insert(self, table: str) -> dict[str, Any]:
        """Insert a new row (by a connection whose triggers are off) and return its values by column."""
        values = self.values(table)
        statement = sql.SQL("insert into {} ({}) values ({}) returning *").format(
            sql.Identifier("public", table),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join(sql.Placeholder() * len(values)),
        )
        cursor = self.connection.execute(statement, list(values.values()))
        names = [column.name for column in cursor.description or []]
        inserted = cursor.fetchone()
        assert inserted is not None
        return dict(zip(names, inserted, strict=True))

    def values(self, table: str) -> dict[str, Any]:
        """Return values for a new row: the company, its shared parents, and made-up content."""
        values: dict[str, Any] = {"id": uuid.uuid4(), "tenant_id": self.tenant_id}
        for key in self.catalog.foreign_keys:
            if key.table == table and key.columns != ("tenant_id",):
                values |= self.parent_values(key.columns, key.parent, key.parent_columns, table)
        for column in self.catalog.columns(table):
            if column.name not in values and column.name not in NOT_FILLED:
                self.fill(values, column)
        if table == "attachments":
            self.upload(f"{self.tenant_id}/{values['id']}")
        return values

    def upload(self, path: str) -> None:
        """Make what Storage keeps of an uploaded file, without which there is no attachment."""
        self.connection.execute(
            "insert into storage.objects (bucket_id, name, metadata) "
            'values (\'attachments\', %s, \'{"size": 5, "mimetype": "text/plain"}\')',
            [path],
        )

    def parent_values(
        self, columns: tuple[str, ...], parent: str, parent_columns: tuple[str, ...], table: str
    ) -> dict[str, Any]:
        """Return the values of a foreign key's columns."""
        if columns[-1] in NOT_FILLED:
            return {}
        if parent == "user_profiles" or parent_columns[-1] == "user_id":
            return {columns[-1]: self.person}
        if parent == table or parent not in self.catalog.tenant_tables:
            return {}
        row = self.insert(parent) if (table, parent) in FRESH_PARENTS else self.row(parent)
        return {mine: row[theirs] for mine, theirs in zip(columns, parent_columns, strict=True)}

    def fill(self, values: dict[str, Any], column: Column) -> None:
        """Give a column made-up content where it must or usefully may have some."""
        if column.has_default or not (column.required or column.type == "text"):
            return
        values[column.name] = made_up(column)


def made_up(column: Column) -> Any:
    """Return a value for a column by its type; text columns that are called numbers get telephone numbers."""
    if column.labels:
        return column.labels[0]
    if column.name in WORDS:
        return WORDS[column.name].format(uuid.uuid4().hex[:8])
    if column.type == "e164" or (column.type == "text" and column.name.endswith("_number")):
        return f"+1303555{random.randint(1000, 9999)}"  # noqa: S311
    by_type: dict[str, Any] = {
        "uuid": uuid.uuid4(),
        "text": f"x{uuid.uuid4().hex[:8]}",
        "text[]": [],
        "character": "USD",
        "boolean": False,
        "integer": 1,
        "bigint": 1,
        "jsonb": "{}",
        "bytea": uuid.uuid4().bytes,
        "timestamp with time zone": "2026-03-01 12:00Z",
        "date": "2026-03-01",
        "numeric": 1,
    }
    return by_type[column.type]
