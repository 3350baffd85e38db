"""Changing one's e-mail address: links to the new address and, if so configured, to the old one as well."""

from __future__ import annotations

from supabase_local.auth import one_time_tokens
from supabase_local.auth.confirmations import check_frequency
from supabase_local.auth.database import Connection
from supabase_local.auth.errors import AuthError
from supabase_local.auth.identities import update_email_identity
from supabase_local.auth.mails import Link
from supabase_local.auth.one_time_tokens import PKCE_PREFIX, Kind
from supabase_local.auth.pkce import Challenge, start_flow
from supabase_local.auth.room import Room
from supabase_local.auth.signup import confirm_email
from supabase_local.auth.users import User, find_by_email, now, update_user

DUPLICATE = "A user with this email address has already been registered"


async def check_free(connection: Connection, user: User, address: str) -> None:
    """Raise ``email_exists`` (422) when another user has the address."""
    other = await find_by_email(connection, address)
    if other is not None and other.id != user.id:
        raise AuthError(422, "email_exists", DUPLICATE)


async def send_email_change(
    room: Room,
    connection: Connection,
    user: User,
    address: str,
    *,
    redirect_to: str,
    challenge: Challenge | None = None,
) -> User:
    """Ask for confirmation of the new address (and of the present one). Nothing changes until then."""
    check_frequency(room, user.email_change_sent_at)
    room.limits.check_email()
    if challenge is not None:
        await start_flow(connection, user, "email_change", challenge)
    user = await update_user(
        connection, user, email_change=address, email_change_sent_at=now(), email_change_confirm_status=0
    )
    both = room.settings.double_confirm_changes and user.email
    recipients: list[tuple[Kind, str]] = [("email_change_token_new", address)]
    if both:
        recipients.append(("email_change_token_current", user.email))
    for kind, recipient in recipients:
        user, link = await create_change_link(
            room, connection, user, kind, redirect_to=redirect_to, pkce=challenge is not None
        )
        await room.mailer.send(user, link, recipient=recipient)
    return user


async def create_change_link(
    room: Room, connection: Connection, user: User, kind: Kind, *, redirect_to: str, pkce: bool = False
) -> tuple[User, Link]:
    """Store a token for the new or the present address and return its link."""
    recipient = user.email_change if kind == "email_change_token_new" else user.email
    code = one_time_tokens.new_code(room.settings.otp_length)
    hashed = (PKCE_PREFIX if pkce else "") + one_time_tokens.token_hash(recipient, code)
    user = await update_user(connection, user, **{kind: hashed})
    await one_time_tokens.store(connection, user, kind, recipient, hashed)
    return user, Link("email_change", code, hashed, redirect_to)


async def accept_email_change(room: Room, connection: Connection, user: User, kind: Kind) -> User | None:
    """Take one confirmation; returns the user with the new address, or None while the other address has to confirm."""
    both = room.settings.confirmations and room.settings.double_confirm_changes
    if both and user.email and user.email_change_confirm_status == 0:
        await one_time_tokens.clear(connection, user.id, kind)
        await update_user(connection, user, email_change_confirm_status=1, **{kind: ""})
        return None
    await check_free(connection, user, user.email_change)
    await one_time_tokens.clear(connection, user.id)
    address = user.email_change
    user = await update_user(
        connection,
        user,
        email=address,
        email_change="",
        email_change_token_current="",
        email_change_token_new="",
        email_change_confirm_status=0,
    )
    await update_email_identity(connection, user, {"email": address, "email_verified": True})
    return user if user.confirmed else await confirm_email(connection, user)
