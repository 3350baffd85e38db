"""POST /recover, /magiclink, /otp and /resend: mails that people ask for.

An unknown address gets the same empty answer as a known one, so that nobody can find out who is registered.
"""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from supabase_local.auth.bodies import Body, read_body
from supabase_local.auth.confirmations import send_link
from supabase_local.auth.email_change import send_email_change
from supabase_local.auth.emails import checked_email
from supabase_local.auth.errors import AuthError, not_offered, validation_failed
from supabase_local.auth.passwords import hash_password
from supabase_local.auth.pkce import challenge_from
from supabase_local.auth.redirects import redirect_target
from supabase_local.auth.room import Room
from supabase_local.auth.signup import Registration, register
from supabase_local.auth.users import User, find_by_email


async def recover(room: Room, request: Request) -> Response:
    """Send a link that signs in to choose a new password."""
    room.limit("recover", request)
    _require_email_provider(room)
    body = await read_body(request)
    if not body.text("email"):
        raise validation_failed("Password recovery requires an email")
    email, challenge = checked_email(body.text("email")), challenge_from(body)
    target = redirect_target(request, room.settings)
    async with room.transaction() as connection:
        user = await find_by_email(connection, email)
        if user is not None:
            await send_link(room, connection, user, "recovery", redirect_to=target, challenge=challenge)
    return JSONResponse({})


async def magic_link(room: Room, request: Request) -> Response:
    """Send a sign-in link, the older way to ask for it."""
    room.limit("magiclink", request)
    return await _send_magic_link(room, request, await read_body(request))


async def one_time_password(room: Room, request: Request) -> Response:
    """Send a sign-in link and code; ``create_user`` false refuses addresses that are not registered."""
    room.limit("otp", request)
    body = await read_body(request)
    email, phone = body.text("email"), body.text("phone")
    if email and phone:
        raise validation_failed("Only an email address or phone number should be provided")
    if email and body.text("channel"):
        raise validation_failed("Channel should only be specified with Phone OTP")
    if phone:
        raise not_offered("one-time passwords by phone")
    if not email:
        raise validation_failed("One of email or phone must be set")
    if not body.flag("create_user", default=True) and await _find(room, checked_email(email)) is None:
        raise AuthError(422, "otp_disabled", "Signups not allowed for otp")
    return await _send_magic_link(room, request, body)


async def _send_magic_link(room: Room, request: Request, body: Body) -> Response:
    """Send the link; somebody unknown or unconfirmed is registered first, with a password that nobody knows."""
    _require_email_provider(room)
    if not body.text("email"):
        raise validation_failed("Password recovery requires an email")
    email, challenge = checked_email(body.text("email")), challenge_from(body)
    target = redirect_target(request, room.settings)
    user = await _find(room, email)
    if user is None or not user.confirmed:
        if not room.settings.signup_enabled:
            raise AuthError(422, "signup_disabled", "Signups not allowed for this instance")
        password = secrets.token_urlsafe(48)
        registration = Registration(email, password, body.mapping("data") or {}, challenge, target)
        async with room.connection() as connection:
            hashed = await hash_password(connection, password)
        user = await register(room, user, hashed, registration)
    if user is not None and user.confirmed:
        async with room.transaction() as connection:
            await send_link(room, connection, user, "magiclink", redirect_to=target, challenge=challenge)
    return JSONResponse({})


async def resend(room: Room, request: Request) -> Response:
    """Send the mail of an unfinished sign-up or e-mail change once more."""
    room.limit("resend", request)
    body = await read_body(request)
    email, kind = _resend_target(room, body)
    target = redirect_target(request, room.settings)
    async with room.transaction() as connection:
        user = await find_by_email(connection, email)
        if user is not None and kind == "signup" and not user.confirmed:
            await send_link(room, connection, user, "signup", redirect_to=target)
        elif user is not None and kind == "email_change" and user.email_change:
            await send_email_change(room, connection, user, user.email_change, redirect_to=target)
    return JSONResponse({})


def _resend_target(room: Room, body: Body) -> tuple[str, str]:
    kind, email, phone = body.text("type"), body.text("email"), body.text("phone")
    if kind not in {"signup", "email_change", "sms", "phone_change"}:
        raise validation_failed("Missing one of these types: signup, email_change, sms, phone_change")
    if email and phone:
        raise validation_failed("Only an email address or phone number should be provided.")
    if kind in {"sms", "phone_change"}:
        raise not_offered("messages to phones")
    if not email:
        raise validation_failed("Type provided requires an email address")
    _require_email_provider(room)
    return checked_email(email), kind


def _require_email_provider(room: Room) -> None:
    if not room.settings.email_enabled:
        raise AuthError(400, "email_provider_disabled", "Email logins are disabled")


async def _find(room: Room, email: str) -> User | None:
    async with room.connection() as connection:
        return await find_by_email(connection, email)
