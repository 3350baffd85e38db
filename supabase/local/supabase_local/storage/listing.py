"""Lists of objects: one folder at a time with offsets (version 1), or pages with a cursor (version 2)."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime
from typing import Any, LiteralString

from starlette.responses import JSONResponse, Response

from supabase_local.storage import bodies
from supabase_local.storage.bodies import Body, read_body
from supabase_local.storage.calls import Call
from supabase_local.storage.database import Row
from supabase_local.storage.errors import StorageError
from supabase_local.storage.objects import timestamp

LARGEST_LIST = 1500
LARGEST_PAGE = 1000
LARGEST_OFFSET = 2**31 - 1
ORDERS: dict[str, LiteralString] = {"asc": "asc", "desc": "desc"}

# A folder is no row: it is there when a name goes on behind it. Sorted by name, folders and files mix, a folder with
# its slash; sorted by a time, folders come first. The case of prefix and search does not matter.
LIST: LiteralString = """
with entry as (
  select o.id, o.updated_at, o.created_at, o.last_accessed_at, o.metadata,
    array_to_string(part.s[: %(depth)s], '/') as name, cardinality(part.s) > %(depth)s as is_folder
  from storage.objects as o,
    lateral (select string_to_array(substr(o.name, length(%(prefix)s) + 1), '/') as s) as part
  where o.bucket_id = %(bucket)s and lower(o.name) collate "C" like %(pattern)s
), listed as (
  select distinct name, true as is_folder, null::uuid as id, null::timestamptz as updated_at,
    null::timestamptz as created_at, null::timestamptz as last_accessed_at, null::jsonb as metadata
  from entry where is_folder
  union all
  select name, false, id, updated_at, created_at, last_accessed_at, metadata from entry where not is_folder
)
select name, id, updated_at, created_at, last_accessed_at, metadata from listed
"""
LIST_ORDERS: dict[str, LiteralString] = {
    "name": """order by lower(name) || case when is_folder then '/' else '' end collate "C" {order}, name {order}""",
    "updated_at": "order by is_folder desc, updated_at {order}, name {order}",
    "created_at": "order by is_folder desc, created_at {order}, name {order}",
    "last_accessed_at": "order by is_folder desc, last_accessed_at {order}, name {order}",
}

# One page after a place in the order: the time that the list is sorted by (a constant when by name), then the name.
# A folder is as old as its first file.
PAGE: LiteralString = """
with entry as (
  select o.id, o.name, o.updated_at, o.created_at, o.last_accessed_at, o.metadata,
    case when %(delimited)s and strpos(substr(o.name, length(%(prefix)s) + 1), '/') > 0
      then %(prefix)s || split_part(substr(o.name, length(%(prefix)s) + 1), '/', 1) || '/' end as folder
  from storage.objects as o
  where o.bucket_id = %(bucket)s and o.name like %(pattern)s
), listed as (
  select null::uuid as id, folder as name, min(created_at) as updated_at, min(created_at) as created_at,
    null::timestamptz as last_accessed_at, null::jsonb as metadata
  from entry where folder is not null group by folder
  union all
  select id, name, updated_at, created_at, last_accessed_at, metadata from entry where folder is null
), placed as (
  select *, coalesce({column}, 'epoch') as moment from listed
)
select * from placed
where %(after_name)s::text is null
  or (moment, name collate "C") {comparison} (%(after_moment)s::timestamptz, %(after_name)s collate "C")
