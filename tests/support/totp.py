"""What an authenticator app shows: time-based one-time codes (RFC 6238: SHA-1, six digits, thirty seconds)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

PERIOD = 30


def totp(secret: str, at: float | None = None, ahead: int = 0) -> str:
    """The code for a secret in base32 at a moment in Unix seconds, by default now.

    ``ahead`` is for a second code within one period: Auth takes each code once, and those of the neighbouring periods.
    """
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = int((time.time() if at is None else at) // PERIOD) + ahead
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
