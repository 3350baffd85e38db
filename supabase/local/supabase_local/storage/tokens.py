"""Tokens: who calls, and what a signed URL opens. Refusals are in the words of jose, storage-api's library."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any, Literal

import jwt

from supabase_local.storage.errors import StorageError, access_denied, invalid_signature, invalid_token

ANONYMOUS = "anon"
UPLOAD_SECONDS = 7200
"""How long a signed upload URL is good for, hosted's two hours."""
LATEST_EXPIRY = 2**53
"""A time of expiry that every JSON reader understands; hosted's JavaScript counts no further."""

Scope = Literal["download", "upload"]


@dataclass(frozen=True)
class Caller:
    """Whom a request's statements run as."""

    role: str
    subject: str | None
    """The person's id, or whatever else the token names as ``sub``; becomes the owner of new objects."""
    claims: str
    """The token's claims as JSON."""
    is_authenticated: bool = True


NOBODY = Caller(ANONYMOUS, None, json.dumps({"role": ANONYMOUS}), is_authenticated=False)
SERVICE = Caller("service_role", None, json.dumps({"role": "service_role"}))
"""Reads and writes past the policies: for what was already decided, and for what is public."""


class Tokens:
    """Verifies and signs with the project's secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def caller(self, authorization: str | None) -> Caller:
        """Return who calls, by the ``Authorization`` header. Raises AccessDenied without a valid token."""
        scheme, _, rest = (authorization or "").partition(" ")
        token = rest.strip() if scheme.lower() == "bearer" else scheme
        try:
            claims = self._verify(token)
        except jwt.InvalidTokenError as error:
            raise access_denied(_words(error)) from error
        subject = claims.get("sub")
        return Caller(
            str(claims.get("role") or ANONYMOUS), None if subject is None else str(subject), json.dumps(claims)
        )

    def caller_or_nobody(self, authorization: str | None) -> Caller:
        """Return who calls; a request without a valid token may still read what is public."""
        try:
            return self.caller(authorization)
        except StorageError:
            return NOBODY

    def sign(self, scope: Scope, path: str, seconds: int, **claims: Any) -> str:
        """Return a token that opens one ``bucket/name`` for ``seconds``. Naming no role, it makes nobody a caller."""
        now = int(time.time())
        times = {"iat": now, "exp": min(now + seconds, LATEST_EXPIRY)}
        return jwt.encode({"url": path, **claims, "scope": scope, **times}, self._secret, algorithm="HS256")

    def open(self, scope: Scope, path: str, token: str) -> dict[str, Any]:
        """Return the claims of a signed URL's token. Raises InvalidJWT, or InvalidSignature when it is for another URL.

        A person's own token has the same signature; it names no path.
        """
        try:
            claims = self._verify(token)
        except jwt.InvalidTokenError as error:
            raise invalid_token(_words(error)) from error
        if claims.get("url") != path or claims.get("scope") != scope or "exp" not in claims:
            raise invalid_signature()
        return claims

    def _verify(self, token: str) -> dict[str, Any]:
        """Check the signature and the times; who issued a token, and for whom, does not matter here."""
        options: Any = {"verify_aud": False, "verify_iss": False, "verify_iat": False, "verify_sub": False}
        try:
            return jwt.decode(token, self._secret, algorithms=["HS256"], options=options | {"verify_jti": False})
        except (ValueError, RecursionError) as error:
            raise jwt.DecodeError("not JSON") from error


def _words(error: jwt.InvalidTokenError) -> str:
    match error:
        case jwt.ExpiredSignatureError():
            return '"exp" claim timestamp check failed'
        case jwt.ImmatureSignatureError():
            return '"nbf" claim timestamp check failed'
        case jwt.InvalidSignatureError():
            return "signature verification failed"
        case jwt.InvalidAlgorithmError():
            return '"alg" (Algorithm) Header Parameter value not allowed'
    return "Invalid Compact JWS"
