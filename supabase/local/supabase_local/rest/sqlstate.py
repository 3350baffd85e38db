"""Errors of PostgreSQL as HTTP answers, by SQLSTATE as PostgREST documents them."""

from __future__ import annotations

import json
from typing import Any

import psycopg

from supabase_local.rest.errors import RestError, zero_byte

STATUS_BY_CODE = {
    "23503": 409,
    "23505": 409,
    "25006": 405,
    "21000": 500,
    "22023": 400,
    "53400": 500,
    "57P01": 503,
    "P0001": 400,
    "42883": 404,
    "42P01": 404,
    "42P17": 500,
}
STATUS_BY_CLASS = {
    "08": 503,
    "09": 500,
    "0L": 403,
    "0P": 403,
    "25": 500,
    "28": 403,
    "2D": 500,
    "38": 500,
    "39": 500,
    "3B": 500,
    "40": 500,
    "53": 503,
    "54": 500,
    "55": 500,
    "57": 500,
    "58": 500,
    "F0": 500,
    "HV": 500,
    "P0": 500,
    "XX": 500,
}
MESSAGE_SHAPE = (
    "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional keys: 'details', 'hint'."
)
DETAIL_SHAPE = "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key: 'status_text'."


def from_database(error: psycopg.Error, *, anonymous: bool) -> RestError:
    """Return the answer to an error of the database; an anonymous caller lacking a right is asked to sign in."""
    code = error.sqlstate
    if code is None:
        return zero_byte() if isinstance(error, psycopg.DataError) else _lost_connection(error)
    message = error.diag.message_primary or ""
    if code == "PGRST":
        return _raised_by_function(message, error.diag.message_detail)
    status = _status(code, message, anonymous=anonymous)
    return RestError(status, code, message, error.diag.message_detail, error.diag.message_hint)


def _status(code: str, message: str, *, anonymous: bool) -> int:
    if code == "42501":
        return 401 if anonymous else 403
    if code == "22023" and message.startswith("role") and message.endswith("does not exist"):
        return 401
    if code.startswith("PT"):
        return _custom_status(code[2:])
    return STATUS_BY_CODE.get(code) or STATUS_BY_CLASS.get(code[:2], 400)


def _custom_status(digits: str) -> int:
    """Return the status of ``raise sqlstate 'PT409'``; HTTP knows 200 to 599 for a final answer."""
    return int(digits) if digits.isascii() and digits.isdigit() and 200 <= int(digits) <= 599 else 500


def _lost_connection(error: psycopg.Error) -> RestError:
    message = "Database client error. Retrying the connection."
    return RestError(503, "PGRST001", message, " ".join(str(error).split()) or None)


def _raised_by_function(message: str, detail: str | None) -> RestError:
    """Read ``raise sqlstate 'PGRST'``, by which a function decides the whole answer."""
    said = _json_object(message)
    if not isinstance(said.get("code"), str) or not isinstance(said.get("message"), str):
        return _unreadable(f"Invalid JSON value for MESSAGE: '{message}'", MESSAGE_SHAPE)
    if detail is None:
        return _unreadable("DETAIL is missing in the RAISE statement", DETAIL_SHAPE)
    how = _json_object(detail)
    status, headers = how.get("status"), how.get("headers")
    if not _is_status(status) or not isinstance(headers, dict):
        return _unreadable(f"Invalid JSON value for DETAIL: '{detail}'", DETAIL_SHAPE)
    named = {str(name): str(value) for name, value in headers.items()}
    return RestError(int(str(status)), said["code"], said["message"], said.get("details"), said.get("hint"), named)


def _is_status(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 200 <= value <= 599


def _json_object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _unreadable(details: str, hint: str) -> RestError:
    return RestError(500, "PGRST121", "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error", details, hint)
