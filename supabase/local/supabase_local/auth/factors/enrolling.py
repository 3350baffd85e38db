"""POST /factors and DELETE /factors/{id}: adding and removing an authenticator app."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from supabase_local.auth.bodies import Body, read_body
from supabase_local.auth.callers import require_session
from supabase_local.auth.database import Connection
from supabase_local.auth.errors import AuthError, not_offered, validation_failed
from supabase_local.auth.factors import qr, totp
from supabase_local.auth.factors.store import create_factor, delete_expired, delete_factor, factors_of, owned_factor
from supabase_local.auth.room import Room
from supabase_local.auth.sessions import Session, lower_sessions
from supabase_local.auth.users import lock_user


async def enroll(room: Room, request: Request) -> Response:
    """Begin a TOTP factor; it counts as soon as a code of it has been verified."""
    async with room.connection() as connection:
        user, session = await require_session(room, request, connection)
        body = await read_body(request)
        _check_type(room, body)
        name, secret = body.text("friendly_name"), totp.new_secret()
        issuer = body.text("issuer") or urlsplit(room.settings.site_url).netloc
        uri = totp.provisioning_uri(secret, issuer, user.email)
        image = _image(uri)
        async with connection.transaction():
            await lock_user(connection, user)
            await delete_expired(connection)
            await _check_room_for_more(room, connection, session, name)
            factor_id = await create_factor(connection, user, name, secret)
    shown = {"qr_code": image, "secret": secret, "uri": uri}
    return JSONResponse({"id": str(factor_id), "type": "totp", "friendly_name": name, "totp": shown})


async def unenroll(room: Room, request: Request) -> Response:
    """Remove a factor; sessions that it has raised fall back to ``aal1`` with their next token."""
    async with room.transaction() as connection:
        user, session = await require_session(room, request, connection)
        await lock_user(connection, user)
        factor = await owned_factor(connection, user, request.path_params["factor_id"])
        if factor.verified and not session.has_second_factor:
            raise AuthError(422, "insufficient_aal", "AAL2 required to unenroll verified factor")
        await delete_factor(connection, factor)
        await lower_sessions(connection, factor.id, factor.factor_type)
    return JSONResponse({"id": str(factor.id)})


def _check_type(room: Room, body: Body) -> None:
    kind, enabled = body.text("factor_type"), room.settings.mfa.enroll_enabled
    if kind not in enabled:
        raise validation_failed("factor_type needs to be totp, phone, or webauthn")
    if not enabled[kind]:
        title = {"totp": "TOTP", "phone": "Phone", "webauthn": "WebAuthn"}[kind]
        raise AuthError(422, f"mfa_{kind}_enroll_not_enabled", f"MFA enroll is disabled for {title}")
    if kind != "totp":
        raise not_offered(f"second factors of type {kind}")


async def _check_room_for_more(room: Room, connection: Connection, session: Session, name: str) -> None:
    """Refuse a name that is taken, too many factors, and a second one by somebody who proved only the password."""
    factors = await factors_of(connection, session.user_id)
    if any(factor.friendly_name == name for factor in factors):
        raise _name_conflict(name)
    if len(factors) >= room.settings.mfa.largest_count:
        message = "Maximum number of verified factors reached, unenroll to continue"
        raise AuthError(422, "too_many_enrolled_mfa_factors", message)
    if any(factor.verified for factor in factors) and not session.has_second_factor:
        raise AuthError(403, "insufficient_aal", "AAL2 required to enroll a new factor")


def _name_conflict(name: str) -> AuthError:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    message = f'A factor with the friendly name "{quoted}" for this user already exists'
    return AuthError(422, "mfa_factor_name_conflict", message)


def _image(uri: str) -> str:
    try:
        return qr.svg_of(uri)
    except ValueError as error:
        raise AuthError(500, "unexpected_failure", "Error generating QR Code") from error
