"""The pieces of SQL text: quoted identifiers, bound values, type names."""

from __future__ import annotations

from collections.abc import Iterable

from supabase_local.rest.catalog.model import Name

TYPE_WORDS = frozenset(
    (
        "bigint",
        "bit",
        "bit varying",
        "boolean",
        "char",
        "character",
        "character varying",
        "date",
        "dec",
        "decimal",
        "double precision",
        "float",
        "int",
        "integer",
        "interval",
        "json",
        "numeric",
        "real",
        "smallint",
        "time",
        "time with time zone",
        "time without time zone",
        "timestamp",
        "timestamp with time zone",
        "timestamp without time zone",
        "varchar",
    )
)
"""Type names that SQL spells in its own grammar: quoted, they would mean something else or nothing."""


class Binds:
    """The values of one statement, in the order of their placeholders."""

    def __init__(self) -> None:
        self.values: list[str | None] = []

    def add(self, value: str | None) -> str:
        """Keep a value and return its placeholder; PostgreSQL infers the type from where it stands."""
        self.values.append(value)
        return f"${len(self.values)}"


def quote(identifier: str) -> str:
    """Return an identifier in double quotes."""
    return '"' + identifier.replace('"', '""') + '"'


def qualified(name: Name) -> str:
    """Return a schema-qualified name, quoted."""
    return f"{quote(name.schema)}.{quote(name.name)}"


def column(alias: str, name: str) -> str:
    """Return a column of a relation by the relation's alias; ``*`` is all columns."""
    return f"{quote(alias)}.*" if name == "*" else f"{quote(alias)}.{quote(name)}"


def comma(parts: Iterable[str]) -> str:
    """Join parts of a list."""
    return ", ".join(parts)


def type_name(name: str) -> str:
    """Return a type for a cast: a spelling of SQL itself, or else a quoted name, folded as unquoted names are."""
    folded = " ".join(name.lower().split())
    return folded if folded in TYPE_WORDS else quote(folded)


def array_literal(values: Iterable[str]) -> str:
    """Return the text of a PostgreSQL array, to be bound as one value."""
    escaped = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in escaped) + "}"
