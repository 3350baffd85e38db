"""POST /factors/{id}/challenge and /verify: proving the second factor."""

from __future__ import annotations

import time
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from supabase_local.auth import refresh_tokens
from supabase_local.auth.bodies import read_body
from supabase_local.auth.callers import require_session
from supabase_local.auth.database import Connection
from supabase_local.auth.errors import AuthError, validation_failed
from supabase_local.auth.factors import totp
from supabase_local.auth.factors.challenges import create_challenge, invalid_code, open_challenge, use_challenge
from supabase_local.auth.factors.store import Factor, delete_unverified, owned_factor, update_factor
from supabase_local.auth.grants import Grant, grant_tokens
from supabase_local.auth.room import Room
from supabase_local.auth.sessions import Session, end_lower_sessions, raise_session
from supabase_local.auth.users import User, lock_user, now

_NO_CHALLENGE = UUID(int=0)


async def challenge(room: Room, request: Request) -> Response:
    """Open a challenge; TOTP needs nothing sent, so its answer is only an id that is valid for five minutes."""
    async with room.transaction() as connection:
        _, _, factor = await _callers_factor(room, request, connection, "factor_challenge")
        _require_enabled(room)
        opened = await create_challenge(connection, factor, room.client(request).address)
        await update_factor(connection, factor, "last_challenged_at", now())
    expires_at = int(opened.expires_at.timestamp())
    return JSONResponse({"id": str(opened.id), "type": factor.factor_type, "expires_at": expires_at})


async def verify(room: Room, request: Request) -> Response:
    """Answer a challenge with a code: the session becomes ``aal2`` and gets new tokens.

    Sessions that have not proved a second factor end, and so do factors that were begun and never finished.
    """
    async with room.connection() as connection:
        user, session, factor = await _callers_factor(room, request, connection, "factor_verify")
        body = await read_body(request)
        code, challenge_id = body.text("code").strip(), body.identifier("challenge_id") or _NO_CHALLENGE
        if not code:
            raise validation_failed("Code needs to be non-empty")
        _require_enabled(room)
        opened = await open_challenge(connection, factor, challenge_id, room.client(request).address)
        if not totp.is_valid(code, factor.secret, time.time()):
            raise invalid_code()
        async with connection.transaction():
            await lock_user(connection, user)
            await use_challenge(connection, factor, opened, code)
            grant = await _raised(room, connection, user, session, factor)
    return JSONResponse(grant.members())


async def _raised(room: Room, connection: Connection, user: User, session: Session, factor: Factor) -> Grant:
    """Raise the session to ``aal2`` and return its new tokens, the refresh token swapped as by a refresh."""
    if not factor.verified:
        await update_factor(connection, factor, "status", "verified")
    session = await raise_session(connection, session, factor.id, factor.factor_type)
    active = await refresh_tokens.active_token(connection, session.id)
    following = await refresh_tokens.swap(connection, active, user.id, room.settings) if active else None
    if following is None:
        raise AuthError(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
    await end_lower_sessions(connection, user.id)
    await delete_unverified(connection, user.id)
    return await grant_tokens(room, connection, user, session, following)


async def _callers_factor(
    room: Room, request: Request, connection: Connection, limit: str
) -> tuple[User, Session, Factor]:
    """Return who calls, in which session, and which of their factors the path names; count the request."""
    user, session = await require_session(room, request, connection)
    factor = await owned_factor(connection, user, request.path_params["factor_id"])
    room.limit(limit, request)
    if factor.factor_type != "totp":
        raise validation_failed("factor_type needs to be totp, phone, or webauthn")
    return user, session, factor


def _require_enabled(room: Room) -> None:
    if not room.settings.mfa.verify_enabled:
        raise AuthError(422, "mfa_totp_verify_not_enabled", "MFA verification is disabled for TOTP")
