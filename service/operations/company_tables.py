"""Which tables hold a company's rows, read from the catalog: later ones are exported and erased unasked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from psycopg import sql

from service.operations.operator_database import Connection

SECRET_COLUMNS = {
    "private.tenant_secrets": {"pepper"},
    "public.document_links": {"token_hash"},
    "public.invitations": {"token_hash"},
    "public.twilio_settings": {"account_sid_encrypted", "auth_token_encrypted", "next_auth_token_encrypted"},
}
"""What never leaves the database. A test finds columns that look secret and are neither here nor excused."""

LEFT_BEHIND = {"private.erasure_certificates", "private.files_to_remove"}
"""What speaks of a company and outlives it: the proof of an erasure, and files that Storage has yet to remove."""

_TABLES = """
with ours as (
  select class.oid, namespace.nspname::text as schema, class.relname::text as name,
         array(
           select attribute.attname::text from pg_catalog.pg_attribute as attribute
           where attribute.attrelid = class.oid and attribute.attnum > 0 and not attribute.attisdropped
           order by attribute.attnum
         ) as columns,
         array(
           select attribute.attname::text
           from pg_catalog.pg_index as index
           cross join lateral unnest(index.indkey) with ordinality as key (number, position)
           join pg_catalog.pg_attribute as attribute
             on attribute.attrelid = index.indrelid and attribute.attnum = key.number
           where index.indrelid = class.oid and index.indisprimary
           order by key.position
         ) as key
  from pg_catalog.pg_class as class
  join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
  where namespace.nspname in ('public', 'private') and class.relkind in ('r', 'p') and not class.relispartition
)
select child.schema, child.name, child.columns, child.key, 'tenant_id = {}' as condition
from ours as child
where 'tenant_id' = any (child.columns)
union all
select child.schema, child.name, child.columns, child.key,
       format(
         '%I in (select %I from %I.%I where tenant_id = {})', mine.attname, theirs.attname, parent.schema, parent.name
       )
from ours as child
join pg_catalog.pg_constraint as link
  on link.conrelid = child.oid and link.contype = 'f' and cardinality(link.conkey) = 1
join ours as parent on parent.oid = link.confrelid and 'tenant_id' = any (parent.columns)
join pg_catalog.pg_attribute as mine on mine.attrelid = child.oid and mine.attnum = link.conkey[1]
join pg_catalog.pg_attribute as theirs on theirs.attrelid = parent.oid and theirs.attnum = link.confkey[1]
where not 'tenant_id' = any (child.columns)
order by 1 desc, 2
"""

_KEYS = """
select child.relnamespace::regnamespace || '.' || child.relname,
       parent.relnamespace::regnamespace || '.' || parent.relname
from pg_catalog.pg_constraint as link
join pg_catalog.pg_class as child on child.oid = link.conrelid
join pg_catalog.pg_class as parent on parent.oid = link.confrelid
where link.contype = 'f' and link.conrelid <> link.confrelid
"""


@dataclass(frozen=True)
class Table:
    """A table with a `tenant_id`, or one that is looked into by a condition of its own."""

    schema: str
    name: str
    columns: Sequence[str]
    key: Sequence[str]
    """The primary key: the order of an export."""
    condition: str = "tenant_id = {}"
    """SQL that chooses the company's rows; `{}` stands for its id."""

    @property
    def full_name(self) -> str:
        """`schema.table`."""
        return f"{self.schema}.{self.name}"

    @property
    def identifier(self) -> sql.Identifier:
        """The quoted name."""
        return sql.Identifier(self.schema, self.name)

    @property
    def open_columns(self) -> list[str]:
        """The columns that may leave the database."""
        return [name for name in self.columns if name not in SECRET_COLUMNS.get(self.full_name, set())]

    def where(self, company: sql.Composable) -> sql.Composed:
        """The condition for one company."""
        return sql.SQL(self.condition).format(company)


COMPANY_ITSELF = "id = {}"
ITS_PEOPLE = "id in (select user_id from public.memberships where tenant_id = {})"
"""People belong to themselves: a company's export names those who work or worked for it."""


def company_tables(connection: Connection) -> list[Table]:
    """Every table of ours with rows of a company: with a `tenant_id`, or hanging on one by a plain key."""
    tables = [Table(*row) for row in connection.execute(_TABLES).fetchall()]
    return [table for table in tables if table.full_name not in LEFT_BEHIND]


def exported_tables(connection: Connection) -> list[Table]:
    """As `company_tables`, with the company's own row and its people."""
    return [
        Table("public", "tenants", _columns(connection, "public.tenants"), ["id"], COMPANY_ITSELF),
        Table("public", "user_profiles", _columns(connection, "public.user_profiles"), ["id"], ITS_PEOPLE),
        Table("auth", "users", ["id", "email", "created_at", "last_sign_in_at"], ["id"], ITS_PEOPLE),
        *company_tables(connection),
    ]


def children_first(connection: Connection, tables: Sequence[Table]) -> list[Table]:
    """The tables in an order in which no row is deleted before the rows that point at it."""
    by_name = {table.full_name: table for table in tables}
    order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(by_name, ()))
    for child, parent in connection.execute(_KEYS).fetchall():
        if child in by_name and parent in by_name:
            order.add(parent, child)
    return [by_name[name] for name in order.static_order()]


def _columns(connection: Connection, table: str) -> list[str]:
    rows = connection.execute(
        """
        select attname::text from pg_catalog.pg_attribute
        where attrelid = %s::regclass and attnum > 0 and not attisdropped
        order by attnum
        """,
        [table],
    ).fetchall()
    return [name for (name,) in rows]
