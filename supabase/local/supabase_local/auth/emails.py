"""Validity of e-mail addresses, by the pattern of the HTML standard that GoTrue's checker uses."""

from __future__ import annotations

import re

from supabase_local.auth.errors import validation_failed

_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_ADDRESS = re.compile(rf"[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})*")
_LONGEST = 255


def checked_email(address: str) -> str:
    """Return ``address`` in lower case. Raises ``validation_failed`` (400) when it is none."""
    if not address:
        raise validation_failed("An email address is required")
    if len(address) > _LONGEST:
        raise validation_failed("An email address is too long")
    if _ADDRESS.fullmatch(address) is None:
        raise validation_failed("Unable to validate email address: invalid format")
    return address.lower()
