"""The body of a request: checked to be JSON of a shape that can be rows, and handed on as text."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from supabase_local.rest.errors import invalid_body, zero_byte

JSON_TYPES = ("application/json", "application/vnd.pgrst.object+json", "application/vnd.pgrst.array+json")
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Payload:
    """A body: its JSON text, whether that is one object, and the names of the members of its objects."""

    text: str
    is_object: bool
    keys: frozenset[str]


def read_payload(body: bytes, content_type: str, *, named_columns: bool = False, empty_object: bool = False) -> Payload:
    """Read a body as rows.

    With ``named_columns`` (the ``columns`` parameter) objects may differ in their keys. With ``empty_object`` (a
    function call) no body is as good as ``{}``. Raises PGRST102.
    """
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type in JSON_TYPES:
        return _read_json(b"{}" if empty_object and not body else body, named_columns)
    if media_type == "text/csv":
        return _read_csv(body)
    if media_type == FORM:
        pairs = dict(parse_qsl(_decode(body), keep_blank_values=True))
        return _checked(Payload(json.dumps(pairs), True, frozenset(pairs)))
    raise invalid_body(f"Content-Type not acceptable: {media_type}")


def read_text(body: bytes) -> str:
    """Return a body that a function takes as it is."""
    text = _decode(body)
    if "\0" in text:
        raise zero_byte()
    return text


def _read_json(body: bytes, named_columns: bool) -> Payload:
    text = _decode(body)
    try:
        value = json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise invalid_body("Empty or invalid json") from error
    if isinstance(value, dict):
        return _checked(Payload(text, True, frozenset(value)))
    if not isinstance(value, list) or not value:
        # PostgREST takes a bare string or number as no rows.
        return Payload("[]", False, frozenset())
    return _checked(Payload(text, False, _common_keys(value, named_columns)))


def _common_keys(rows: list[Any], named_columns: bool) -> frozenset[str]:
    if not all(isinstance(row, dict) for row in rows):
        raise invalid_body("All object keys must match")
    keys = frozenset(rows[0])
    if not named_columns and any(row.keys() != keys for row in rows):
        raise invalid_body("All object keys must match")
    return keys


def _read_csv(body: bytes) -> Payload:
    """Read CSV with a header line; an unquoted NULL is null."""
    lines = list(csv.reader(io.StringIO(_decode(body))))
    if not lines:
        raise invalid_body("parse error (not enough input)")
    header = lines[0]
    if any(len(line) != len(header) for line in lines):
        raise invalid_body("All lines must have same number of fields")
    rows = [
        {name: None if value == "NULL" else value for name, value in zip(header, line, strict=True)}
        for line in lines[1:]
    ]
    return _checked(Payload(json.dumps(rows), False, frozenset(header if rows else ())))


def _checked(payload: Payload) -> Payload:
    if any("\0" in key for key in payload.keys):
        raise zero_byte()
    return payload


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise invalid_body("Empty or invalid json") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
