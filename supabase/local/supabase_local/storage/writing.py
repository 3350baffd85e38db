"""Objects into Storage: upload, update, copy, move and delete."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.responses import JSONResponse, Response

from supabase_local.storage import bodies, buckets, objects
from supabase_local.storage.bodies import read_body
from supabase_local.storage.buckets import Rules
from supabase_local.storage.calls import Call
from supabase_local.storage.database import Row
from supabase_local.storage.errors import StorageError, bytes_are_missing, no_such_object, too_large
from supabase_local.storage.names import check_bucket_name, check_mime_type, check_object_name, is_folder_placeholder
from supabase_local.storage.objects import Contents, Place, file_metadata
from supabase_local.storage.tokens import SERVICE, Caller
from supabase_local.storage.uploads import Upload, drain, header_metadata, read_upload


def wants_upsert(call: Call) -> bool:
    """Tell whether the request asks to replace an object that is there."""
    return call.request.headers.get("x-upsert") == "true"


async def create_object(call: Call) -> Response:
    """``POST /object/{bucket}/{name}``."""
    row = await receive(call, call.caller(), call.place, wants_upsert(call))
    return JSONResponse({"Id": str(row["id"]), "Key": call.place.path})


async def update_object(call: Call) -> Response:
    """``PUT /object/{bucket}/{name}``: always an upsert, as on hosted."""
    row = await receive(call, call.caller(), call.place, upsert=True)
    return JSONResponse({"Id": str(row["id"]), "Key": call.place.path})


async def receive(call: Call, caller: Caller, place: Place, upsert: bool) -> Row:
    """Take an uploaded file: ask the policies, store the bytes, then the row. Returns the row."""
    body = call.body()
    try:
        async with call.acting(SERVICE) as session:
            rules = await buckets.rules(session, place.bucket)
        upload = await read_upload(call.request, body)
        limit = _check(upload, place, rules, call.services.file_size_limit)
        contents = _announced(caller, upload)
        await _rehearse(call, caller, place, contents, upsert)
        return await _store(call, place, upload, contents, limit, upsert)
    except StorageError:
        await drain(body)
        raise


async def copy_object(call: Call) -> Response:
    """``POST /object/copy``."""
    caller, body = call.caller(), await read_body(call.request)
    source, target = _source_and_target(body)
    copies_metadata = bodies.flag(body, "copyMetadata") is not False
    async with call.acting(caller) as session:
        original = await objects.find(session, source)
    metadata = original["metadata"] or {}
    contents = Contents(
        owner=caller.subject,
        metadata=metadata if copies_metadata else {**metadata, **bodies.section(body, "metadata")},
        user_metadata=original["user_metadata"] if copies_metadata else header_metadata(call.request),
    )
    await _rehearse(call, caller, target, contents, wants_upsert(call))
    with call.services.files.new_version() as version:
        if not await call.services.files.duplicate(original["version"], version):
            raise bytes_are_missing()
        row = await _write_row(call, target, replace(contents, version=version), wants_upsert(call))
    return JSONResponse({"Id": str(row["id"]), "Key": target.path, **objects.described(row)})


async def move_object(call: Call) -> Response:
    """``POST /object/move``: only the row changes, its file stays."""
    caller, body = call.caller(), await read_body(call.request)
    source, target = _source_and_target(body)
    async with call.acting(caller) as session:
        row = await objects.move(session, source, target, caller.subject)
    return JSONResponse({"message": "Successfully moved", "Id": str(row["id"]), "Key": target.name})


async def delete_object(call: Call) -> Response:
    """``DELETE /object/{bucket}/{name}``."""
    if not await _delete(call, [call.place.name]):
        raise no_such_object()
    return JSONResponse({"message": "Successfully deleted"})


async def delete_objects(call: Call) -> Response:
    """``DELETE /object/{bucket}``: returns the rows that are gone; names that are not there are no error."""
    call.caller()
    names = bodies.texts(await read_body(call.request), "prefixes")
    return JSONResponse([objects.described(row) for row in await _delete(call, names)])


async def _delete(call: Call, names: list[str]) -> list[Row]:
    """Delete rows, then their files: a file without a row is swept, a row without a file would be a lie."""
    async with call.acting(call.caller()) as session:
        rows = await objects.delete(session, call.bucket, names)
    await call.services.files.remove(row["version"] for row in rows)
    return rows


def _check(upload: Upload, place: Place, rules: Rules, project_limit: int) -> int:
    """Return how many bytes may come. Raises InvalidMimeType, and EntityTooLarge when more is announced."""
    if is_folder_placeholder(place.name):
        limit = 0
    else:
        check_mime_type(upload.mime_type, rules.allowed_mime_types)
        limit = project_limit if rules.file_size_limit is None else min(rules.file_size_limit, project_limit)
    if upload.length is not None and upload.length > limit:
        raise too_large()
    return limit


def _announced(caller: Caller, upload: Upload) -> Contents:
    """Return what is known before the bytes come; policies may look at it."""
    metadata: dict[str, Any] = {"mimetype": upload.mime_type, "cacheControl": upload.cache_control}
    if upload.length is not None:
        metadata |= {"contentLength": upload.length, "size": upload.length}
    return Contents(caller.subject, metadata, upload.user_metadata)


async def _rehearse(call: Call, caller: Caller, target: Place, contents: Contents, upsert: bool) -> None:
    """Let the policies decide before bytes are moved: write the row as the caller, and undo it."""
    async with call.acting(caller, rehearse=True) as session:
        await objects.rehearse_write(session, target, contents, upsert)


async def _store(call: Call, place: Place, upload: Upload, contents: Contents, limit: int, upsert: bool) -> Row:
    with call.services.files.new_version() as version:
        received = await call.services.files.receive(version, upload.chunks, limit)
        metadata = file_metadata(received, upload.mime_type, upload.cache_control)
        return await _write_row(call, place, replace(contents, metadata=metadata, version=version), upsert)


async def _write_row(call: Call, place: Place, contents: Contents, upsert: bool) -> Row:
    """Commit the row of a durable file, then delete the file that it replaces. The policies have agreed already."""
    async with call.acting(SERVICE) as session:
        row, replaced = await objects.write(session, place, contents, upsert)
    await call.services.files.remove([replaced])
    return row


def _source_and_target(body: bodies.Body) -> tuple[Place, Place]:
    bucket = check_bucket_name(bodies.text(body, "bucketId"))
    source = Place(bucket, bodies.text(body, "sourceKey"))
    name = check_object_name(bodies.text(body, "destinationKey"))
    return source, Place(check_bucket_name(bodies.optional_text(body, "destinationBucket") or bucket), name)
