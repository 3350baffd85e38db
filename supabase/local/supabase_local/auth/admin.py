"""Admin endpoints under /admin/users, for the holder of the secret key only."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from psycopg.errors import UniqueViolation
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from supabase_local.auth.account import store_password
from supabase_local.auth.bodies import Body, read_body
from supabase_local.auth.callers import require_admin
from supabase_local.auth.database import Connection
from supabase_local.auth.durations import parse_duration
from supabase_local.auth.email_change import DUPLICATE, check_free
from supabase_local.auth.emails import checked_email
from supabase_local.auth.errors import AuthError, not_offered, validation_failed
from supabase_local.auth.identities import email_claims, ensure_email_identity, update_email_identity
from supabase_local.auth.passwords import check_length, check_strength, hash_password, is_bcrypt_hash
from supabase_local.auth.representation import user_json, users_json
from supabase_local.auth.room import Room
from supabase_local.auth.sessions import end_sessions
from supabase_local.auth.signup import confirm_email
from supabase_local.auth.users import (
    AUDIENCE,
    User,
    ban,
    create_user,
    find_by_email,
    find_by_id,
    list_users,
    merge_app_metadata,
    merge_user_metadata,
    now,
    update_user,
)

_PER_PAGE = 50
_LARGEST_PAGE = 1_000_000


async def list_all_users(room: Room, request: Request) -> Response:
    """Answer one page of users, newest first, with the headers ``Link`` and ``X-Total-Count``."""
    require_admin(room, request)
    page, per_page = _number(request, "page", 1), _number(request, "per_page", _PER_PAGE)
    words = request.query_params.get("filter", "").replace("\x00", "")
    async with room.connection() as connection:
        users, total = await list_users(connection, limit=per_page, offset=(page - 1) * per_page, words=words)
        members = await users_json(connection, users)
    headers = {"X-Total-Count": str(total), "Link": _links(request, page, -(-total // per_page))}
    return JSONResponse({"users": members, "aud": AUDIENCE}, headers=headers)


async def create_new_user(room: Room, request: Request) -> Response:
    """Create a user, confirmed if ``email_confirm`` says so. No mail is sent, and password rules do not apply."""
    require_admin(room, request)
    body = await read_body(request)
    _refuse_phone(body)
    if not body.text("email"):
        raise validation_failed("Cannot create a user without either an email or phone")
    email, user_id, banned = checked_email(body.text("email")), _custom_id(body), _ban_duration(body)
    async with room.connection() as connection:
        if await find_by_email(connection, email) is not None:
            raise AuthError(422, "email_exists", DUPLICATE)
        hashed = await _initial_password(connection, body)
        try:
            async with connection.transaction():
                user = await create_user(
                    connection, email, password_hash=hashed, user_id=user_id,
                    user_metadata=body.mapping("user_metadata"), role=body.text("role") or "authenticated",
                )  # fmt: skip
                await ensure_email_identity(connection, user, email_claims(user.id, email))
                user = await _apply_common(connection, user, body, banned)
        except UniqueViolation as error:
            if await find_by_email(connection, email) is None and await find_by_id(connection, user_id) is None:
                raise  # A project's own unique constraint, by a trigger on auth.users.
            raise AuthError(422, "email_exists", DUPLICATE) from error
        return JSONResponse(await user_json(connection, user))


async def get_one_user(room: Room, request: Request) -> Response:
    """Answer one user."""
    require_admin(room, request)
    async with room.connection() as connection:
        return JSONResponse(await user_json(connection, await loaded_user(connection, request)))


async def update_one_user(room: Room, request: Request) -> Response:
    """Change anything of a user. A new address counts at once."""
    require_admin(room, request)
    async with room.connection() as connection:
        user = await loaded_user(connection, request)
        body = await read_body(request)
        if body.text("phone") != user.phone:
            _refuse_phone(body)
        email = checked_email(body.text("email")) if body.text("email") else ""
        banned, hashed = _ban_duration(body), await _new_password(room, connection, body)
        async with connection.transaction():
            if role := body.text("role"):
                user = await update_user(connection, user, role=role.strip())
            if hashed:
                user = await store_password(connection, user, hashed)
                await end_sessions(connection, user.id)
            if email:
                user = await _change_email(connection, user, email, verified=body.flag("email_confirm"))
            if (metadata := body.mapping("user_metadata")) is not None:
                user = await merge_user_metadata(connection, user, metadata)
            user = await _apply_common(connection, user, body, banned)
        return JSONResponse(await user_json(connection, user))


async def delete_one_user(room: Room, request: Request) -> Response:
    """Delete a user, and by foreign key what belongs to it."""
    require_admin(room, request)
    body = await read_body(request, empty_allowed=True)
    if body.flag("should_soft_delete"):
        raise not_offered("soft deletion of users")
    async with room.connection() as connection:
        user = await loaded_user(connection, request)
        await connection.execute("delete from auth.users where id = %s", (user.id,))
    return JSONResponse({})


async def loaded_user(connection: Connection, request: Request) -> User:
    """Return the user that the path names. Raises 404 when there is none."""
    try:
        user_id = UUID(request.path_params["user_id"])
    except ValueError as error:
        raise AuthError(404, "validation_failed", "user_id must be an UUID") from error
    user = await find_by_id(connection, user_id)
    if user is None:
        raise AuthError(404, "user_not_found", "User not found")
    return user


async def _apply_common(connection: Connection, user: User, body: Body, banned: timedelta | None) -> User:
    """Apply what creating and updating have in common, in GoTrue's order."""
    if (metadata := body.mapping("app_metadata")) is not None:
        user = await merge_app_metadata(connection, user, metadata)
    if body.flag("email_confirm"):
        user = await confirm_email(connection, user)
    if banned is not None:
        user = await ban(connection, user, banned)
    return user


