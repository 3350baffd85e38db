"""Where a person may be sent after following a link: ``site_url`` and ``additional_redirect_urls``."""

from __future__ import annotations

import functools
import ipaddress
import re
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, urlencode, urlsplit, urlunsplit

from starlette.requests import Request

from supabase_local.auth.settings import AuthSettings

_HOST = re.compile(r"[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?")
_LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}
_WILDCARDS = {"**": ".*", "*": "[^./]*", "?": "[^./]"}


def redirect_target(request: Request, settings: AuthSettings) -> str:
    """Return the first allowed of: header or query parameter ``redirect_to``, the Referer, the site's address."""
    asked = request.headers.get("redirect_to") or request.query_params.get("redirect_to", "")
    for candidate in (asked, request.headers.get("referer", "")):
        if is_allowed(candidate, settings):
            return candidate
    return settings.site_url


def is_allowed(url: str, settings: AuthSettings) -> bool:
    """Tell whether ``url`` is on the site itself (any port on loopback) or matches the list of further addresses."""
    if not url or any(character <= " " or character == "\x7f" for character in url):
        return False
    try:
        asked, site = urlsplit(url), urlsplit(settings.site_url)
        if _same_site(asked, site):
            return True
    except ValueError:
        return False
    if not _plausible_host(asked):
        return False
    bare = url.split("#", 1)[0]
    return any(_compiled(pattern).fullmatch(bare) for pattern in settings.redirect_urls)


def with_fragment(url: str, members: Mapping[str, str]) -> str:
    """Return ``url`` with the members as its fragment, in the order of their names."""
    return urlunsplit(urlsplit(url)._replace(fragment=urlencode(sorted(members.items()))))


def with_query(url: str, members: Mapping[str, str]) -> str:
    """Return ``url`` with the members added to its query."""
    parts = urlsplit(url)
    query = "&".join(part for part in (parts.query, urlencode(sorted(members.items()))) if part)
    return urlunsplit(parts._replace(query=query))


def _same_site(asked: SplitResult, site: SplitResult) -> bool:
    if (asked.scheme, asked.hostname) != (site.scheme, site.hostname) or asked.hostname is None:
        return False
    return asked.port == site.port or asked.hostname in _LOOPBACK_NAMES


def _plausible_host(asked: SplitResult) -> bool:
    host = asked.hostname or ""
    if host.isdigit():  # An address written as one number: browsers would resolve it.
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return asked.scheme not in {"http", "https"} or _HOST.fullmatch(host) is not None


@functools.lru_cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(_translated(pattern)), re.DOTALL)


def _translated(pattern: str) -> Iterator[str]:
    """Translate a glob: ``*`` and ``?`` stop at ``.`` and ``/``, ``**`` does not, ``{a,b}`` are alternatives."""
    depth = 0
    for piece in re.findall(r"\*\*|\[[^\]]+\]|\\.|.", pattern, re.DOTALL):
        if piece == "{":
            depth += 1
            yield "(?:"
        elif piece == "}" and depth:
            depth -= 1
            yield ")"
        elif piece == "," and depth:
            yield "|"
        else:
            yield _WILDCARDS.get(piece) or _literal(piece)
    yield ")" * depth


def _literal(piece: str) -> str:
    if piece.startswith("[") and len(piece) > 1:
        inner = piece[1:-1].replace("\\", r"\\").replace("[", r"\[")
        return f"[^{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
    return re.escape(piece.removeprefix("\\") or piece)
