"""What a provider says about a person, and the codes for which it says so."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_VALIDITY = 300.0
"""Seconds that a code can be exchanged."""
_KEPT_CODES = 1000


@dataclass(frozen=True)
class Profile:
    """A person as a provider knows them. ``email`` is in lower case."""

    provider: str
    email: str
    name: str
    verified: bool
    """Whether the provider vouches for the address."""

    @property
    def subject(self) -> str:
        """The provider's id of the person: the same one whenever they come back."""
        digest = hashlib.sha256(f"{self.provider}:{self.email}".encode()).digest()
        return str(int.from_bytes(digest[:8], "big")).zfill(20)

    def claims(self, issuer: str) -> dict[str, Any]:
        """Return the content of the identity and of ``user_metadata``, with the members that GoTrue writes."""
        named = {"name": self.name, "full_name": self.name} if self.name else {}
        return named | {
            "iss": issuer,
            "sub": self.subject,
            "provider_id": self.subject,
            "email": self.email,
            "email_verified": self.verified,
            "phone_verified": False,
        }


class Codes:
    """Codes that the stand-in has given out and that nobody has exchanged yet. They are lost with the process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._profiles: OrderedDict[str, tuple[float, Profile]] = OrderedDict()

    def issue(self, profile: Profile) -> str:
        """Return a new code for a person who agreed."""
        code = secrets.token_urlsafe(24)
        self._profiles[code] = (self._clock() + _VALIDITY, profile)
        if len(self._profiles) > _KEPT_CODES:
            self._profiles.popitem(last=False)
        return code

    def redeem(self, code: str, provider: str) -> Profile | None:
        """Return whom ``code`` stands for, once; None when it is unknown, used, too old or another provider's."""
        expires_at, profile = self._profiles.pop(code, (0.0, None))
        if profile is None or profile.provider != provider or self._clock() > expires_at:
            return None
        return profile
