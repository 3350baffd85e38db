"""POST /token: sessions for a password, a refresh token or a PKCE code."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from supabase_local.auth import pkce, refresh_tokens
from supabase_local.auth.bodies import read_body
from supabase_local.auth.errors import AuthError, OAuthError, WeakPasswordError, not_offered, validation_failed
from supabase_local.auth.grants import Grant, grant_session, grant_tokens
from supabase_local.auth.passwords import check_strength, password_matches
from supabase_local.auth.room import Room
from supabase_local.auth.sessions import check_age, find_session, note_refresh
from supabase_local.auth.users import User, find_by_email, reload

_NOT_OFFERED = {"id_token": "sign-in with an ID token", "web3": "sign-in with a wallet"}


async def issue_token(room: Room, request: Request) -> Response:
    """Dispatch by ``grant_type``, which stands in the query."""
    grant_type = request.query_params.get("grant_type", "")
    if grant_type in _NOT_OFFERED:
        raise not_offered(_NOT_OFFERED[grant_type])
    handler = _GRANTS.get(grant_type)
    if handler is None:
        raise AuthError(400, "invalid_credentials", "unsupported_grant_type")
    room.limit("token", request)
    return await handler(room, request)


async def _password_grant(room: Room, request: Request) -> Response:
    """Sign in by e-mail and password. A wrong password and an unknown address look alike, in time too."""
    body = await read_body(request)
    email, password = body.text("email"), body.text("password")
    if email and body.text("phone"):
        raise validation_failed("Only an email address or phone number should be provided on login.")
    if not email:
        raise _without_email(room, bool(body.text("phone")))
    if not room.settings.email_enabled:
        raise AuthError(422, "email_provider_disabled", "Email logins are disabled")
    user = await _authenticated(room, email, password)
    if not user.confirmed:
        raise AuthError(400, "email_not_confirmed", "Email not confirmed")
    async with room.transaction() as connection:
        grant = await grant_session(room, connection, user, "password", room.client(request))
    return JSONResponse(grant.members() | _weakness(password, room))


async def _authenticated(room: Room, email: str, password: str) -> User:
    async with room.connection() as connection:
        user = await find_by_email(connection, email)
        matches = await password_matches(connection, password, user.encrypted_password if user else "")
    if user is None or not matches:
        raise AuthError(400, "invalid_credentials", "Invalid login credentials")
    if user.banned:
        raise AuthError(400, "user_banned", "User is banned")
    return user


def _without_email(room: Room, phone: bool) -> AuthError:
    if not phone:
        return validation_failed("missing email or phone")
    if room.settings.phone_enabled:
        return not_offered("sign-in by phone")
    return AuthError(422, "phone_provider_disabled", "Phone logins are disabled")


def _weakness(password: str, room: Room) -> dict[str, object]:
    """Return the member that tells a signed-in person that the password no longer meets the rules."""
    try:
        check_strength(password, room.settings)
    except WeakPasswordError as weak:
        return {"weak_password": {"message": weak.message, "reasons": weak.reasons}}
    return {}


async def _refresh_grant(room: Room, request: Request) -> Response:
    token = (await read_body(request)).text("refresh_token")
    if not token:
        raise OAuthError("invalid_request", "refresh_token required")
    grant = await _refreshed(room, request, token)
    if grant is None:
        # Raised here, outside of the transaction: the revocation of the chain must stay.
        raise AuthError(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used")
    return JSONResponse(grant.members())


async def _refreshed(room: Room, request: Request, token: str) -> Grant | None:
    """Return the tokens that follow ``token``, None when its reuse is not forgiven.

    The session's lock makes refreshes of one session follow each other; the token is read again under it.
    """
    async with room.transaction() as connection:
        known = await refresh_tokens.find(connection, token)
        session = await find_session(connection, known.session_id, lock=True) if known else None
        known = await refresh_tokens.find(connection, token)
        if known is None or session is None:
            raise AuthError(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
        user = await reload(connection, session.user_id)
        if user.banned:
            raise AuthError(400, "user_banned", "Invalid Refresh Token: User Banned")
        check_age(session, room.settings)
        following = await refresh_tokens.swap(connection, known, user.id, room.settings)
        if following is None:
            return None
        await note_refresh(connection, session, room.client(request))
        return await grant_tokens(room, connection, user, session, following)


async def _pkce_grant(room: Room, request: Request) -> Response:
    body = await read_body(request)
    code, verifier = body.text("auth_code"), body.text("code_verifier")
    if not code or not verifier:
        raise validation_failed("invalid request: both auth code and code verifier should be non-empty")
    async with room.transaction() as connection:
        flow = await pkce.exchange(connection, code, verifier)
        user = await reload(connection, flow.user_id)
        grant = await grant_session(room, connection, user, flow.authentication_method, room.client(request))
    provided = {"provider_token": flow.provider_token} if flow.provider_token else {}
    return JSONResponse(grant.members() | provided)


_GRANTS: dict[str, Callable[[Room, Request], Awaitable[Response]]] = {
    "password": _password_grant,
    "refresh_token": _refresh_grant,
    "pkce": _pkce_grant,
}
