"""POST /signup: registering by e-mail and password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from psycopg.errors import UniqueViolation
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from supabase_local.auth.bodies import Body, read_body
from supabase_local.auth.confirmations import send_link
from supabase_local.auth.database import Connection
from supabase_local.auth.emails import checked_email
from supabase_local.auth.errors import AuthError, not_offered, validation_failed
from supabase_local.auth.grants import grant_session
from supabase_local.auth.identities import email_claims, ensure_email_identity
from supabase_local.auth.one_time_tokens import clear
from supabase_local.auth.passwords import check_strength, hash_password
from supabase_local.auth.pkce import Challenge, challenge_from
from supabase_local.auth.redirects import redirect_target
from supabase_local.auth.representation import timestamp, user_json
from supabase_local.auth.room import Room
from supabase_local.auth.users import AUDIENCE, User, create_user, find_by_email, merged, now, update_user


@dataclass(frozen=True)
class Registration:
    """What a person registers with."""

    email: str
    password: str
    data: dict[str, Any]
    challenge: Challenge | None
    redirect_to: str


async def sign_up(room: Room, request: Request) -> Response:
    """Register a user; answers a session, or the user when the address must be confirmed first.

    A known, confirmed address gets an answer that looks like a new one when confirmations are on, so that nobody can
    find out who is registered; without confirmations it is refused.
    """
    body = await read_body(request)
    if not body.text("email") and not body.text("phone"):
        _refuse_anonymous(room)
    room.limit("signup", request)
    registration = _registration(room, request, body)
    async with room.connection() as connection:
        user = await find_by_email(connection, registration.email)
        # Hashed even when the address is known: the time must not tell.
        hashed = await hash_password(connection, registration.password)
    try:
        user = await register(room, user, hashed, registration)
    except UniqueViolation:
        # Somebody registered the same address at the same moment: now it is known.
        user = await register(room, await _known(room, registration.email), hashed, registration)
    if user is None:
        return JSONResponse(_obfuscated(registration))
    async with room.transaction() as connection:
        if user.confirmed:
            grant = await grant_session(room, connection, user, "password", room.client(request))
            return JSONResponse(grant.members())
        return JSONResponse(await user_json(connection, user))


async def register(room: Room, user: User | None, hashed: str, registration: Registration) -> User | None:
    """Create the user, or send an unconfirmed one another mail. Returns None for a confirmed one when that is secret.

    The password of an unconfirmed user is not changed: nobody has proved that the address is theirs.
    """
    if user is not None and user.confirmed:
        if not room.settings.confirmations:
            raise AuthError(422, "user_already_exists", "User already registered")
        return None
    async with room.transaction() as connection:
        if user is None:
            user = await create_user(connection, registration.email, password_hash=hashed)
        user = await _with_identity(connection, user, registration.data)
        if not room.settings.confirmations:
            return await confirm_email(connection, user)
        return await send_link(
            room,
            connection,
            user,
            "signup",
            redirect_to=registration.redirect_to,
            challenge=registration.challenge,
        )


async def confirm_email(connection: Connection, user: User) -> User:
    """Mark the user's address as confirmed; tokens sent before stop working."""
    await clear(connection, user.id)
    return await update_user(
        connection,
        user,
        confirmation_token="",
        email_confirmed_at=now(),
        raw_user_meta_data=merged(user.user_metadata, {"email_verified": True}),
    )


async def _with_identity(connection: Connection, user: User, data: dict[str, Any]) -> User:
    """Make sure that the user has an e-mail identity; a new one's claims become the user's metadata."""
    claims = data | email_claims(user.id, user.email)
    if await ensure_email_identity(connection, user, claims):
        return await update_user(connection, user, raw_user_meta_data=claims)
    return user


async def _known(room: Room, email: str) -> User | None:
    async with room.connection() as connection:
        return await find_by_email(connection, email)


def _registration(room: Room, request: Request, body: Body) -> Registration:
    """Check the request in the order of GoTrue's checks."""
    if not room.settings.signup_enabled:
        raise AuthError(422, "signup_disabled", "Signups not allowed for this instance")
    password = body.text("password")
    if not password:
        raise validation_failed("Signup requires a valid password")
    check_strength(password, room.settings)
    if body.text("email") and body.text("phone"):
        raise validation_failed("Only an email address or phone number should be provided on signup.")
    challenge = challenge_from(body)
    if body.text("phone"):
        _refuse_phone(room)
    if not room.settings.email_enabled:
        raise AuthError(400, "email_provider_disabled", "Email signups are disabled")
    email = checked_email(body.text("email"))
    target = redirect_target(request, room.settings)
    return Registration(email, password, body.mapping("data") or {}, challenge, target)


def _refuse_anonymous(room: Room) -> None:
    if room.settings.anonymous_enabled:
        raise not_offered("anonymous sign-ins")
    raise AuthError(422, "anonymous_provider_disabled", "Anonymous sign-ins are disabled")


def _refuse_phone(room: Room) -> None:
    if room.settings.phone_enabled:
        raise not_offered("sign-up by phone")
    raise AuthError(400, "phone_provider_disabled", "Phone signups are disabled")


def _obfuscated(registration: Registration) -> dict[str, Any]:
    """Return what a new user would look like, under an id that belongs to nobody."""
    moment = timestamp(now())
    return {
        "id": str(uuid4()),
        "aud": AUDIENCE,
        "role": "",
        "email": registration.email,
        "phone": "",
        "confirmation_sent_at": moment,
        "app_metadata": {"provider": "email", "providers": ["email"]},
        "user_metadata": registration.data,
        "identities": [],
        "created_at": moment,
        "updated_at": moment,
        "is_anonymous": False,
    }