async def _change_email(connection: Connection, user: User, email: str, *, verified: bool) -> User:
    await check_free(connection, user, email)
    user = await update_user(connection, user, email=email)
    await update_email_identity(connection, user, {"email": email, "email_verified": verified})
    return user


async def _initial_password(connection: Connection, body: Body) -> str:
    """Return the hash for a new user: of the given password, the given hash, or of something nobody knows."""
    password, given = body.text("password"), body.text("password_hash")
    if password and given:
        raise validation_failed("Only a password or a password hash should be provided")
    if given and not is_bcrypt_hash(given):
        raise not_offered("password hashes other than bcrypt")
    check_length(password)
    return given or await hash_password(connection, password or secrets.token_urlsafe(48))


async def _new_password(room: Room, connection: Connection, body: Body) -> str:
    password = body.optional_text("password")
    if password is None:
        return ""
    check_strength(password, room.settings)
    return await hash_password(connection, password)


def _custom_id(body: Body) -> UUID:
    if not body.text("id"):
        return uuid4()
    try:
        user_id = UUID(body.text("id"))
    except ValueError as error:
        raise validation_failed("ID must conform to the uuid v4 format") from error
    if user_id.int == 0:
        raise validation_failed("ID cannot be a nil uuid")
    return user_id


def _ban_duration(body: Body) -> timedelta | None:
    """Return how long to ban: zero for ``none``, None when nothing is asked for."""
    text = body.text("ban_duration")
    if not text:
        return None
    try:
        duration = timedelta() if text == "none" else parse_duration(text)
        _ = now() + duration
    except (ValueError, OverflowError) as error:
        raise validation_failed(f"invalid format for ban duration: {error}") from error
    return duration


def _refuse_phone(body: Body) -> None:
    if body.text("phone") or body.flag("phone_confirm"):
        raise not_offered("users with phone numbers")


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or not 0 < int(text[:10]) <= _LARGEST_PAGE:
        raise validation_failed(f'Bad Pagination Parameters: strconv.ParseUint: parsing "{text[:32]}": invalid syntax')
    return int(text)


def _links(request: Request, page: int, pages: int) -> str:
    def link(number: int, relation: str) -> str:
        query: dict[str, Any] = dict(request.query_params) | {"page": number}
        return f'</admin/users?{urlencode(sorted(query.items()))}>; rel="{relation}"'

    following = [link(page + 1, "next")] if pages > page else []
    return ", ".join([*following, link(pages, "last")])
