"""Signing and checking the project's JSON Web Tokens (HS256 with the project's secret)."""

from __future__ import annotations

import re
from typing import Any

import jwt
from starlette.requests import Request

from supabase_local.auth.errors import AuthError

_ALGORITHM = "HS256"
_BEARER = re.compile(r"[Bb]earer (\S+)")
_UNVERIFIED = "invalid JWT: unable to parse or verify signature, "


def sign(claims: dict[str, Any], secret: str) -> str:
    """Return ``claims`` as a signed token."""
    return jwt.encode(claims, secret, _ALGORITHM)


def bearer_token(request: Request) -> str:
    """Return the request's bearer token. Raises ``no_authorization`` (401) without one."""
    match = _BEARER.fullmatch(request.headers.get("authorization", ""))
    if match is None:
        raise AuthError(401, "no_authorization", "This endpoint requires a valid Bearer token")
    return match[1]


def verified_claims(token: str, secret: str) -> dict[str, Any]:
    """Return the claims of a token that the project signed and that has not expired. Raises ``bad_jwt`` (403)."""
    # The audience is compared by the endpoints, and hosted Auth does not refuse tokens issued in the future.
    options: Any = {"verify_aud": False, "verify_iat": False, "verify_sub": False, "verify_jti": False}
    try:
        return jwt.decode(token, secret, [_ALGORITHM], options)
    except jwt.ExpiredSignatureError as error:
        raise _bad_jwt("token has invalid claims: token is expired") from error
    except jwt.InvalidSignatureError as error:
        raise _bad_jwt("token signature is invalid: signature is invalid") from error
    except (jwt.PyJWTError, ValueError) as error:
        raise _bad_jwt(f"token is malformed: {error}") from error


def bearer_role(request: Request, secret: str) -> str | None:
    """Return the ``role`` claim of the request's bearer token, None when it has no valid token."""
    try:
        return str(verified_claims(bearer_token(request), secret).get("role"))
    except AuthError:
        return None


def _bad_jwt(reason: str) -> AuthError:
    return AuthError(403, "bad_jwt", _UNVERIFIED + reason)
