"""Who calls: the role and claims of the token, verified as PostgREST verifies them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt

from supabase_local.rest.errors import RestError, token_error

ANONYMOUS = "anon"
ALLOWED_SKEW_SECONDS = 30
REMEMBERED_TOKENS = 1024
"""How many verified tokens are kept, so that a client's next request need not pay for the signature again."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The role that a request runs as, and its claims as JSON."""

    role: str
    claims: str

    @property
    def anonymous(self) -> bool:
        """Say whether a refusal should ask for credentials (401) instead of denying access (403)."""
        return self.role == ANONYMOUS


class TokenReader:
    """Verifies tokens with the project's secret; the signature once a token, the times at every request."""

    def __init__(self, secret: str, now: Callable[[], float] = time.time) -> None:
        self._secret = secret
        self._now = now
        self._verified: dict[str, dict[str, Any]] = {}

    def read(self, authorization: str | None) -> Caller:
        """Return the caller named by an ``Authorization`` header; raises PGRST301 and PGRST303 (401)."""
        token = _bearer_token(authorization)
        if token is None:
            return Caller(ANONYMOUS, json.dumps({"role": ANONYMOUS}, separators=(",", ":")))
        claims = self._verified.get(token)
        if claims is None:
            claims = self._verify(token)
        self._check_times(claims)
        role = claims.get("role", ANONYMOUS)
        role = role if isinstance(role, str) else json.dumps(role)
        return Caller(role, json.dumps({**claims, "role": role}, separators=(",", ":")))

    def _verify(self, token: str) -> dict[str, Any]:
        if not token:
            raise token_error("PGRST301", "Empty JWT is sent in Authorization header")
        parts = token.count(".") + 1
        if parts != 3:
            raise token_error("PGRST301", f"Expected 3 parts in JWT; got {parts}")
        claims = _decode(token, self._secret)
        if len(self._verified) >= REMEMBERED_TOKENS:
            self._verified.clear()
        self._verified[token] = claims
        return claims

    def _check_times(self, claims: dict[str, Any]) -> None:
        now = int(self._now())
        if (expiry := _number(claims, "exp")) is not None and now - ALLOWED_SKEW_SECONDS > expiry:
            raise token_error("PGRST303", "JWT expired")
        if (start := _number(claims, "nbf")) is not None and now + ALLOWED_SKEW_SECONDS < start:
            raise token_error("PGRST303", "JWT not yet valid")
        if (issued := _number(claims, "iat")) is not None and now + ALLOWED_SKEW_SECONDS < issued:
            raise token_error("PGRST303", "JWT issued at future")


def _bearer_token(authorization: str | None) -> str | None:
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _decode(token: str, secret: str) -> dict[str, Any]:
    """Check the signature only: the claims' times are checked at each use."""
    options: Any = {"verify_signature": True, "verify_exp": False, "verify_nbf": False, "verify_iat": False}
    options |= {"verify_aud": False, "verify_iss": False, "verify_sub": False, "verify_jti": False}
    try:
        return jwt.decode(token, secret, algorithms=["HS256"], options=options)
    except (jwt.InvalidSignatureError, jwt.InvalidAlgorithmError) as error:
        message, details = "No suitable key or wrong key type", "None of the keys was able to decode the JWT"
        raise token_error("PGRST301", message, details) from error
    except (jwt.InvalidTokenError, ValueError, RecursionError) as error:
        raise token_error("PGRST301", "JWT cryptographic operation failed") from error


def _number(claims: dict[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise token_error("PGRST303", f"The JWT '{name}' claim must be a number")
    return value


def unauthorized(error: RestError) -> RestError:
    """Give a 401 without a challenge the plain one."""
    if error.status != 401 or error.headers:
        return error
    return RestError(401, error.code, error.message, error.details, error.hint, {"WWW-Authenticate": "Bearer"})
