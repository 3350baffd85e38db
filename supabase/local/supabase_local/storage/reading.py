"""Objects out of Storage: download, head and info."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, BinaryIO
from urllib.parse import quote

from starlette.responses import JSONResponse, Response, StreamingResponse

from supabase_local.storage import buckets, objects
from supabase_local.storage.calls import Call
from supabase_local.storage.database import Row
from supabase_local.storage.errors import bytes_are_missing, invalid_request, no_such_bucket
from supabase_local.storage.objects import Place, timestamp
from supabase_local.storage.ranges import Slice, is_unchanged, requested_slice
from supabase_local.storage.tokens import SERVICE, Caller

CHUNK_BYTES = 1 << 18
ATTEMPTS = 3
"""How often a file may be replaced between reading its row and opening it before we give up."""
SCRIPTABLE = "text/html"
"""Served as plain text, as on hosted: a page of somebody's would run under the project's address."""


@dataclass(frozen=True)
class Found:
    """An object and its open file."""

    row: Row
    file: BinaryIO
    size: int

    @property
    def etag(self) -> str:
        """The object's ETag, in quotes."""
        return str((self.row["metadata"] or {}).get("eTag") or f'"{self.row["version"]}"')

    @property
    def modified(self) -> datetime:
        """When the bytes were stored, in whole seconds, as HTTP counts."""
        return datetime.fromtimestamp(int(os.fstat(self.file.fileno()).st_mtime), UTC)


async def download(call: Call) -> Response:
    """``GET /object/{bucket}/{name}``: what the caller may read, or anybody from a public bucket."""
    return await send(call, call.place, await reader(call, call.caller_or_nobody()))


async def download_authenticated(call: Call) -> Response:
    """``GET /object/authenticated/{bucket}/{name}``."""
    return await send(call, call.place, await reader(call, call.caller()))


async def download_public(call: Call) -> Response:
    """``GET /object/public/{bucket}/{name}``; a private bucket is not there."""
    await _require_public(call)
    return await send(call, call.place, SERVICE)


async def head(call: Call) -> Response:
    """``HEAD /object/{bucket}/{name}``."""
    return await _send_head(call, await reader(call, call.caller_or_nobody()))


async def head_authenticated(call: Call) -> Response:
    """``HEAD /object/authenticated/{bucket}/{name}``."""
    return await _send_head(call, await reader(call, call.caller()))


async def head_public(call: Call) -> Response:
    """``HEAD /object/public/{bucket}/{name}``."""
    await _require_public(call)
    return await _send_head(call, SERVICE)


async def info(call: Call) -> Response:
    """``GET /object/info/{bucket}/{name}``."""
    return await _send_info(call, await reader(call, call.caller_or_nobody()))


async def info_authenticated(call: Call) -> Response:
    """``GET /object/info/authenticated/{bucket}/{name}``."""
    return await _send_info(call, await reader(call, call.caller()))


async def info_public(call: Call) -> Response:
    """``GET /object/info/public/{bucket}/{name}``."""
    await _require_public(call)
    return await _send_info(call, SERVICE)


async def reader(call: Call, caller: Caller) -> Caller:
    """Return whom to read as: what is in a public bucket is for everybody. Raises NoSuchBucket."""
    async with call.acting(SERVICE) as session:
        rules = await buckets.rules(session, call.bucket)
    if rules.public:
        return SERVICE
    if not caller.is_authenticated:
        raise no_such_bucket()
    return caller


async def send(call: Call, place: Place, caller: Caller, extra: dict[str, str] | None = None) -> Response:
    """Answer with the object's bytes, or the part that is asked for; ``extra`` headers replace the usual ones."""
    found = await _open(call, place, caller)
    try:
        headers = {**_headers(found), **_disposition(call), **(extra or {})}
        asked = call.request.headers
        if is_unchanged(asked, found.etag, found.modified):
            found.file.close()
            return Response(
                status_code=304, headers={name: headers[name] for name in headers if name != "content-type"}
            )
        part = requested_slice(asked, found.size, found.etag, found.modified)
    except BaseException:
        found.file.close()
        raise
    return _stream(found, part, headers)


