"""Sending the links that confirm something: sign-up, invitation, recovery, magic link."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import Any

from supabase_local.auth import one_time_tokens
from supabase_local.auth.database import Connection
from supabase_local.auth.errors import AuthError
from supabase_local.auth.mails import Link
from supabase_local.auth.one_time_tokens import PKCE_PREFIX, Kind
from supabase_local.auth.pkce import Challenge, start_flow
from supabase_local.auth.room import Room
from supabase_local.auth.users import User, now, update_user

_COLUMNS: dict[str, tuple[Kind, str]] = {
    "signup": ("confirmation_token", "confirmation_sent_at"),
    "invite": ("confirmation_token", "confirmation_sent_at"),
    "recovery": ("recovery_token", "recovery_sent_at"),
    "magiclink": ("recovery_token", "recovery_sent_at"),
}
"""Where the token of each type of link is kept and when it was sent."""


def check_frequency(room: Room, sent_at: datetime | None) -> None:
    """Raise ``over_email_send_rate_limit`` (429) when the last mail of the kind was sent too short a time ago."""
    if sent_at is None:
        return
    wait = (sent_at + room.settings.max_frequency - now()).total_seconds()
    if wait > 0:
        message = f"For security purposes, you can only request this after {ceil(wait)} seconds."
        raise AuthError(429, "over_email_send_rate_limit", message)


async def create_link(
    room: Room, connection: Connection, user: User, link_type: str, redirect_to: str, *, pkce: bool = False
) -> tuple[User, Link]:
    """Store a new token for the user and return its link; earlier links of the kind stop working."""
    kind, sent_column = _COLUMNS[link_type]
    code = one_time_tokens.new_code(room.settings.otp_length)
    hashed = (PKCE_PREFIX if pkce else "") + one_time_tokens.token_hash(user.email, code)
    columns: dict[str, Any] = {kind: hashed, sent_column: now()}
    if link_type == "invite":
        columns["invited_at"] = now()
    user = await update_user(connection, user, **columns)
    await one_time_tokens.store(connection, user, kind, user.email, hashed)
    return user, Link(link_type, code, hashed, redirect_to)


async def send_link(
    room: Room,
    connection: Connection,
    user: User,
    link_type: str,
    *,
    redirect_to: str,
    challenge: Challenge | None = None,
) -> User:
    """Create a link and send it to the user. Raises 429 when mails are sent too often."""
    if link_type != "invite":
        check_frequency(room, getattr(user, _COLUMNS[link_type][1]))
    room.limits.check_email()
    if challenge is not None:
        await start_flow(connection, user, link_type, challenge)
    user, link = await create_link(room, connection, user, link_type, redirect_to, pkce=challenge is not None)
    await room.mailer.send(user, link)
    return user
