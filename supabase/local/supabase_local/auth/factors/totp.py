"""Time-based one-time passwords (RFC 6238) with the parameters that authenticator apps and GoTrue agree on."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from urllib.parse import quote, urlencode

PERIOD = 30
"""Seconds that one code is shown."""
DIGITS = 6
SKEW = 1
"""Codes of so many periods before and after the present one are accepted, for clocks that are wrong."""
_SECRET_BYTES = 20


def new_secret() -> str:
    """Return a random secret in base32, 32 characters."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def provisioning_uri(secret: str, issuer: str, account: str) -> str:
    """Return the ``otpauth:`` address that authenticator apps read from a QR code."""
    parameters = {"algorithm": "SHA1", "digits": DIGITS, "issuer": issuer, "period": PERIOD, "secret": secret}
    return (
        f"otpauth://totp/{quote(issuer, safe='')}:{quote(account, safe='@')}?{urlencode(parameters, quote_via=quote)}"
    )


def code_at(secret: str, moment: float) -> str:
    """Return the code that an app shows at ``moment`` (epoch seconds): RFC 4226's truncation of an HMAC."""
    key = base64.b32decode(secret)
    digest = hmac.digest(key, int(moment // PERIOD).to_bytes(8, "big"), hashlib.sha1)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def is_valid(code: str, secret: str, moment: float) -> bool:
    """Tell whether ``code`` belongs to the present period or one of its neighbours."""
    expected = [code_at(secret, moment + shift * PERIOD) for shift in range(-SKEW, SKEW + 1)]
    return any(hmac.compare_digest(code.encode(), candidate.encode()) for candidate in expected)
