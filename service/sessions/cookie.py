"""The cookie that keeps a browser signed in: only our own auth routes ever receive it, and no script reads it."""

from __future__ import annotations

from flask import Request, Response

NAME = "fieldlite_refresh"
PATH = "/api/v1/auth"
SECONDS = 7 * 24 * 3600
"""Seven days after the last use; the same as `[auth.sessions] inactivity_timeout` of the project."""


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
