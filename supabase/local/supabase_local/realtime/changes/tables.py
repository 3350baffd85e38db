"""A table as the catalog describes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import LiteralString

from psycopg import AsyncConnection
from psycopg.rows import TupleRow

Connection = AsyncConnection[TupleRow]

COLUMNS: LiteralString = """
    select class.relrowsecurity, attribute.attname, format_type(attribute.atttypid, attribute.atttypmod), type.typname,
           coalesce(attribute.attnum = any((key.indkey::int2[])[0:key.indnkeyatts - 1]), false),
           array(
             select rolname::text from pg_roles
             where rolname = any(%s) and has_column_privilege(pg_roles.oid, class.oid, attribute.attnum, 'select')
           )
    from pg_class class
    join pg_attribute attribute on attribute.attrelid = class.oid and attnum > 0 and not attisdropped
    join pg_type type on type.oid = attribute.atttypid
    left join pg_index key on key.indrelid = class.oid and key.indisprimary
    where class.oid = %s
    order by attribute.attnum
"""


@dataclass(frozen=True)
class Column:
    """One column; ``type`` is what a cast names, ``type_name`` what subscribers are told."""

    name: str
    type: str
    type_name: str
    is_key: bool
    readers: frozenset[str]
    """Those of the roles asked about that may select it."""


@dataclass(frozen=True)
class Table:
    """A table and its columns, in their order."""

    has_rls: bool
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column | None:
        """Find a column."""
        return next((column for column in self.columns if column.name == name), None)

    def key(self) -> list[Column]:
        """The columns of the primary key; empty when there is none."""
        return [column for column in self.columns if column.is_key]


async def describe(connection: Connection, oid: int, roles: Iterable[str]) -> Table | None:
    """Return the table with this oid and what the roles may read of it; None when it has been dropped."""
    rows = await (await connection.execute(COLUMNS, (sorted(set(roles)), oid))).fetchall()
    if not rows:
        return None
    return Table(rows[0][0], tuple(Column(row[1], row[2], row[3], row[4], frozenset(row[5])) for row in rows))
