"""The tokens that open sockets and channels, with the words that hosted Realtime has for what is wrong with them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import jwt

from supabase_local.context import Keys
from supabase_local.realtime.frames import to_json

ALGORITHMS = ["HS256", "HS384", "HS512"]


class TokenError(Exception):
    """A token that is not accepted.

    ``code`` names the reason as in hosted Realtime's logs and join replies; the text is what a joined channel is told.
    """

    def __init__(self, code: str, join_reason: str, channel_reason: str) -> None:
        super().__init__(channel_reason)
        self.code = code
        self.join_reason = f"{code}: {join_reason}"
        self.channel_reason = channel_reason


@dataclass(frozen=True)
class Claims:
    """Who a client is: the claims of a verified token."""

    values: dict[str, Any]

    @property
    def role(self) -> str:
        """The database role."""
        return str(self.values["role"])

    @property
    def seconds_left(self) -> float:
        """Seconds until the token expires; negative afterwards."""
        return float(self.values["exp"]) - time.time()

    def to_json(self) -> str:
        """The claims as ``request.jwt.claims`` carries them."""
        return to_json(self.values)


def verify(token: str, keys: Keys) -> Claims:
    """Check a token's signature, expiry and claims. Raises TokenError."""
    try:
        values = jwt.decode(token, keys.jwt_secret, algorithms=ALGORITHMS, options={"verify_aud": False})
    except jwt.ExpiredSignatureError as error:
        raise _expired(token) from error
    except jwt.InvalidSignatureError as error:
        raise TokenError("JwtSignatureError", "Failed to validate JWT signature", ":signature_error") from error
    except jwt.PyJWTError as error:
        text = "The token provided is not a valid JWT"
        raise TokenError("MalformedJWT", text, text) from error
    if not isinstance(values.get("role"), str) or not isinstance(values.get("exp"), int):
        text = "Fields `role` and `exp` are required in JWT"
        raise TokenError("InvalidJWTToken", text, text)
    return Claims(values)


def expired_text(claims: Claims) -> str:
    """What a channel is told when its token runs out."""
    return f"Token has expired {max(0, int(-claims.seconds_left))} seconds ago"


def _expired(token: str) -> TokenError:
    claims = Claims(jwt.decode(token, options={"verify_signature": False}))
    text = expired_text(claims)
    return TokenError("InvalidJWTToken", text, text)


def resolve_key(key: str, keys: Keys) -> str:
    """Return the token behind an opaque project key; a token stays as it is."""
    opaque = {keys.publishable: keys.anon, keys.secret: keys.service_role}
    return opaque.get(key, key)
