"""Whose address a request counts for."""

from __future__ import annotations

import hmac
import ipaddress

from starlette.requests import Request

from supabase_local.auth.jwts import bearer_role
from supabase_local.context import Keys

FORWARDED_HEADER = "sb-forwarded-for"
_UNKNOWN = "0.0.0.0"  # noqa: S104 - an address to count by, nothing binds to it


def client_address(request: Request, keys: Keys) -> str:
    """Return the address that limits and sessions record.

    ``Sb-Forwarded-For`` (its leftmost entry) counts only in requests authorised with a secret key, as on hosted
    projects: anyone may send the header, but only a server holds that key. A value that is no address is ignored.
    """
    if _has_secret_key(request, keys):
        forwarded = _parsed(request.headers.get(FORWARDED_HEADER, "").split(",")[0].strip())
        if forwarded is not None:
            return forwarded
    return _parsed(request.client.host if request.client else "") or _UNKNOWN


def _has_secret_key(request: Request, keys: Keys) -> bool:
    presented = request.headers.get("apikey", "").encode()
    if any(hmac.compare_digest(presented, key.encode()) for key in (keys.secret, keys.service_role)):
        return True
    return bearer_role(request, keys.jwt_secret) == "service_role"


def _parsed(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None
