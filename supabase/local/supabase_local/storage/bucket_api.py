"""Buckets over HTTP: ``/bucket``."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import JSONResponse, Response

from supabase_local.storage import bodies, buckets, objects
from supabase_local.storage.bodies import Body, read_body
from supabase_local.storage.calls import Call
from supabase_local.storage.errors import access_denied, invalid_request, invalid_size, not_built, too_large
from supabase_local.storage.names import check_bucket_name, check_mime_types

SIZE = re.compile(r"(\d+(?:\.\d+)?)(gb|mb|kb|b)?", re.IGNORECASE)
UNITS = {"gb": 10**9, "mb": 10**6, "kb": 10**3, "b": 1}
"""The API counts in powers of ten, unlike ``config.toml``."""
EMPTIED = "Empty bucket has been queued. Completion may take up to an hour."
"""Hosted's sentence. Here it is done when the answer comes."""
LARGEST_NUMBER = 2**31 - 1


async def list_buckets(call: Call) -> Response:
    """``GET /bucket``."""
    caller, query = call.caller(), call.request.query_params
    page = buckets.Page(
        search=query.get("search", ""),
        sort_column=bodies.choice(query, "sortColumn", tuple(buckets.SORT_COLUMNS), "querystring"),
        descending=bodies.choice(query, "sortOrder", ("asc", "desc"), "querystring") == "desc",
        limit=_bounded(bodies.optional_integer(query, "limit", 1, "querystring")),
        offset=_bounded(bodies.optional_integer(query, "offset", 0, "querystring")) or 0,
    )
    async with call.acting(caller) as session:
        rows = await buckets.find_all(session, page)
    return JSONResponse([{**buckets.described(row), "type": "STANDARD"} for row in rows])


async def get_bucket(call: Call) -> Response:
    """``GET /bucket/{bucket}``; without the type, which only the list has on hosted."""
    async with call.acting(call.caller()) as session:
        return JSONResponse(buckets.described(await buckets.find(session, call.bucket)))


async def create_bucket(call: Call) -> Response:
    """``POST /bucket``."""
    caller, body = call.caller(), await read_body(call.request)
    name = bodies.text(body, "name")
    if bodies.choice(body, "type", ("STANDARD", "ANALYTICS", "VECTOR")) not in (None, "STANDARD"):
        raise not_built("Storage for analytics and vectors")
    values: dict[str, Any] = {
        "id": check_bucket_name(bodies.optional_text(body, "id") or name),
        "name": check_bucket_name(name),
        "owner": caller.subject if caller.subject and objects.UUID.fullmatch(caller.subject) else None,
        "owner_id": caller.subject,
        "public": False,
        "file_size_limit": None,
        "allowed_mime_types": None,
        **_changes(call, body),
    }
    async with call.acting(caller) as session:
        await buckets.create(session, values)
    return JSONResponse({"name": name})


async def update_bucket(call: Call) -> Response:
    """``PUT /bucket/{bucket}``; what the body does not name stays."""
    caller, body = call.caller(), await read_body(call.request)
    async with call.acting(caller) as session:
        await buckets.update(session, call.bucket, _changes(call, body))
    return JSONResponse({"message": "Successfully updated"})


async def empty_bucket(call: Call) -> Response:
    """``POST /bucket/{bucket}/empty``: all objects that the caller may see, if they may be deleted, else none."""
    bucket = call.bucket
    async with call.acting(call.caller()) as session:
        await buckets.find(session, bucket)
        names = await objects.all_names(session, bucket)
        deleted = await objects.delete(session, bucket, names)
        if remaining := set(names) - {row["name"] for row in deleted}:
            raise access_denied(
                f"Cannot delete: {' ,'.join(sorted(remaining))}, you may have SELECT but not DELETE permissions"
            )
    await call.services.files.remove(row["version"] for row in deleted)
    return JSONResponse({"message": EMPTIED})


async def delete_bucket(call: Call) -> Response:
    """``DELETE /bucket/{bucket}``."""
    async with call.acting(call.caller()) as session:
        await buckets.delete(session, call.bucket)
    return JSONResponse({"message": "Successfully deleted"})


def _changes(call: Call, body: Body) -> dict[str, Any]:
    """Return the columns that the body sets. Raises EntityTooLarge for a limit above the project's."""
    changes: dict[str, Any] = {}
    if (public := bodies.flag(body, "public")) is not None:
        changes["public"] = public
    if "file_size_limit" in body:
        changes["file_size_limit"] = limit = _size(body["file_size_limit"])
        if limit is not None and limit > call.services.file_size_limit:
            raise too_large()
    if "allowed_mime_types" in body:
        changes["allowed_mime_types"] = _mime_types(body["allowed_mime_types"])
    return changes


def _size(value: Any) -> int | None:
    """Return bytes of a number, or of a text such as ``20MB``."""
    if value is None:
        return None
    match = SIZE.fullmatch(str(value))
    if isinstance(value, bool) or match is None:
        raise invalid_size()
    return int(float(match[1]) * UNITS[(match[2] or "b").lower()])


def _mime_types(value: Any) -> list[str] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise invalid_request("body/allowed_mime_types must be array")
    mime_types = [item for item in value if item]
    check_mime_types(mime_types)
    return mime_types


def _bounded(number: int | None) -> int | None:
    """Return a number that PostgreSQL takes as limit or offset; no list is longer."""
    return None if number is None else min(number, LARGEST_NUMBER)
