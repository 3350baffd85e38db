"""The cookies of the auth routes, which no script reads: for staying signed in, and for each sign-in by a provider."""

from __future__ import annotations

from flask import Request, Response

NAME = "fieldlite_refresh"
PATH = "/api/v1/auth"
SECONDS = 7 * 24 * 3600
"""Seven days after the last use; the same as `[auth.sessions] inactivity_timeout` of the project."""

ATTEMPT_PATH = "/api/v1/auth/oauth"
ATTEMPT_SECONDS = 600
"""How long a person may take at the provider."""


def read_cookie(request: Request) -> str | None:
    """The refresh token that came along, if any."""
    return request.cookies.get(NAME) or None


def set_cookie(response: Response, refresh_token: str, *, secure: bool) -> None:
    """Keep the token; `secure` unless the public address is plain http, as in development."""
    response.set_cookie(
        NAME, refresh_token, max_age=SECONDS, path=PATH, secure=secure, httponly=True, samesite="Strict"
    )


def clear_cookie(response: Response, *, secure: bool) -> None:
    """Make the browser forget the token."""
    response.delete_cookie(NAME, path=PATH, secure=secure, httponly=True, samesite="Strict")


def read_attempt(request: Request, attempt: str) -> str | None:
    """What this browser keeps of a sign-in by a provider."""
    return request.cookies.get(_attempt_name(attempt))


def set_attempt(response: Response, attempt: str, value: str, *, secure: bool) -> None:
    """Keep an attempt. Lax, since it is a provider's page that leads back."""
    response.set_cookie(
        _attempt_name(attempt), value, max_age=ATTEMPT_SECONDS, path=ATTEMPT_PATH, secure=secure, httponly=True,
        samesite="Lax",
    )  # fmt: skip


def clear_attempt(response: Response, attempt: str, *, secure: bool) -> None:
    """Make the browser forget an attempt: it counts once."""
    response.delete_cookie(_attempt_name(attempt), path=ATTEMPT_PATH, secure=secure, httponly=True, samesite="Lax")


def _attempt_name(attempt: str) -> str:
    return f"fieldlite_oauth_{attempt}"
