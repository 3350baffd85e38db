"""The rows of storage.buckets, and what an upload needs to know of its bucket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, LiteralString

import psycopg
from psycopg.errors import ForeignKeyViolation, UniqueViolation

from supabase_local.context import Project
from supabase_local.storage.database import Row, Session
from supabase_local.storage.errors import bucket_not_empty, duplicate, no_such_bucket
from supabase_local.storage.objects import timestamp
from supabase_local.storage.settings import read_settings

FIND: LiteralString = """
select id, name, owner, public, file_size_limit, allowed_mime_types, created_at, updated_at
from storage.buckets
where id = %(id)s
"""
FIND_ALL: LiteralString = """
select id, name, owner, public, file_size_limit, allowed_mime_types, created_at, updated_at
from storage.buckets
where strpos(lower(name), lower(%(search)s)) > 0
{order} limit %(limit)s offset %(offset)s
"""
INSERT: LiteralString = """
insert into storage.buckets (id, name, owner, owner_id, public, file_size_limit, allowed_mime_types)
values (%(id)s, %(name)s, %(owner)s, %(owner_id)s, %(public)s, %(file_size_limit)s, %(allowed_mime_types)s)
"""
DELETE: LiteralString = "delete from storage.buckets where id = %(id)s returning id"
UPDATE: LiteralString = "update storage.buckets set {assignments} where id = %(id)s returning id"
UPDATES: dict[str, LiteralString] = {
    "public": "public = %(public)s",
    "file_size_limit": "file_size_limit = %(file_size_limit)s",
    "allowed_mime_types": "allowed_mime_types = %(allowed_mime_types)s",
}
SORT_COLUMNS: dict[str, LiteralString] = {
    "id": "id",
    "name": "name",
    "created_at": "created_at",
    "updated_at": "updated_at",
}
DECLARE: LiteralString = """
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values (%(id)s, %(id)s, %(public)s, %(file_size_limit)s, %(allowed_mime_types)s)
on conflict (id) do update
set public = excluded.public, file_size_limit = excluded.file_size_limit,
    allowed_mime_types = excluded.allowed_mime_types
"""


@dataclass(frozen=True)
class Page:
    """Which buckets to list, in which order."""

    search: str = ""
    sort_column: str | None = None
    descending: bool = False
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True)
class Rules:
    """What a bucket takes and shows."""

    public: bool
    file_size_limit: int | None
    allowed_mime_types: Sequence[str]


async def find(session: Session, bucket: str) -> Row:
    """Return a bucket's row. Raises NoSuchBucket."""
    row = await session.row(FIND, {"id": bucket})
    if row is None:
        raise no_such_bucket()
    return row


async def rules(session: Session, bucket: str) -> Rules:
    """Return a bucket's rules. Raises NoSuchBucket."""
    row = await find(session, bucket)
    return Rules(bool(row["public"]), row["file_size_limit"], row["allowed_mime_types"] or ())


async def find_all(session: Session, page: Page) -> list[Row]:
    """Return the buckets that the caller may see."""
    direction: LiteralString = "desc" if page.descending else "asc"
    order: LiteralString = "" if page.sort_column is None else f"order by {SORT_COLUMNS[page.sort_column]} {direction}"
    return await session.rows(FIND_ALL.format(order=order), asdict(page))


async def create(session: Session, values: dict[str, Any]) -> None:
    """Insert a bucket; without ``returning``, which would need the right to read. Raises BucketAlreadyExists."""
    try:
        await session.run(INSERT, values)
    except UniqueViolation as error:
        raise duplicate("BucketAlreadyExists") from error


async def update(session: Session, bucket: str, changes: dict[str, Any]) -> None:
    """Change the given columns. Raises NoSuchBucket for one that the caller may not see or change."""
    if not changes:
        return
    assignments = ", ".join(UPDATES[column] for column in UPDATES if column in changes)
    if await session.row(UPDATE.format(assignments=assignments), {**changes, "id": bucket}) is None:
        raise no_such_bucket()


async def delete(session: Session, bucket: str) -> None:
    """Delete an empty bucket; objects that the caller may not see count too. Raises NoSuchBucket, ResourceNotEmpty."""
    try:
        deleted = await session.row(DELETE, {"id": bucket})
    except ForeignKeyViolation as error:
        raise bucket_not_empty() from error
    if deleted is None:
        raise no_such_bucket()


def described(row: Row) -> dict[str, Any]:
    """Return a row as answers show it."""
    return {
        **row,
        "owner": "" if row["owner"] is None else str(row["owner"]),
        "created_at": timestamp(row["created_at"]),
        "updated_at": timestamp(row["updated_at"]),
    }


async def declare_buckets(project: Project, dsn: str) -> None:
    """Make the buckets of ``config.toml``, or bring them up to date, as the CLI does at each start.

    ``dsn`` logs in as the tables' owner, whom policies do not bind. Raises StackError for settings without sense.
    """
    settings = read_settings(project)
    if not settings.enabled or not settings.buckets:
        return
    async with await psycopg.AsyncConnection.connect(dsn) as connection:
        for bucket in settings.buckets:
            await connection.execute(DECLARE, asdict(bucket))
