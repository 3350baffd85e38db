"""Stripe's signature: HMAC-SHA256, with the endpoint's secret, over the time of sending and the raw body.

Each endpoint has its own secret, and two while one is being rotated. https://docs.stripe.com/webhooks/signature
"""

from __future__ import annotations

from collections.abc import Iterable
from time import time

from stripe import SignatureVerificationError, WebhookSignature

from service.settings import StripeEndpoint

TOLERANCE_SECONDS = 300
"""Stripe's own default; here for clocks that are ahead as well, which the SDK lets pass."""

_LONGEST_HEADER = 4096


def signed_by(
    raw: bytes, header: str, secrets: Iterable[tuple[StripeEndpoint, str]], now: float | None = None
) -> frozenset[StripeEndpoint]:
    """The endpoints whose secret made this signature within the tolerance; none for what Stripe did not sign."""
    try:
        body = raw.decode("utf-8")  # the SDK would raise on anything else before it looks at the signature
    except UnicodeDecodeError:
        return frozenset()
    if not header.isascii() or len(header) > _LONGEST_HEADER or not _is_fresh(header, time() if now is None else now):
        return frozenset()
    return frozenset(endpoint for endpoint, secret in secrets if _verifies(body, header, secret))


def _verifies(body: str, header: str, secret: str) -> bool:
    try:
        WebhookSignature.verify_header(body, header, secret)
    except SignatureVerificationError:
        return False
    return True


def _is_fresh(header: str, now: float) -> bool:
    """Whether the first `t=`, which is the one that the SDK takes, is about now."""
    times = [value for name, _, value in (part.partition("=") for part in header.split(",")) if name == "t"]
    if not times or not times[0].isdecimal() or len(times[0]) > 12:
        return False
    return abs(int(times[0]) - now) <= TOLERANCE_SECONDS
