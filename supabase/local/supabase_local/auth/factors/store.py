"""Rows of ``auth.mfa_factors``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from psycopg.rows import class_row

from supabase_local.auth.database import Connection
from supabase_local.auth.errors import AuthError
from supabase_local.auth.users import User, now

UNFINISHED = timedelta(minutes=5)
"""A factor that was enrolled so long ago and never challenged is forgotten: GoTrue's default."""
_SELECT = """
  select id, user_id, coalesce(friendly_name, '') as friendly_name, factor_type::text as factor_type,
    status::text as status, created_at, updated_at, coalesce(secret, '') as secret, coalesce(phone, '') as phone,
    last_challenged_at
  from auth.mfa_factors where
"""


@dataclass(frozen=True)
class Factor:
    """One second factor of a user. ``secret`` is base32 and never leaves the server after enrolling."""

    id: UUID
    user_id: UUID
    friendly_name: str
    factor_type: str
    status: str
    created_at: datetime
    updated_at: datetime
    secret: str
    phone: str
    last_challenged_at: datetime | None

    @property
    def verified(self) -> bool:
        """Whether a code of it has been accepted once: only then it counts."""
        return self.status == "verified"


async def factors_of(connection: Connection, user_id: UUID) -> list[Factor]:
    """Return the user's factors, oldest first."""
    return await factors_of_all(connection, [user_id])


async def factors_of_all(connection: Connection, user_ids: list[UUID]) -> list[Factor]:
    """Return the factors of several users, oldest first."""
    cursor = connection.cursor(row_factory=class_row(Factor))
    await cursor.execute(_SELECT + "user_id = any(%s) order by created_at, id", (user_ids,))
    return await cursor.fetchall()


async def has_verified_factor(connection: Connection, user_id: UUID) -> bool:
    """Tell whether the user has a second factor that counts."""
    return any(factor.verified for factor in await factors_of(connection, user_id))


async def owned_factor(connection: Connection, user: User, factor_id: str) -> Factor:
    """Return a factor of the user. Raises 404 when it is not theirs."""
    try:
        key = UUID(factor_id)
    except ValueError as error:
        raise AuthError(404, "validation_failed", "factor_id must be an UUID") from error
    cursor = connection.cursor(row_factory=class_row(Factor))
    await cursor.execute(_SELECT + "user_id = %s and id = %s", (user.id, key))
    factor = await cursor.fetchone()
    if factor is None:
        raise AuthError(404, "mfa_factor_not_found", "Factor not found")
    return factor


async def create_factor(connection: Connection, user: User, friendly_name: str, secret: str) -> UUID:
    """Insert an unverified TOTP factor and return its id."""
    factor_id, moment = uuid4(), now()
    await connection.execute(
        """
        insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, created_at, updated_at, secret)
        values (%s, %s, %s, 'totp', 'unverified', %s, %s, %s)
        """,
        (factor_id, user.id, friendly_name, moment, moment, secret),
    )
    return factor_id


async def update_factor(connection: Connection, factor: Factor, column: str, value: Any) -> None:
    """Set ``status``, ``friendly_name`` or ``last_challenged_at`` of a factor."""
    statements = {
        "status": "update auth.mfa_factors set status = %s, updated_at = %s where id = %s",
        "friendly_name": "update auth.mfa_factors set friendly_name = %s, updated_at = %s where id = %s",
        "last_challenged_at": "update auth.mfa_factors set last_challenged_at = %s, updated_at = %s where id = %s",
    }
    await connection.execute(statements[column], (value, now(), factor.id))


async def delete_factor(connection: Connection, factor: Factor) -> None:
    """Delete a factor; its challenges go with it."""
    await connection.execute("delete from auth.mfa_factors where id = %s", (factor.id,))


async def delete_unverified(connection: Connection, user_id: UUID) -> None:
    """Delete the user's TOTP factors that were never finished."""
    await connection.execute(
        "delete from auth.mfa_factors where user_id = %s and factor_type = 'totp' and status = 'unverified'", (user_id,)
    )


async def delete_expired(connection: Connection) -> None:
    """Delete the factors of anybody that were begun long ago and never challenged."""
    await connection.execute(
        """
        delete from auth.mfa_factors as factor
        where factor.status <> 'verified' and factor.created_at < %s
          and not exists (select from auth.mfa_challenges as challenge where challenge.factor_id = factor.id)
        """,
        (now() - UNFINISHED,),
    )
