"""What an upload says about its file, and the file's bytes: a body of its own, or a multipart form."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from supabase_local.storage.errors import too_large
from supabase_local.storage.forms import BINARY, LONGEST_FIELD, Form

NO_CACHE = "no-cache"


@dataclass(frozen=True)
class Upload:
    """A file on its way in."""

    mime_type: str
    cache_control: str
    user_metadata: dict[str, Any] | None
    length: int | None
    """Bytes of the body, when the client says so; None for a form, whose body is more than the file."""
    chunks: AsyncIterator[bytes]


async def read_upload(request: Request, body: AsyncIterator[bytes]) -> Upload:
    """Read as much of the request as tells what it brings. Raises InvalidRequest for a form without a file."""
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("multipart/form-data"):
        return await _read_form(Form(body, content_type))
    length = request.headers.get("content-length", "")
    return Upload(
        mime_type=content_type or BINARY,
        cache_control=request.headers.get("cache-control", NO_CACHE),
        user_metadata=header_metadata(request),
        length=int(length) if length.isdigit() else None,
        chunks=body,
    )


def header_metadata(request: Request) -> dict[str, Any] | None:
    """Return the metadata of the header ``x-metadata``: JSON in base64; others are ignored, as on hosted."""
    try:
        return _metadata(base64.b64decode(request.headers.get("x-metadata", ""), validate=False))
    except binascii.Error:
        return None


async def _read_form(form: Form) -> Upload:
    file = await form.read_up_to_file()
    seconds = form.fields.get("cacheControl")
    metadata = form.fields.get("metadata", form.fields.get("userMetadata", ""))
    return Upload(
        mime_type=form.fields.get("contentType") or file.mime_type,
        cache_control=f"max-age={seconds}" if seconds else NO_CACHE,
        user_metadata=_metadata(metadata.encode()),
        length=None,
        chunks=form.file_chunks(),
    )


def _metadata(text: bytes) -> dict[str, Any] | None:
    if len(text) > LONGEST_FIELD:
        raise too_large("user_metadata")
    try:
        metadata = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return metadata if isinstance(metadata, dict) else None


async def drain(body: AsyncIterator[bytes]) -> None:
    """Read and forget the rest of a refused upload: a client that is still sending reads no answer."""
    async for _ in body:
        continue
