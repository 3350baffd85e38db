"""What a person does with their account. Each function is one or two calls of Supabase Auth, with a client of its own.

`visitor` is always the person's IP address, or None when it is unknown: Auth counts attempts by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from service.errors import DomainError, InvalidInput, NoSession
from service.logs import get_logger
from service.sessions.refusals import auth_refusals
from service.sessions.session import PersonSession, session_of
from service.supabase_door import SupabaseDoor

SignOutScope = Literal["local", "others", "global"]

_log = get_logger("fieldlite.sessions")

_TELLS_WHO_IS_KNOWN = frozenset({"over_email_send_rate_limit", "user_already_exists", "email_exists"})
"""Auth says these only about addresses that have an account."""


def sign_up(door: SupabaseDoor, visitor: str | None, *, email: str, password: str, display_name: str) -> None:
    """Make an account and send its confirmation mail. Says nothing about whether the address was known.

    Raises InvalidInput (weak_password, invalid_email), NotAllowed (sign_up_closed), TooManyAttempts, AuthUnavailable.
    """
    with _silent_about_the_known(), auth_refusals(), door.auth(visitor) as auth:
        auth.sign_up({"email": email, "password": password, "options": {"data": {"display_name": display_name}}})


def resend_confirmation(door: SupabaseDoor, visitor: str | None, *, email: str) -> None:
    """Send the confirmation mail again, if there is anything to confirm. Silent as `sign_up` is."""
    with _silent_about_the_known(), auth_refusals(), door.auth(visitor) as auth:
        auth.resend({"type": "signup", "email": email})


def confirm(
    door: SupabaseDoor, visitor: str | None, *, token_hash: str, kind: Literal["signup", "email"]
) -> PersonSession:
    """Use the token of a confirmation mail, which also signs in. Raises InvalidInput (link_expired)."""
    with auth_refusals(), door.auth(visitor) as auth:
        return session_of(auth.verify_otp({"token_hash": token_hash, "type": kind}))


def sign_in(door: SupabaseDoor, visitor: str | None, *, email: str, password: str) -> PersonSession:
    """Raises WrongCredentials, NotAllowed (email_not_confirmed, account_locked), TooManyAttempts, AuthUnavailable."""
    with auth_refusals(), door.auth(visitor) as auth:
        return session_of(auth.sign_in_with_password({"email": email, "password": password}))


def refresh(door: SupabaseDoor, visitor: str | None, *, refresh_token: str) -> PersonSession:
    """A new access token and the next refresh token.

    Reuse follows Auth's rules: for ten seconds an old token still answers, with the newest one (two tabs that refresh
    at once both stay signed in); after that its reuse ends the session. Raises NoSession when there is none any more.
    """
    try:
        with auth_refusals(), door.auth(visitor) as auth:
            return session_of(auth.refresh_session(refresh_token))
    except InvalidInput as error:  # no token of ours: as good as none
        raise NoSession from error


def sign_out(
    door: SupabaseDoor, visitor: str | None, *, refresh_token: str, scope: SignOutScope
) -> PersonSession | None:
    """End this session, the person's other ones, or all. Returns this session's next state when it goes on.

    The access token may have expired, so a fresh one is fetched first. Raises NoSession when there is nothing to end
    and the others were to be ended with its help.
    """
    try:
        session = refresh(door, visitor, refresh_token=refresh_token)
    except NoSession:
        if scope == "local":
            return None
        raise
    with auth_refusals(), door.auth(visitor) as auth:
        auth.admin.sign_out(session.access_token, scope)
    return session if scope == "others" else None


@contextmanager
def _silent_about_the_known() -> Iterator[None]:
    """Swallow the refusals that would tell a stranger which addresses have an account."""
    try:
        yield
    except DomainError as error:
        code = str(getattr(error.__cause__, "code", ""))  # Auth's own, which `auth_refusals` keeps as the cause
        if code not in _TELLS_WHO_IS_KNOWN:
            raise
        _log.info("kept_silent", code=code)
