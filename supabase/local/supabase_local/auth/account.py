"""GET and PUT /user, POST /logout: what a signed-in person does with their own account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from supabase_local.auth import one_time_tokens
from supabase_local.auth.bodies import Body, read_body
from supabase_local.auth.callers import Caller, require_caller
from supabase_local.auth.database import Connection
from supabase_local.auth.email_change import check_free, send_email_change
from supabase_local.auth.emails import checked_email
from supabase_local.auth.errors import AuthError, not_offered, validation_failed
from supabase_local.auth.factors.store import has_verified_factor
from supabase_local.auth.passwords import check_strength, hash_password, password_matches
from supabase_local.auth.pkce import challenge_from
from supabase_local.auth.redirects import redirect_target
from supabase_local.auth.representation import user_json
from supabase_local.auth.room import Room
from supabase_local.auth.sessions import end_session, end_sessions
from supabase_local.auth.users import User, lock_user, merge_user_metadata, now, update_user

_RECENT = timedelta(hours=24)
"""Sessions younger than this may change the password without a nonce, whatever ``secure_password_change`` says."""


async def get_user(room: Room, request: Request) -> Response:
    """Answer the caller's own account."""
    async with room.connection() as connection:
        caller = await require_caller(room, request, connection)
        return JSONResponse(await user_json(connection, caller.user))


async def update_own_user(room: Room, request: Request) -> Response:
    """Change password, metadata or address. A new address has to be confirmed before it counts."""
    async with room.connection() as connection:
        caller = await require_caller(room, request, connection)
        room.limit("user", request)
        body = await read_body(request)
        await _require_second_factor(connection, caller, body)
        hashed = await _checked_password(room, connection, caller, body)
        address = checked_email(body.text("email")) if body.text("email") else ""
        if body.mapping("app_metadata") is not None:
            raise AuthError(403, "not_admin", "Updating app_metadata requires admin privileges")
        if body.text("phone") not in {"", caller.user.phone}:
            raise not_offered("changing the phone number")
        challenge, target = challenge_from(body), redirect_target(request, room.settings)
        async with connection.transaction():
            user = caller.user
            if hashed:
                user = await change_password(connection, caller, hashed)
            if (data := body.mapping("data")) is not None:
                user = await merge_user_metadata(connection, user, data)
            if address and address != user.email.lower():
                await check_free(connection, user, address)
                user = await send_email_change(room, connection, user, address, redirect_to=target, challenge=challenge)
        return JSONResponse(await user_json(connection, user))


async def _require_second_factor(connection: Connection, caller: Caller, body: Body) -> None:
    """Refuse to change password or address in a session that has not proved the second factor that the user has."""
    changes_address = bool(body.text("email")) and body.text("email") != caller.user.email
    if not body.text("password") and not changes_address:
        return
    raised = caller.session is not None and caller.session.has_second_factor
    if not raised and await has_verified_factor(connection, caller.user.id):
        message = "AAL2 session is required to update email or password when MFA is enabled."
        raise AuthError(401, "insufficient_aal", message)


async def _checked_password(room: Room, connection: Connection, caller: Caller, body: Body) -> str:
    """Return the hash of the new password, ``""`` when none is asked for. Refuses weak ones and the present one."""
    password = body.optional_text("password")
    if password is None:
        return ""
    check_strength(password, room.settings)
    session = caller.session
    recent = session is not None and now() < session.created_at + _RECENT
    if room.settings.secure_password_change and not recent:
        if body.text("nonce"):
            raise not_offered("reauthentication by nonce")
        raise AuthError(400, "reauthentication_needed", "Password update requires reauthentication")
    if await password_matches(connection, password, caller.user.encrypted_password):
        raise AuthError(422, "same_password", "New password should be different from the old password.")
    return await hash_password(connection, password)


async def change_password(connection: Connection, caller: Caller, hashed: str) -> User:
    """Store a new password; links sent before and all other sessions end."""
    user = await store_password(connection, caller.user, hashed)
    await end_sessions(connection, user.id, keep=caller.session.id if caller.session else None)
    return user


async def store_password(connection: Connection, user: User, hashed: str) -> User:
    """Store a password hash and forget every link: whoever changes a password may distrust what came before."""
    await one_time_tokens.clear(connection, user.id)
    forgotten: dict[str, Any] = dict.fromkeys(
        ("confirmation_token", "recovery_token", "email_change_token_current", "email_change_token_new"), ""
    )
    forgotten |= dict.fromkeys(("confirmation_sent_at", "recovery_sent_at", "email_change_sent_at"))
    return await update_user(connection, user, encrypted_password=hashed, **forgotten)


async def log_out(room: Room, request: Request) -> Response:
    """End sessions: ``global`` (all), ``local`` (this one) or ``others`` (all but this one)."""
    scope = request.query_params.get("scope") or "global"
    async with room.transaction() as connection:
        caller = await require_caller(room, request, connection)
        if scope not in {"global", "local", "others"}:
            raise validation_failed(f'Unsupported logout scope "{scope}"')
        if scope == "local" and caller.session is not None:
            await end_session(connection, caller.session.id)
        else:
            await lock_user(connection, caller.user)
            kept = caller.session.id if caller.session is not None and scope == "others" else None
            await end_sessions(connection, caller.user.id, keep=kept)
    return Response(status_code=204)
