"""Signing in with somebody else's account: the authorization code flow with PKCE (RFC 7636) through Supabase Auth.

The verifier stays in the browser that began, in a cookie of that one attempt. Whoever is made to open a callback with a
stranger's code has no such cookie, so nobody is signed in as somebody else without noticing.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from service.errors import InvalidInput, NotFound
from service.sessions.refusals import auth_refusals
from service.sessions.session import PersonSession, session_of
from service.settings import Settings
from service.supabase_door import SupabaseDoor
from service.urls import oauth_callback
from service.visitors import Visitor

_NO_PROVIDERS = frozenset({"email", "phone", "anonymous_users"})
"""Ways in that Auth lists among the providers."""

_LOCAL_PATH = re.compile(r"/(?![/\\])[\x21-\x7e]*")


@dataclass(frozen=True, repr=False)
class Attempt:
    """One try in one browser: what its cookie keeps until the provider sends the person back."""

    id: str
    verifier: str
    next: str

    @classmethod
    def begin(cls, next_path: str | None) -> Attempt:
        """A new attempt that ends at `next_path`, or at the start for anything that is no path of ours."""
        return cls(secrets.token_urlsafe(9), secrets.token_urlsafe(48), local_path(next_path))

    @classmethod
    def from_cookie(cls, attempt_id: str, value: str | None) -> Attempt:
        """The attempt that a callback belongs to. Raises InvalidInput (`attempt_over`) without its cookie."""
        verifier, _, path = (value or "").partition("|")
        if not verifier:
            raise InvalidInput("attempt_over", "That took too long. Please try again.")
        return cls(attempt_id, verifier, local_path(path))

    def as_cookie(self) -> str:
        """The cookie's value."""
        return f"{self.verifier}|{self.next}"

    @property
    def challenge(self) -> str:
        """What Auth is told, so that only the verifier's holder may trade the code."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def local_path(path: str | None) -> str:
    """`path` when it leads to a page of this site, else `/`: `//host` and whole addresses lead elsewhere."""
    return path if path and len(path) <= 500 and _LOCAL_PATH.fullmatch(path) else "/"


def providers(door: SupabaseDoor) -> list[str]:
    """The providers that are switched on, in order of their names. Raises AuthUnavailable."""
    external = door.auth_settings().get("external")
    offered = external if isinstance(external, dict) else {}
    return sorted(name for name, on in offered.items() if on is True and name not in _NO_PROVIDERS)


def authorize_url(settings: Settings, door: SupabaseDoor, provider: str, attempt: Attempt) -> str:
    """Where the browser goes next. Raises NotFound (`no_such_provider`), AuthUnavailable."""
    if provider not in providers(door):
        raise NotFound("no_such_provider", "Signing in that way is not offered here.")
    query = urlencode(
        {
            "provider": provider,
            "redirect_to": oauth_callback(settings, attempt.id),
            "code_challenge": attempt.challenge,
            "code_challenge_method": "s256",
        }
    )
    return f"{settings.browser_supabase_url}/auth/v1/authorize?{query}"


def complete(door: SupabaseDoor, visitor: Visitor, attempt: Attempt, code: str) -> PersonSession:
    """Trade the code. Raises InvalidInput (`attempt_over`), NotAllowed, TooManyAttempts, AuthUnavailable."""
    with auth_refusals(), door.auth(visitor) as auth:
        answer = auth.exchange_code_for_session(
            {"auth_code": code, "code_verifier": attempt.verifier, "redirect_to": ""}
        )
        return session_of(answer.session)
