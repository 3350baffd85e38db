"""Errors as Supabase Auth answers them, in the two shapes that its API versions have."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import psycopg
from psycopg_pool import PoolTimeout
from starlette.requests import Request
from starlette.responses import JSONResponse

log = logging.getLogger(__name__)

API_VERSION_HEADER = "x-supabase-api-version"
_VERSION_2024 = date(2024, 1, 1)
_CONNECTION_LOST = ("08", "57P")
"""SQLSTATEs of a broken connection and of a server that stops or starts; an error without one is of the same kind."""
_UNEXPECTED = "Unexpected failure, please check server logs for more information"


class AuthError(Exception):
    """A refusal: HTTP status, stable error code, and the sentence that Supabase Auth says."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    def extra(self) -> dict[str, Any]:
        """Return further members of the answer's body."""
        return {}


class WeakPasswordError(AuthError):
    """422 with the reasons (``length``, ``characters``) why a password is too weak."""

    def __init__(self, message: str, reasons: list[str]) -> None:
        super().__init__(422, "weak_password", message)
        self.reasons = reasons

    def extra(self) -> dict[str, Any]:
        """Return the member that the clients turn into ``AuthWeakPasswordError``."""
        return {"weak_password": {"reasons": self.reasons}}


class OAuthError(Exception):
    """A refusal in the shape of RFC 6749, which the refresh grant still uses for a missing token. Always 400."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error, self.description = error, description


def validation_failed(message: str) -> AuthError:
    """Return the 400 for input that is well-formed but not acceptable."""
    return AuthError(400, "validation_failed", message)


def not_offered(feature: str) -> AuthError:
    """Return the 501 for a part of Supabase Auth that this stack leaves out, by its name."""
    return AuthError(501, "not_implemented", f"The embedded Supabase does not offer {feature}")


def unexpected_failure() -> AuthError:
    """Return the 500 for what only the log explains."""
    return AuthError(500, "unexpected_failure", _UNEXPECTED)


def error_response(request: Request, error: AuthError | OAuthError | psycopg.Error | PoolTimeout) -> JSONResponse:
    """Return the answer that a refusal or a failure of the database gets."""
    if isinstance(error, AuthError):
        return _respond(request, error)
    if isinstance(error, OAuthError):
        return JSONResponse({"error": error.error, "error_description": error.description}, 400)
    return _database_error(request, error)


def _database_error(request: Request, error: psycopg.Error | PoolTimeout) -> JSONResponse:
    """Answer for what the database refuses, such as a project's own trigger on ``auth.users``.

    The first API version shows SQLSTATE and message of errors that people raise themselves (``PTxyz`` also chooses
    the HTTP status); the later one hides them.
    """
    if isinstance(error, PoolTimeout) or (error.sqlstate or "08").startswith(_CONNECTION_LOST):
        log.error("the database cannot be reached: %s", error)
        return _respond(request, AuthError(503, "unexpected_failure", "The database is not available"))
    log.error("database error in %s %s: %s", request.method, request.url.path, error)
    raised = _raised_by_people(error)
    if raised is not None and not _wants_2024(request):
        status, body = raised
        return JSONResponse(body, status)
    return _respond(request, unexpected_failure())


def _raised_by_people(error: psycopg.Error) -> tuple[int, dict[str, str]] | None:
    if error.sqlstate is None:
        return None
    state, diag = error.sqlstate, error.diag
    own_status = state.startswith("PT") and state[2:].isdigit() and 200 <= int(state[2:]) <= 599
    if not own_status and state != "P0001" and not state.startswith("23"):
        return None
    members = {
        "code": state,
        "message": diag.message_primary,
        "hint": diag.message_hint,
        "detail": diag.message_detail,
    }
    return int(state[2:]) if own_status else 500, {name: text for name, text in members.items() if text}


def _wants_2024(request: Request) -> bool:
    try:
        return date.fromisoformat(request.headers.get(API_VERSION_HEADER, "")) >= _VERSION_2024
    except ValueError:
        return False


def _respond(request: Request, error: AuthError) -> JSONResponse:
    headers = {"x-sb-error-code": error.code}
    if _wants_2024(request):
        headers[API_VERSION_HEADER] = _VERSION_2024.isoformat()
        body: dict[str, Any] = {"code": error.code, "message": error.message}
    else:
        body = {"code": error.status, "error_code": error.code, "msg": error.message}
    return JSONResponse(body | error.extra(), error.status, headers)
