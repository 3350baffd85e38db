"""Rows of ``auth.identities``: the ways a user can sign in, here only by e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from supabase_local.auth.database import Connection
from supabase_local.auth.users import User, merged, now


@dataclass(frozen=True)
class Identity:
    """One identity of a user."""

    id: UUID
    provider_id: str
    user_id: UUID
    identity_data: dict[str, Any]
    provider: str
    last_sign_in_at: datetime | None
    created_at: datetime | None
    updated_at: datetime | None
    email: str | None


async def identities_of(connection: Connection, user_id: UUID) -> list[Identity]:
    """Return the user's identities, oldest first."""
    return await identities_of_all(connection, [user_id])


async def identities_of_all(connection: Connection, user_ids: list[UUID]) -> list[Identity]:
    """Return the identities of several users, oldest first."""
    cursor = connection.cursor(row_factory=class_row(Identity))
    await cursor.execute(
        """
        select id, provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at, email
        from auth.identities where user_id = any(%s) order by created_at, id
        """,
        (user_ids,),
    )
    return await cursor.fetchall()


def email_claims(user_id: UUID, email: str, *, verified: bool = False) -> dict[str, Any]:
    """Return what the e-mail provider states about a user: content of identity and of ``user_metadata``."""
    return {"sub": str(user_id), "email": email, "email_verified": verified, "phone_verified": False}


async def ensure_email_identity(connection: Connection, user: User, claims: dict[str, Any]) -> bool:
    """Create the user's e-mail identity unless there is one; tell whether it was created."""
    moment = now()
    cursor = await connection.execute(
        """
        insert into auth.identities (
          provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at
        ) values (%s, %s, %s, 'email', %s, %s, %s) on conflict (provider_id, provider) do nothing
        """,
        (str(user.id), user.id, Jsonb(claims), moment, moment, moment),
    )
    return cursor.rowcount == 1


async def update_email_identity(connection: Connection, user: User, changes: dict[str, Any]) -> None:
    """Set members of the e-mail identity's data, creating the identity when the user has none."""
    if await ensure_email_identity(connection, user, email_claims(user.id, user.email) | changes):
        return
    for identity in await identities_of(connection, user.id):
        if identity.provider == "email":
            await connection.execute(
                "update auth.identities set identity_data = %s, updated_at = %s where id = %s",
                (Jsonb(merged(identity.identity_data, changes)), now(), identity.id),
            )
