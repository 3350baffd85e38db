"""Who sends a request: the address behind a known number of proxies of our own, and the device."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address


@dataclass(frozen=True)
class Visitor:
    """Somebody on whose behalf the service asks Supabase Auth."""

    address: str | None
    """Their IP address, by which Auth counts attempts; None when it is unknown."""
    device: str = ""
    """What their browser is called, `Chrome on Windows`; empty when that is unknown."""


def visitor_address(peer: str | None, forwarded_for: str | None, trusted_proxies: int) -> str | None:
    """The address that the outermost trusted proxy saw, or None when nobody knows.

    `peer` is the other end of the connection. Each proxy appends the address it was called from to X-Forwarded-For,
    so with n trusted proxies the visitor is the n-th entry from the right; what is left of it is the visitor's own
    claim.
    """
    if trusted_proxies == 0:
        return _address(peer)
    claimed = [part.strip() for part in (forwarded_for or "").split(",") if part.strip()]
    chain = [*claimed, peer or ""]
    position = max(0, len(chain) - 1 - trusted_proxies)
    return _address(chain[position])


def _address(text: str | None) -> str | None:
    """The canonical form of an IPv4 or IPv6 address, with or without a port; None for anything else."""
    candidate = (text or "").strip()
    if candidate.startswith("["):
        candidate = candidate[1:].partition("]")[0]
    elif candidate.count(":") == 1:
        candidate = candidate.partition(":")[0]
    try:
        return str(ip_address(candidate))
    except ValueError:
        return None
