"""The rows of storage.objects: one function a statement. What the caller may not see or do, the policies say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, LiteralString

from psycopg.errors import UniqueViolation
from psycopg.types.json import Jsonb

from supabase_local.storage.database import Row, Session
from supabase_local.storage.errors import duplicate, no_such_object
from supabase_local.storage.files import Received

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
REHEARSED_VERSION = "1"
"""What policies see as version before there is a file, as on hosted."""

FIND: LiteralString = """
select id, bucket_id, name, owner, owner_id, version, metadata, user_metadata, created_at, updated_at, last_accessed_at
from storage.objects
where bucket_id = %(bucket)s and name = %(name)s
"""
FIND_NAMES: LiteralString = "select name from storage.objects where bucket_id = %(bucket)s and name = any(%(names)s)"
LOCK: LiteralString = "select pg_advisory_xact_lock(hashtextextended(%(bucket)s || '/' || %(name)s, 0))"
INSERT: LiteralString = """
insert into storage.objects (bucket_id, name, owner, owner_id, version, metadata, user_metadata)
values (%(bucket)s, %(name)s, %(owner)s, %(owner_id)s, %(version)s, %(metadata)s, %(user_metadata)s)
"""
UPSERT: LiteralString = (
    INSERT
    + """
on conflict (bucket_id, name) do update
set version = excluded.version, metadata = excluded.metadata, user_metadata = excluded.user_metadata,
    owner = coalesce(excluded.owner, objects.owner), owner_id = coalesce(excluded.owner_id, objects.owner_id)
returning *
"""
)
MOVE: LiteralString = """
update storage.objects
set bucket_id = %(new_bucket)s, name = %(new_name)s,
    owner = coalesce(%(owner)s, owner), owner_id = coalesce(%(owner_id)s, owner_id)
where bucket_id = %(bucket)s and name = %(name)s
returning *
"""
DELETE: LiteralString = """
delete from storage.objects
where bucket_id = %(bucket)s and name = any(%(names)s)
returning *
"""
ALL_NAMES: LiteralString = "select name from storage.objects where bucket_id = %(bucket)s"


@dataclass(frozen=True)
class Place:
    """Where an object is: its bucket's id and its name."""

    bucket: str
    name: str

    @property
    def path(self) -> str:
        """The text that URLs and tokens name it by."""
        return f"{self.bucket}/{self.name}"

    @property
    def values(self) -> dict[str, str]:
        """The place as values of a statement."""
        return {"bucket": self.bucket, "name": self.name}


@dataclass(frozen=True)
class Contents:
    """What a row says beside its place."""

    owner: str | None
    metadata: dict[str, Any]
    user_metadata: dict[str, Any] | None
    version: str = REHEARSED_VERSION


def file_metadata(received: Received, mime_type: str, cache_control: str) -> dict[str, Any]:
    """Return the column ``metadata`` of a new file, as storage-api writes it."""
    return {
        "eTag": received.etag,
        "size": received.size,
        "mimetype": mime_type,
        "cacheControl": cache_control,
        "lastModified": timestamp(datetime.now(UTC)),
        "contentLength": received.size,
        "httpStatusCode": 200,
    }


async def find(session: Session, place: Place) -> Row:
    """Return an object's row. Raises NoSuchKey."""
    row = await session.row(FIND, place.values)
    if row is None:
        raise no_such_object()
    return row


async def find_names(session: Session, bucket: str, names: Sequence[str]) -> set[str]:
    """Return which of the names exist."""
    return {row["name"] for row in await session.rows(FIND_NAMES, {"bucket": bucket, "names": list(names)})}


async def rehearse_write(session: Session, place: Place, contents: Contents, upsert: bool) -> None:
    """Write the row as the caller, for the policies' refusals: an upsert needs to select, insert and update.

    Raises AccessDenied, and KeyAlreadyExists for a name that is taken.
    """
    values = _values(place, contents)
    if upsert:
        await session.rows(UPSERT, values)
    else:
        await _insert(session, values)


async def write(session: Session, place: Place, contents: Contents, upsert: bool) -> tuple[Row, str | None]:
    """Write the row; return it, and the version that it replaces. Raises KeyAlreadyExists."""
    await session.rows(LOCK, place.values)
    previous = await session.row(FIND + " for update", place.values)
    if previous is not None and not upsert:
        raise duplicate("KeyAlreadyExists")
    row = await session.row(UPSERT, _values(place, contents))
    if row is None:
        raise no_such_object()  # a trigger of the project's kept the row out
    return row, None if previous is None else previous["version"]


async def move(session: Session, place: Place, target: Place, owner: str | None) -> Row:
    """Give an object another name, in its bucket or another, keeping its file. Raises NoSuchKey and Duplicate."""
    await find(session, place)
    values = {**place.values, "new_bucket": target.bucket, "new_name": target.name, **_owner_values(owner)}
    row = await session.row(MOVE, values)
    if row is None:
        raise no_such_object()
    return row


async def delete(session: Session, bucket: str, names: Sequence[str]) -> list[Row]:
    """Delete the objects that the caller may see and delete; return their rows."""
    return await session.rows(DELETE, {"bucket": bucket, "names": list(names)})


async def all_names(session: Session, bucket: str) -> list[str]:
    """Return the names of all objects of a bucket that the caller may see."""
    return [row["name"] for row in await session.rows(ALL_NAMES, {"bucket": bucket})]


def described(row: Row) -> dict[str, Any]:
    """Return a row as answers show it: no ``null`` where storage-api's schema says text."""
    texts = ("owner", "owner_id", "version")
    moments = ("created_at", "updated_at", "last_accessed_at")
    return {
        **{name: row[name] for name in ("id", "bucket_id", "name", "metadata", "user_metadata")},
        "id": str(row["id"]),
        **{name: "" if row[name] is None else str(row[name]) for name in texts},
        **{name: timestamp(row[name]) for name in moments},
    }


def timestamp(moment: datetime | None) -> str | None:
    """Return a moment as JavaScript writes a Date."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def _insert(session: Session, values: dict[str, Any]) -> None:
    """Insert without ``returning``, which would need the right to read."""
    try:
        await session.run(INSERT, values)
    except UniqueViolation as error:
        raise duplicate("KeyAlreadyExists") from error


def _values(place: Place, contents: Contents) -> dict[str, Any]:
    return {
        **place.values,
        **_owner_values(contents.owner),
        "version": contents.version,
        "metadata": Jsonb(contents.metadata),
        "user_metadata": None if contents.user_metadata is None else Jsonb(contents.user_metadata),
    }


def _owner_values(owner: str | None) -> dict[str, str | None]:
    """Return the owner for its two columns: any text, and the same when it is a UUID."""
    return {"owner": owner if owner and UUID.fullmatch(owner) else None, "owner_id": owner}
