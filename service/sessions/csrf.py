"""Protects routes that a cookie opens from being called by other sites' pages.

SameSite=Strict already keeps the cookie at home; the two checks here also hold for sites on a sibling domain, and for
sign-in itself (being signed in as somebody else without noticing is an attack too).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from service.errors import NotAllowed


def check_origin(origin: str | None, host: str, public_url: str) -> None:
    """NotAllowed (`foreign_origin`) unless the page that sends this is ours.

    `origin` is the Origin header, which browsers put on every POST and pages cannot choose; `host` the Host header;
    `public_url` counts as well, for a proxy that calls us by another name.
    """
    sender = urlsplit(origin or "").netloc.lower()
    if not sender or sender not in {host.lower(), urlsplit(public_url).netloc.lower()}:
        raise NotAllowed("foreign_origin", "This request did not come from our own page.")
