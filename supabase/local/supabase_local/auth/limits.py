"""Rate limits as hosted Supabase Auth applies them: one token bucket per limit and address, in memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from supabase_local.auth.errors import AuthError
from supabase_local.auth.settings import RateLimits

_FIVE_MINUTES, _HOUR = 300.0, 3600.0
_BURST = 30.0
"""GoTrue gives every address limit a burst of 30, whatever its rate is."""
_FACTORS = 75.0
"""Challenges and codes of second factors, each, in five minutes: GoTrue's fifteen a minute, without a setting."""
_KEPT_ADDRESSES = 10_000

Clock = Callable[[], float]


@dataclass
class TokenBuckets:
    """Buckets of ``burst`` tokens by key, refilled by ``rate`` tokens a second."""

    rate: float
    burst: float
    clock: Clock = time.monotonic
    _levels: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, key: str) -> bool:
        """Take one token of ``key``; False when there is none."""
        now = self.clock()
        level, since = self._levels.pop(key, (self.burst, now))
        level = min(self.burst, level + (now - since) * self.rate)
        allowed = level >= 1.0
        self._levels[key] = (level - 1.0 if allowed else level, now)
        if len(self._levels) > _KEPT_ADDRESSES:
            self._levels.popitem(last=False)
        return allowed


class Limits:
    """The limits of one project. Each endpoint that sends or checks something has its own buckets."""

    PER_ADDRESS = ("signup", "recover", "resend", "magiclink", "otp", "user", "token", "verify")
    FACTORS = ("factor_challenge", "factor_verify")

    def __init__(self, numbers: RateLimits, clock: Clock = time.monotonic) -> None:
        rates: dict[str, float] = dict.fromkeys(self.PER_ADDRESS, numbers.sign_in_sign_ups)
        # Password sign-ins share the limit of refreshes, as in GoTrue's token endpoint.
        rates |= {"token": numbers.token_refresh, "verify": numbers.token_verifications}
        rates |= dict.fromkeys(self.FACTORS, _FACTORS)
        self._by_address = {name: TokenBuckets(number / _FIVE_MINUTES, _BURST, clock) for name, number in rates.items()}
        self._emails = TokenBuckets(numbers.email_sent / _HOUR, float(numbers.email_sent), clock)

    def check_address(self, name: str, address: str) -> None:
        """Count one request of ``address``. Raises ``over_request_rate_limit`` (429)."""
        if not self._by_address[name].take(address):
            raise AuthError(429, "over_request_rate_limit", "Request rate limit reached")

    def check_email(self) -> None:
        """Count one e-mail of the project. Raises ``over_email_send_rate_limit`` (429)."""
        if not self._emails.take("project"):
            raise AuthError(429, "over_email_send_rate_limit", "email rate limit exceeded")
