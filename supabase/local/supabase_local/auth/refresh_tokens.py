"""Rows of ``auth.refresh_tokens``: a chain of tokens in each session, of which at most one is active.

A token is used once and swapped for the next. Clients lose answers and refresh from several tabs at once, so GoTrue
forgives two kinds of reuse, and answers both with the session's active token instead of a new one:
the parent of the active token (the answer was not saved), and any token within the reuse interval (concurrent tabs).
Every other reuse revokes the whole chain. A chain without an active token stays dead, whatever the interval says.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from supabase_local.auth.database import Connection
from supabase_local.auth.settings import AuthSettings
from supabase_local.auth.users import now

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_LENGTH = 12
"""Characters of a token, as GoTrue's are: sixty random bits."""


_SELECT = """
  select id, token, coalesce(parent, '') as parent, coalesce(revoked, false) as revoked, updated_at, session_id
  from auth.refresh_tokens where session_id is not null and
"""


@dataclass(frozen=True)
class RefreshToken:
    """One token of a session's chain."""

    id: int
    token: str
    parent: str
    revoked: bool
    updated_at: datetime
    session_id: UUID


async def issue(connection: Connection, user_id: UUID, session_id: UUID, *, parent: str = "") -> str:
    """Create the session's next active token and return it."""
    token = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    moment = now()
    await connection.execute(
        """
        insert into auth.refresh_tokens (
          instance_id, token, user_id, parent, session_id, revoked, created_at, updated_at
        ) values ('00000000-0000-0000-0000-000000000000', %s, %s, nullif(%s, ''), %s, false, %s, %s)
        """,
        (token, str(user_id), parent, session_id, moment, moment),
    )
    return token


async def find(connection: Connection, token: str) -> RefreshToken | None:
    """Return the row of ``token``."""
    return await _one(connection, "token = %s", token)


async def swap(connection: Connection, used: RefreshToken, user_id: UUID, settings: AuthSettings) -> str | None:
    """Return the token that a client gets for ``used``, None when this reuse has revoked the chain.

    The caller holds the session's lock, so of two clients that use the same token at once the second one sees it
    revoked and its child active.
    """
    if not used.revoked:
        await _revoke(connection, "id = %s", used.id)
        return await issue(connection, user_id, used.session_id, parent=used.token)
    active = await active_token(connection, used.session_id)
    if active is None:
        return None
    if active.parent == used.token or now() <= used.updated_at + settings.reuse_interval:
        return active.token
    if settings.rotate_refresh_tokens:
        await _revoke(connection, "session_id = %s and not revoked", used.session_id)
    return None


async def active_token(connection: Connection, session_id: UUID) -> RefreshToken | None:
    """Return the session's active token, None when the chain was revoked."""
    return await _one(connection, "session_id = %s and not revoked order by id desc limit 1", session_id)


async def _one(connection: Connection, condition: str, value: object) -> RefreshToken | None:
    cursor = connection.cursor(row_factory=class_row(RefreshToken))
    await cursor.execute(_SELECT + condition, (value,))
    return await cursor.fetchone()


async def _revoke(connection: Connection, condition: str, value: object) -> None:
    await connection.execute(
        f"update auth.refresh_tokens set revoked = true, updated_at = %s where {condition}",  # noqa: S608
        (now(), value),
    )
