"""What a signed-in person changes about their own account: the password and the e-mail address."""

from __future__ import annotations

import time

from supabase_auth import SyncGoTrueClient

from service.errors import AuthUnavailable, InvalidInput, NotAllowed, WrongCredentials
from service.sessions.accounts import silent_about_the_known
from service.sessions.ending import end_sessions
from service.sessions.refusals import auth_refusals
from service.sessions.session import Claims
from service.supabase_door import SupabaseDoor
from service.visitors import Visitor

FRESH_SECONDS = 15 * 60
"""How long a sign-in by mail link or provider counts as proof enough to set a password without the present one."""

_WRONG_PASSWORD = "That is not your present password."  # noqa: S105 (words for the screen)


def change_password(
    door: SupabaseDoor, visitor: Visitor, access_token: str, *, password: str, current_password: str | None
) -> None:
    """Set a new password and end the person's other sessions.

    Whoever just came by a mailed link or a provider may not know the present password and need not give it. Raises
    InvalidInput (wrong_password, weak_password, same_password), NotAllowed (sign_in_again, second_factor_needed),
    NoSession, TooManyAttempts, AuthUnavailable.
    """
    with auth_refusals(), door.auth_of_person(visitor, access_token) as auth:
        if current_password is not None:
            _check_password(door, visitor, _email_of(auth), current_password)
        elif not _came_just_now_without_password(Claims.of(access_token)):
            raise NotAllowed("sign_in_again", "Give your present password, or sign in again by an e-mailed link.")
        # Auth ends the others too, but leaves their access tokens alive.
        end_sessions(door, access_token, "others")
        auth.update_user({"password": password})


def change_email(door: SupabaseDoor, visitor: Visitor, access_token: str, *, email: str) -> None:
    """Send the mails that confirm a new address; it changes when both were followed. Silent about others' addresses.

    Raises InvalidInput (invalid_email), NotAllowed (second_factor_needed), NoSession, TooManyAttempts, AuthUnavailable.
    """
    with silent_about_the_known(), auth_refusals(), door.auth_of_person(visitor, access_token) as auth:
        auth.update_user({"email": email})


def _check_password(door: SupabaseDoor, visitor: Visitor, email: str, password: str) -> None:
    """Sign in with it, and out again at once."""
    try:
        with auth_refusals(), door.auth(visitor) as auth:
            session = auth.sign_in_with_password({"email": email, "password": password}).session
            if session is None:
                raise AuthUnavailable
            auth.admin.sign_out(session.access_token, "local")
    except WrongCredentials as error:
        raise InvalidInput("wrong_password", _WRONG_PASSWORD) from error


def _email_of(auth: SyncGoTrueClient) -> str:
    session = auth.get_session()
    return (session.user.email if session else None) or ""


def _came_just_now_without_password(claims: Claims) -> bool:
    proofs = {method: at for method, at in claims.methods.items() if method != "totp"}
    return "password" not in proofs and max(proofs.values(), default=0) > time.time() - FRESH_SECONDS
