"""Signing up, in and out. Each function is one or two calls of Supabase Auth, with a client of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from service.errors import DomainError, InvalidInput, NoSession
from service.logs import get_logger
from service.sessions.ending import end_sessions
from service.sessions.refusals import auth_refusals
from service.sessions.session import PersonSession, session_of
from service.supabase_door import SupabaseDoor
from service.visitors import Visitor

SignOutScope = Literal["local", "others", "global"]
LinkKind = Literal["signup", "email", "magiclink", "recovery", "email_change", "invite"]

_log = get_logger("fieldlite.sessions")

_TELLS_WHO_IS_KNOWN = frozenset({"over_email_send_rate_limit", "user_already_exists", "email_exists", "otp_disabled"})
"""Auth says the first three only about addresses that have an account, the last one only about others."""


def sign_up(door: SupabaseDoor, visitor: Visitor, *, email: str, password: str, display_name: str) -> None:
    """Make an account and send its confirmation mail. Says nothing about whether the address was known.

    Raises InvalidInput (weak_password, invalid_email), NotAllowed (sign_up_closed), TooManyAttempts, AuthUnavailable.
    """
    with silent_about_the_known(), auth_refusals(), door.auth(visitor) as auth:
        auth.sign_up({"email": email, "password": password, "options": {"data": {"display_name": display_name}}})


def resend_confirmation(door: SupabaseDoor, visitor: Visitor, *, email: str) -> None:
    """Send the confirmation mail again, if there is anything to confirm. Silent as `sign_up` is."""
    with silent_about_the_known(), auth_refusals(), door.auth(visitor) as auth:
        auth.resend({"type": "signup", "email": email})


def send_magic_link(door: SupabaseDoor, visitor: Visitor, *, email: str) -> None:
    """Mail a link that signs in, if the address has an account; none is made. Silent as `sign_up` is."""
    with silent_about_the_known(), auth_refusals(), door.auth(visitor) as auth:
        auth.sign_in_with_otp({"email": email, "options": {"should_create_user": False}})


def send_recovery(door: SupabaseDoor, visitor: Visitor, *, email: str) -> None:
    """Mail a link to choose a new password, if the address has an account. Silent as `sign_up` is."""
    with silent_about_the_known(), auth_refusals(), door.auth(visitor) as auth:
        auth.reset_password_for_email(email)


def confirm(door: SupabaseDoor, visitor: Visitor, *, token_hash: str, kind: LinkKind) -> PersonSession | None:
    """Use the token of a mailed link, which also signs in; None when an e-mail change waits for its other link.

    Raises InvalidInput (link_expired).
    """
    with auth_refusals(), door.auth(visitor) as auth:
        answer = auth.verify_otp({"token_hash": token_hash, "type": kind})
        if answer.session is None and kind == "email_change":
            return None
        return session_of(answer.session)


def sign_in(door: SupabaseDoor, visitor: Visitor, *, email: str, password: str) -> PersonSession:
    """Raises WrongCredentials, NotAllowed (email_not_confirmed, account_locked), TooManyAttempts, AuthUnavailable."""
    with auth_refusals(), door.auth(visitor) as auth:
        return session_of(auth.sign_in_with_password({"email": email, "password": password}).session)


def refresh(door: SupabaseDoor, visitor: Visitor, *, refresh_token: str) -> PersonSession:
    """A new access token and the next refresh token.

    Reuse follows Auth's rules: for ten seconds an old token still answers, with the newest one (two tabs that refresh
    at once both stay signed in); after that its reuse ends the session. Raises NoSession when there is none any more.
    """
    try:
        with auth_refusals(), door.auth(visitor) as auth:
            return session_of(auth.refresh_session(refresh_token).session)
    except InvalidInput as error:  # no token of ours: as good as none
        raise NoSession from error


def sign_out(door: SupabaseDoor, visitor: Visitor, *, refresh_token: str, scope: SignOutScope) -> PersonSession | None:
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
    if scope == "local":
        with auth_refusals(), door.auth(visitor) as auth:
            auth.admin.sign_out(session.access_token, "local")
        return None
    # Not by Auth: it would leave the access tokens that are in other hands alive for up to an hour.
    end_sessions(door, session.access_token, "others" if scope == "others" else "all")
    return session if scope == "others" else None


@contextmanager
def silent_about_the_known() -> Iterator[None]:
    """Swallow the refusals that would tell a stranger which addresses have an account."""
    try:
        yield
    except DomainError as error:
        code = str(getattr(error.__cause__, "code", ""))  # Auth's own, which `auth_refusals` keeps as the cause
        if code not in _TELLS_WHO_IS_KNOWN:
            raise
        _log.info("kept_silent", code=code)
