"""Who calls: the signed-in user of a token, or an admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.requests import Request

from supabase_local.auth.database import Connection
from supabase_local.auth.errors import AuthError
from supabase_local.auth.jwts import bearer_token, verified_claims
from supabase_local.auth.room import Room
from supabase_local.auth.sessions import Session, find_session
from supabase_local.auth.users import User, find_by_id


@dataclass(frozen=True)
class Caller:
    """A signed-in user. Tokens made by hand may have no session."""

    user: User
    session: Session | None
    claims: dict[str, Any]


async def require_caller(room: Room, request: Request, connection: Connection) -> Caller:
    """Return the caller whose token the request carries.

    Raises 401 without a token, and 403 for a bad one, for a user who is gone and for a session that has ended:
    signing out works at once here, although the token itself has not expired.
    """
    claims = verified_claims(bearer_token(request), room.keys.jwt_secret)
    if not claims.get("sub"):
        raise AuthError(403, "bad_jwt", "invalid claim: missing sub claim")
    user = await find_by_id(connection, _uuid(claims["sub"], "sub"))
    if user is None:
        raise AuthError(403, "user_not_found", "User from sub claim in JWT does not exist")
    session = None
    if claims.get("session_id"):
        session = await find_session(connection, _uuid(claims["session_id"], "session_id"))
        if session is None:
            raise AuthError(403, "session_not_found", "Session from session_id claim in JWT does not exist")
    return Caller(user, session, claims)


async def require_session(room: Room, request: Request, connection: Connection) -> tuple[User, Session]:
    """Return who calls and their session, for what only a signed-in person can do: second factors.

    Raises what ``require_caller`` raises, 500 for a token without session and 403 for anonymous users.
    """
    caller = await require_caller(room, request, connection)
    if caller.user.is_anonymous:
        raise AuthError(403, "no_authorization", "Anonymous user not allowed to perform these actions")
    if caller.session is None:
        message = "A valid session and a registered user are required to enroll a factor"
        raise AuthError(500, "unexpected_failure", message)
    return caller.user, caller.session


def require_admin(room: Room, request: Request) -> None:
    """Let only service_role tokens pass. Raises ``no_authorization`` (401), ``bad_jwt`` or ``not_admin`` (403)."""
    claims = verified_claims(bearer_token(request), room.keys.jwt_secret)
    if claims.get("role") != "service_role":
        raise AuthError(403, "not_admin", "User not allowed")


def _uuid(value: object, claim: str) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        raise AuthError(403, "bad_jwt", f"invalid claim: {claim} claim must be a UUID") from error
