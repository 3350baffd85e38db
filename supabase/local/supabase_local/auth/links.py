"""POST /invite and POST /admin/generate_link: links that an admin sends, or gets to send in mails of their own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from supabase_local.auth.bodies import Body, read_body
from supabase_local.auth.callers import require_admin
from supabase_local.auth.confirmations import create_link, send_link
from supabase_local.auth.database import Connection
from supabase_local.auth.email_change import DUPLICATE, check_free, create_change_link
from supabase_local.auth.emails import checked_email
from supabase_local.auth.errors import AuthError, validation_failed
from supabase_local.auth.identities import email_claims, ensure_email_identity
from supabase_local.auth.mails import Link
from supabase_local.auth.one_time_tokens import Kind
from supabase_local.auth.passwords import check_strength, hash_password
from supabase_local.auth.redirects import redirect_target
from supabase_local.auth.representation import user_json
from supabase_local.auth.room import Room
from supabase_local.auth.users import User, create_user, find_by_email, merge_user_metadata, now, update_user

_NEED_A_USER = {"recovery", "email_change_current", "email_change_new"}
_TYPES = {"signup", "invite", "magiclink"} | _NEED_A_USER


@dataclass(frozen=True)
class LinkRequest:
    """What an admin asks for."""

    type: str
    email: str
    new_email: str
    password: str
    data: dict[str, Any] | None
    redirect_to: str


async def invite(room: Room, request: Request) -> Response:
    """Create a user without password and send the invitation. A confirmed user cannot be invited."""
    require_admin(room, request)
    body = await read_body(request)
    email, data = checked_email(body.text("email")), body.mapping("data")
    target = redirect_target(request, room.settings)
    async with room.transaction() as connection:
        user = await _unconfirmed(connection, email, "", data)
        user = await send_link(room, connection, user, "invite", redirect_to=target)
        return JSONResponse(await user_json(connection, user))


async def generate_link(room: Room, request: Request) -> Response:
    """Create a link without sending it; answers the user, the link, its code and its hash."""
    require_admin(room, request)
    asked = _link_request(room, request, await read_body(request))
    async with room.connection() as connection:
        user = await find_by_email(connection, asked.email)
        asked, hashed = await _prepared(room, connection, asked, user)
        async with connection.transaction():
            user, link = await _create(room, connection, asked, user, hashed)
        return JSONResponse(await user_json(connection, user) | _link_members(room, asked, link))


def _link_request(room: Room, request: Request, body: Body) -> LinkRequest:
    if body.text("type") not in _TYPES:
        raise validation_failed(f"Invalid email action link type requested: {body.text('type')}")
    return LinkRequest(
        type=body.text("type"),
        email=checked_email(body.text("email")),
        new_email=body.text("new_email"),
        password=body.text("password"),
        data=body.mapping("data"),
        redirect_to=redirect_target(request, room.settings),
    )


async def _prepared(
    room: Room, connection: Connection, asked: LinkRequest, user: User | None
) -> tuple[LinkRequest, str]:
    """Settle what an unknown address means, and hash the password of a user to be created."""
    if user is None and asked.type in _NEED_A_USER:
        raise AuthError(404, "user_not_found", "User with this email not found")
    if user is None and asked.type == "magiclink":
        asked = LinkRequest("signup", asked.email, "", secrets.token_urlsafe(48), asked.data, asked.redirect_to)
    if user is not None or asked.type != "signup":
        return asked, ""
    if not asked.password:
        raise validation_failed("Signup requires a valid password")
    check_strength(asked.password, room.settings)
    return asked, await hash_password(connection, asked.password)


async def _create(
    room: Room, connection: Connection, asked: LinkRequest, user: User | None, hashed: str
) -> tuple[User, Link]:
    if asked.type in {"signup", "invite"}:
        user = await _unconfirmed(connection, asked.email, hashed, asked.data)
    if user is None:
        raise AuthError(404, "user_not_found", "User with this email not found")
    if not asked.type.startswith("email_change_"):
        return await create_link(room, connection, user, asked.type, asked.redirect_to)
    if asked.type == "email_change_current" and not room.settings.double_confirm_changes:
        raise validation_failed("Enable secure email change to generate link for current email")
    address = checked_email(asked.new_email)
    await check_free(connection, user, address)
    user = await update_user(
        connection, user, email_change=address, email_change_sent_at=now(), email_change_confirm_status=0
    )
    kind: Kind = "email_change_token_new" if asked.type == "email_change_new" else "email_change_token_current"
    return await create_change_link(room, connection, user, kind, redirect_to=asked.redirect_to)


async def _unconfirmed(connection: Connection, email: str, hashed: str, data: dict[str, Any] | None) -> User:
    """Return the unconfirmed user of an address, created when unknown. Raises ``email_exists`` (422)."""
    user = await find_by_email(connection, email)
    if user is None:
        user = await create_user(connection, email, password_hash=hashed, user_metadata=data)
        await ensure_email_identity(connection, user, email_claims(user.id, email))
        return user
    if user.confirmed:
        raise AuthError(422, "email_exists", DUPLICATE)
    return await merge_user_metadata(connection, user, data) if data else user


def _link_members(room: Room, asked: LinkRequest, link: Link) -> dict[str, str]:
    return {
        "action_link": room.mailer.action_link(link),
        "email_otp": link.code,
        "hashed_token": link.hashed,
        "verification_type": asked.type,
        "redirect_to": asked.redirect_to,
    }
