"""Results as HTTP responses: status, ranges, preferences, and what functions set for the response."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from supabase_local.rest.errors import RestError
from supabase_local.rest.execute import Result

JSON_TYPE = "application/json; charset=utf-8"
Headers = dict[str, str]


def respond(result: Result, status: int, headers: Mapping[str, str | None], body: bytes) -> Response:
    """Return a response, after applying ``response.status`` and ``response.headers``; raises PGRST111 and 112."""
    merged: Headers = {name: value for name, value in headers.items() if value is not None}
    if result.status is not None:
        status = _custom_status(result.status)
    repeated: list[tuple[str, str]] = []
    for name, value in _custom_headers(result.headers):
        for known in [known for known in merged if known.lower() == name.lower()]:
            del merged[known]
        repeated.append((name, value))
    # HTTP has no body with these statuses, and servers refuse to send one.
    response = Response(b"" if status in (204, 304) else body, status, merged)
    for name, value in repeated:
        response.headers.append(name, value)
    return response


def error_response(error: RestError) -> Response:
    """Return the answer to a request that failed."""
    body = json.dumps(error.body(), separators=(",", ":")).encode()
    headers = {
        "Content-Type": JSON_TYPE,
        "Proxy-Status": f"PostgREST; error={_header_text(error.code)}",
        **{_header_text(name): _header_text(value) for name, value in error.headers.items()},
    }
    return Response(b"" if error.status in (204, 304) else body, error.status, headers)


def _header_text(text: str) -> str:
    """Return text as a header can carry it: on one line, in Latin-1."""
    return " ".join(text.split()).encode("latin-1", "replace").decode("latin-1")


def _custom_status(text: str) -> int:
    if text.isascii() and text.isdigit() and 200 <= int(text) <= 599:
        return int(text)
    raise RestError(500, "PGRST112", "response.status guc must be a valid status code")


def _custom_headers(text: str | None) -> list[tuple[str, str]]:
    if text is None:
        return []
    try:
        items: Any = json.loads(text)
        if not isinstance(items, list):
            raise TypeError(text)
        pairs = [pair for item in items for pair in [*_single_pair(item)]]
    except (TypeError, ValueError, RecursionError) as error:
        message = "response.headers guc must be a JSON array composed of objects with a single key and a string value"
        raise RestError(500, "PGRST111", message) from error
    return [(_header_text(name), _header_text(value)) for name, value in pairs]


def _single_pair(item: Any) -> list[tuple[str, str]]:
    if not isinstance(item, dict) or len(item) != 1 or not all(isinstance(value, str) for value in item.values()):
        raise TypeError(item)
    return list(item.items())
