"""Rows of ``auth.identities``: the ways a user can sign in, by e-mail or by an OAuth provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from supabase_local.auth.database import Connection
from supabase_local.auth.errors import AuthError
from supabase_local.auth.users import User, find_by_email, merge_app_metadata, merged, now, update_user

_SELECT = """
  select id, provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at, email
  from auth.identities where
"""


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
    await cursor.execute(_SELECT + "user_id = any(%s) order by created_at, id", (user_ids,))
    return await cursor.fetchall()


async def find_identity(connection: Connection, provider: str, provider_id: str) -> Identity | None:
    """Return the identity that a provider knows by ``provider_id``."""
    cursor = connection.cursor(row_factory=class_row(Identity))
    await cursor.execute(_SELECT + "provider = %s and provider_id = %s", (provider, provider_id))
    return await cursor.fetchone()


async def owners_of_address(connection: Connection, email: str) -> list[UUID]:
    """Return the users who have an identity with this address, whatever they sign in with."""
    cursor = await connection.execute(
        "select distinct user_id from auth.identities where email = lower(%s) and provider not like 'sso:%%'", (email,)
    )
    return [row[0] for row in await cursor.fetchall()]


async def create_identity(
    connection: Connection, user: User, provider: str, provider_id: str, claims: dict[str, Any]
) -> Identity:
    """Give the user an identity of a provider. Raises psycopg's UniqueViolation when somebody has it."""
    moment = now()
    identity = Identity(uuid4(), provider_id, user.id, claims, provider, moment, moment, moment, None)
    await connection.execute(
        """
        insert into auth.identities (
          id, provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at
        ) values (%s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (identity.id, provider_id, user.id, Jsonb(claims), provider, moment, moment, moment),
    )
    return identity


async def replace_identity_data(connection: Connection, identity: Identity, claims: dict[str, Any]) -> None:
    """Keep what the provider says now, at a sign-in."""
    await connection.execute(
        "update auth.identities set identity_data = %s, last_sign_in_at = %s, updated_at = %s where id = %s",
        (Jsonb(claims), now(), now(), identity.id),
    )


async def delete_identity(connection: Connection, identity: Identity) -> None:
    """Delete an identity."""
    await connection.execute("delete from auth.identities where id = %s", (identity.id,))


async def update_providers(connection: Connection, user: User) -> User:
    """Let ``app_metadata`` name the providers of the user's identities, the oldest first."""
    names = list(dict.fromkeys(identity.provider for identity in await identities_of(connection, user.id)))
    return await merge_app_metadata(connection, user, {"providers": names} | ({"provider": names[0]} if names else {}))


async def take_address_of_identities(connection: Connection, user: User) -> User:
    """Return the user with an address that one of the identities has, the present one if possible.

    Raises ``email_conflict_identity_not_deletable`` (422) when other users have all of them.
    """
    addresses = [identity.email or "" for identity in await identities_of(connection, user.id)]
    if user.email in addresses:
        return user
    for address in addresses:
        if await find_by_email(connection, address) is None:
            confirmed_at = user.email_confirmed_at if address else None
            return await update_user(connection, user, email=address or None, email_confirmed_at=confirmed_at)
    message = "Unable to unlink identity due to email conflict"
    raise AuthError(422, "email_conflict_identity_not_deletable", message)


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


async def mark_address_verified(connection: Connection, user: User) -> None:
    """Note at the identities with the user's address that it has been confirmed."""
    await connection.execute(
        """
        update auth.identities set identity_data = identity_data || '{"email_verified": true}', updated_at = %s
        where user_id = %s and email = lower(%s)
        """,
        (now(), user.id, user.email),
    )


async def update_email_identity(connection: Connection, user: User, changes: dict[str, Any]) -> None:
    """Set members of the e-mail identity's data, creating the identity when the user has none."""
    if await ensure_email_identity(connection, user, email_claims(user.id, user.email) | changes):
        await update_providers(connection, user)
        return
    for identity in await identities_of(connection, user.id):
        if identity.provider == "email":
            await connection.execute(
                "update auth.identities set identity_data = %s, updated_at = %s where id = %s",
                (Jsonb(merged(identity.identity_data, changes)), now(), identity.id),
            )