order by moment {order}, name collate "C" {order}
limit %(limit)s
"""
PAGE_COLUMNS: dict[str, LiteralString] = {
    "name": "null::timestamptz",
    "updated_at": "updated_at",
    "created_at": "created_at",
}


async def list_objects(call: Call) -> Response:
    """``POST /object/list/{bucket}``: the files and folders of one folder."""
    caller, body = call.caller(), await read_body(call.request)
    prefix, search = bodies.text(body, "prefix"), bodies.optional_text(body, "search") or ""
    prefix = f"{prefix}/" if prefix and not prefix.endswith("/") else prefix
    column, order = _sorting(body, tuple(LIST_ORDERS))
    values = {
        "bucket": call.bucket,
        "prefix": prefix,
        "pattern": _starting_with((prefix + search).lower()),
        "depth": search.count("/") + 1,
        "limit": min(bodies.optional_integer(body, "limit", 1) or 100, LARGEST_LIST),
        "offset": min(bodies.optional_integer(body, "offset", 0) or 0, LARGEST_OFFSET),
    }
    query: LiteralString = LIST + LIST_ORDERS[column].format(order=order) + " limit %(limit)s offset %(offset)s"
    async with call.acting(caller) as session:
        rows = await session.rows(query, values)
    return JSONResponse([_listed(row) for row in rows])


async def list_page(call: Call) -> Response:
    """``POST /object/list-v2/{bucket}``: whole names; with ``with_delimiter``, folders in place of what is in them."""
    caller, body = call.caller(), await read_body(call.request)
    prefix = bodies.optional_text(body, "prefix") or ""
    limit = min(bodies.optional_integer(body, "limit", 1) or LARGEST_PAGE, LARGEST_PAGE)
    column, order = _sorting(body, tuple(PAGE_COLUMNS))
    values = {
        "bucket": call.bucket,
        "prefix": prefix,
        "pattern": _starting_with(prefix),
        "delimited": bodies.flag(body, "with_delimiter") or False,
        "limit": limit + 1,
        **_read_cursor(bodies.optional_text(body, "cursor")),
    }
    comparison: LiteralString = ">" if order == "asc" else "<"
    query: LiteralString = PAGE.format(column=PAGE_COLUMNS[column], order=order, comparison=comparison)
    async with call.acting(caller) as session:
        rows = await session.rows(query, values)
    return JSONResponse(_page(rows, limit))


def _sorting(body: Body, columns: tuple[str, ...]) -> tuple[str, LiteralString]:
    sort = bodies.section(body, "sortBy")
    column = bodies.choice(sort, "column", columns, "body/sortBy") or "name"
    return column, ORDERS[bodies.choice(sort, "order", tuple(ORDERS), "body/sortBy") or "asc"]


def _page(rows: list[Row], limit: int) -> dict[str, Any]:
    """Split rows into folders and files; one row more than the limit says that there is another page."""
    shown = rows[:limit]
    page: dict[str, Any] = {
        "hasNext": len(rows) > limit,
        "folders": [_folder(row) for row in shown if row["id"] is None],
        "objects": [_listed(row) for row in shown if row["id"] is not None],
    }
    if page["hasNext"]:
        page["nextCursor"] = _cursor(shown[-1])
    return page


def _folder(row: Row) -> dict[str, Any]:
    times = {name: timestamp(row[name]) for name in ("updated_at", "created_at")}
    return {"key": row["name"].removesuffix("/"), "name": row["name"], **times}


def _listed(row: Row) -> dict[str, Any]:
    times = {name: timestamp(row[name]) for name in ("updated_at", "created_at", "last_accessed_at")}
    return {
        "name": row["name"],
        "id": None if row["id"] is None else str(row["id"]),
        **times,
        "metadata": row["metadata"],
    }


def _starting_with(text: str) -> str:
    """Return the pattern for LIKE, in which only the end is open."""
    return "".join(f"\\{letter}" if letter in "\\%_" else letter for letter in text) + "%"


def _cursor(row: Row) -> str:
    return base64.urlsafe_b64encode(json.dumps([row["moment"].isoformat(), row["name"]]).encode()).decode()


def _read_cursor(cursor: str | None) -> dict[str, Any]:
    """Return the place that a page begins behind. Raises InvalidParameter for a cursor that is not ours."""
    if cursor is None:
        return {"after_moment": None, "after_name": None}
    try:
        moment, name = json.loads(base64.urlsafe_b64decode(cursor))
        return {"after_moment": datetime.fromisoformat(moment), "after_name": str(name)}
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        code = "InvalidParameter"
        raise StorageError(400, code, "Invalid Parameter continuation token", code) from error
