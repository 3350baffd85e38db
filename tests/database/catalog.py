"""What the database itself says of its tables: tests are generated from it, so that new tables are covered unasked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from psycopg import Connection

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Column:
    """One column: its type as ``format_type`` prints it, and what a row factory must know of it."""

    name: str
    type: str
    required: bool
    has_default: bool
    labels: tuple[str, ...]


@dataclass(frozen=True)
class ForeignKey:
    """A key from ``columns`` of ``table`` to ``parent_columns`` of ``parent`` (both with schema)."""

    table: str
    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...]


class Catalog:
    """Reads the catalog through one connection."""

    def __init__(self, connection: Connection[Row]) -> None:
        self.connection = connection

    def rows(self, query: str, *parameters: object) -> list[Row]:
        """Return all rows of a catalog query."""
        return self.connection.execute(query.encode(), parameters or None).fetchall()

    @cached_property
    def relations(self) -> dict[str, str]:
        """Tables ('r') and views ('v') of schema public by name."""
        found = self.rows(
            "select relname::text, relkind::text from pg_class "
            "where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')"
        )
        return dict(found)

    @cached_property
    def tenant_relations(self) -> list[str]:
        """Names of the tables and views of schema public that have a ``tenant_id``."""
        return sorted(
            name for name in self.relations if any(column.name == "tenant_id" for column in self.columns(name))
        )

    @cached_property
    def tenant_tables(self) -> list[str]:
        """As ``tenant_relations``, without the views."""
        return [name for name in self.tenant_relations if self.relations[name] == "r"]

    def columns(self, relation: str) -> list[Column]:
        """Return the columns of a relation of schema public that a statement may set: none that generate themselves."""
        found = self.rows(
            """
            select attname, format_type(coalesce(nullif(typbasetype, 0), atttypid), null),
                   attnotnull, atthasdef,
                   array(select enumlabel::text from pg_enum where enumtypid = atttypid order by enumsortorder),
                   typname
            from pg_attribute join pg_type on pg_type.oid = atttypid
            where attrelid = ('public.' || %s)::regclass and attnum > 0 and not attisdropped
              and attidentity = '' and attgenerated = ''
            order by attnum
            """,
            relation,
        )
        return [
            Column(name, "e164" if domain == "e164" else kind, required, default, tuple(labels))
            for name, kind, required, default, labels, domain in found
        ]

    def first_label(self, enum: str) -> str:
        """Return the first label of an enum type."""
        found = self.rows(
            "select enumlabel::text from pg_enum where enumtypid = %s::regtype order by enumsortorder", enum
        )
        label: str = found[0][0]
        return label

    @cached_property
    def foreign_keys(self) -> list[ForeignKey]:
        """All foreign keys of tables of schema public."""
        found = self.rows(
            """
            select conrelid::regclass::text, confrelid::regclass::text,
                   array(select attname::text from unnest(conkey) with ordinality as k (n, o)
                         join pg_attribute on attrelid = conrelid and attnum = n order by o),
                   array(select attname::text from unnest(confkey) with ordinality as k (n, o)
                         join pg_attribute on attrelid = confrelid and attnum = n order by o)
            from pg_constraint
            where contype = 'f' and connamespace = 'public'::regnamespace
            """
        )
        return [ForeignKey(table, tuple(columns), parent, tuple(keys)) for table, parent, columns, keys in found]

    def writable_columns(self, role: str, relation: str, verb: str) -> list[str]:
        """Return the columns that ``role`` may insert or update in a table of schema public."""
        return [
            name
            for (name,) in self.rows(
                """
                select attname::text from pg_attribute
                where attrelid = ('public.' || %s)::regclass and attnum > 0 and not attisdropped
                  and has_column_privilege(%s, attrelid, attnum, %s)
                order by attnum
                """,
                relation,
                role,
                verb,
            )
        ]