async def _send_head(call: Call, caller: Caller) -> Response:
    found = await _open(call, call.place, caller)
    with found.file:
        return Response(headers={**_headers(found), "content-length": str(found.size)})


async def _send_info(call: Call, caller: Caller) -> Response:
    async with call.acting(caller) as session:
        row = await objects.find(session, call.place)
    return JSONResponse(_description(row))


async def _require_public(call: Call) -> None:
    async with call.acting(SERVICE) as session:
        if not (await buckets.rules(session, call.bucket)).public:
            raise no_such_bucket()


async def _open(call: Call, place: Place, caller: Caller) -> Found:
    """Find the row as the caller and open its file. Raises NoSuchKey."""
    version = None
    for _ in range(ATTEMPTS):
        async with call.acting(caller) as session:
            row = await objects.find(session, place)
        if (file := await call.services.files.open(row["version"])) is not None:
            return Found(row, file, os.fstat(file.fileno()).st_size)
        if row["version"] == version:
            break  # not replaced meanwhile: the file is gone
        version = row["version"]
    raise bytes_are_missing()


def _headers(found: Found) -> dict[str, str]:
    metadata = found.row["metadata"] or {}
    mime_type = str(metadata.get("mimetype") or "application/octet-stream")
    headers = {
        "accept-ranges": "bytes",
        "content-type": "text/plain" if SCRIPTABLE in mime_type else mime_type,
        "etag": found.etag,
        "last-modified": format_datetime(found.modified, usegmt=True),
        "cache-control": str(metadata.get("cacheControl") or "no-cache"),
        "x-robots-tag": "none",
    }
    for name, value in headers.items():
        _check_header(name, value)
    return headers


def _check_header(name: str, value: str) -> None:
    """See that what an upload said can be a header. Raises InvalidRequest."""
    if not (value.isascii() and value.isprintable()):
        raise invalid_request(f'Invalid character in response header "{name}": {value[:50]}', "invalid_header_char")


def _disposition(call: Call) -> dict[str, str]:
    """Return the header that makes a browser save the file: ``?download`` or ``?download=name``."""
    name = call.request.query_params.get("download")
    if name is None:
        return {}
    if name == "":
        return {"content-disposition": "attachment;"}
    encoded = quote(name, safe="!'()*-._~")  # what JavaScript's encodeURIComponent leaves as it is
    return {"content-disposition": f"attachment; filename={encoded}; filename*=UTF-8''{encoded};"}


def _stream(found: Found, part: Slice | None, headers: dict[str, str]) -> Response:
    whole = Slice(0, found.size, found.size)
    sent = part or whole
    headers["content-length"] = str(sent.length)
    if part is not None:
        headers["content-range"] = part.content_range
    return StreamingResponse(_chunks(found.file, sent), 200 if part is None else 206, headers)


async def _chunks(file: BinaryIO, part: Slice) -> AsyncIterator[bytes]:
    with file:
        file.seek(part.start)
        left = part.length
        while left > 0 and (chunk := await asyncio.to_thread(file.read, min(left, CHUNK_BYTES))):
            left -= len(chunk)
            yield chunk


def _description(row: Row) -> dict[str, Any]:
    metadata = row["metadata"] or {}
    return {
        "id": str(row["id"]),
        "name": row["name"],
        "version": row["version"],
        "bucket_id": row["bucket_id"],
        "size": metadata.get("size"),
        "content_type": metadata.get("mimetype"),
        "cache_control": metadata.get("cacheControl"),
        "etag": metadata.get("eTag"),
        "metadata": row["user_metadata"],
        "last_modified": timestamp(row["updated_at"]),
        "created_at": timestamp(row["created_at"]),
    }
