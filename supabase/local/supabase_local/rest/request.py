"""A request, read: what it is about, in which schema, for whom, and with which preferences."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from supabase_local.rest.catalog.model import Name
from supabase_local.rest.errors import RestError, unknown_schema, zero_byte
from supabase_local.rest.grammar.query import Pair, split_query
from supabase_local.rest.identity import Caller, TokenReader
from supabase_local.rest.prefer import Preferences, parse_preferences

READS = ("GET", "HEAD")
METHODS = (*READS, "POST", "PATCH", "PUT", "DELETE", "OPTIONS")


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """One request to the Data API, before its query string is parsed."""

    method: str
    path: str
    """As PostgREST sees it behind the gateway: ``/contacts``, ``/rpc/accept``, ``/``."""
    target: Name
    """The table, view or function; an empty name for the root."""
    is_call: bool
    profile: str | None
    """The schema, when a profile header chose it: then the answer names it too."""
    pairs: list[Pair]
    headers: dict[str, str]
    preferences: Preferences
    caller: Caller
    body: bytes

    @property
    def reads(self) -> bool:
        """Say whether the method only reads."""
        return self.method in READS

    @property
    def accept(self) -> str:
        """The ``Accept`` header."""
        return self.headers.get("accept", "*/*")

    @property
    def content_type(self) -> str:
        """The ``Content-Type`` header; JSON when there is none."""
        return self.headers.get("content-type") or "application/json"


async def read_request(request: Request, path: str, schemas: Sequence[str], tokens: TokenReader) -> ApiRequest:
    """Read a request for ``path`` (without the leading slash).

    Raises PGRST106 (schema), 117 (method), 122 (preferences), 125 (path), 301 and 303 (token).
    """
    method = request.method
    if method not in METHODS:
        raise RestError(405, "PGRST117", f"Unsupported HTTP method: {method}")
    caller = tokens.read(request.headers.get("authorization"))
    name, is_call = _target(path)
    headers = _joined_headers(request)
    profile = headers.get("accept-profile" if method in READS else "content-profile")
    if profile is not None and profile not in schemas:
        raise unknown_schema(profile, schemas)
    return ApiRequest(
        method=method,
        path=f"/{path}",
        target=Name(profile or schemas[0], name),
        is_call=is_call,
        profile=profile,
        pairs=split_query(cast(bytes, request.scope["query_string"])),
        headers=headers,
        preferences=parse_preferences(request.headers.getlist("prefer")),
        caller=caller,
        body=b"" if method in READS else await request.body(),
    )


def request_settings(request: ApiRequest, extra_search_path: Sequence[str]) -> dict[str, str]:
    """Return the settings that functions and policies read with ``current_setting('request....')``."""
    path = dict.fromkeys([request.target.schema, *extra_search_path])
    cookies = [part.strip().partition("=") for part in request.headers.get("cookie", "").split(";")]
    settings = {
        "search_path": ", ".join('"' + name.replace('"', '""') + '"' for name in path),
        "role": request.caller.role,
        "request.jwt.claims": request.caller.claims,
        "request.method": request.method,
        "request.path": request.path,
        "request.headers": json.dumps(request.headers, separators=(",", ":")),
        "request.cookies": json.dumps({name: value for name, _, value in cookies if name}, separators=(",", ":")),
    }
    if request.preferences.timezone:
        settings["timezone"] = request.preferences.timezone
    return settings


def _target(path: str) -> tuple[str, bool]:
    if "\0" in path:
        raise zero_byte()
    match path.split("/"):
        case [""]:
            return "", False
        case [name]:
            return name, False
        case ["rpc", name] if name:
            return name, True
    raise RestError(404, "PGRST125", "Invalid path specified in request URL")


def _joined_headers(request: Request) -> dict[str, str]:
    """Return the headers by lower-case name; the last of a repeated one counts, as in PostgREST."""
    return dict(request.headers.items())
