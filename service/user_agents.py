"""What a browser is called by people: `Chrome on Windows`. Less than its header says, enough to know it by."""

from __future__ import annotations

import re

_BROWSERS = (
    # By what only they write; many write the names of others too, so the order decides.
    (r"Edg(A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Version/.*Safari/", "Safari"),
)
_SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Mac OS X|Macintosh", "Mac"),
    (r"CrOS", "Chromebook"),
    (r"Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """`Chrome on Windows`, or as much as can be told; empty for what is no browser."""
    known = [_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)]
    return " on ".join(name for name in known if name)


def _first(patterns: tuple[tuple[str, str], ...], user_agent: str) -> str | None:
    return next((name for pattern, name in patterns if re.search(pattern, user_agent)), None)
