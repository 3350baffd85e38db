"""Rows of ``auth.users``: what is read, created and changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from psycopg.rows import class_row
from psycopg.sql import SQL, Composable, Identifier, Placeholder
from psycopg.types.json import Jsonb

from supabase_local.auth.database import Connection
from supabase_local.auth.errors import AuthError

AUDIENCE = "authenticated"
ROLE = "authenticated"
_INSTANCE = UUID(int=0)


@dataclass(frozen=True)
class User:
    """A user as the room works with it. Texts that are null in the table read as ``""``, metadata as ``{}``."""

    id: UUID
    aud: str
    role: str
    email: str
    phone: str
    encrypted_password: str
    email_confirmed_at: datetime | None
    phone_confirmed_at: datetime | None
    confirmed_at: datetime | None
    invited_at: datetime | None
    confirmation_token: str
    confirmation_sent_at: datetime | None
    recovery_token: str
    recovery_sent_at: datetime | None
    email_change: str
    email_change_token_current: str
    email_change_token_new: str
    email_change_sent_at: datetime | None
    email_change_confirm_status: int
    phone_change: str
    reauthentication_sent_at: datetime | None
    last_sign_in_at: datetime | None
    app_metadata: dict[str, Any]
    user_metadata: dict[str, Any]
    created_at: datetime | None
    updated_at: datetime | None
    banned_until: datetime | None
    deleted_at: datetime | None
    is_anonymous: bool

    @property
    def confirmed(self) -> bool:
        """Whether the e-mail address has been confirmed."""
        return self.email_confirmed_at is not None

    @property
    def banned(self) -> bool:
        """Whether an admin has banned the user until a time that has not come."""
        return self.banned_until is not None and self.banned_until > now()


_COLUMNS = """
  id, coalesce(aud, '') as aud, coalesce(role, '') as role, coalesce(email, '') as email, coalesce(phone, '') as phone,
  coalesce(encrypted_password, '') as encrypted_password, email_confirmed_at, phone_confirmed_at, confirmed_at,
  invited_at, coalesce(confirmation_token, '') as confirmation_token, confirmation_sent_at,
  coalesce(recovery_token, '') as recovery_token, recovery_sent_at, coalesce(email_change, '') as email_change,
  coalesce(email_change_token_current, '') as email_change_token_current,
  coalesce(email_change_token_new, '') as email_change_token_new, email_change_sent_at,
  coalesce(email_change_confirm_status, 0) as email_change_confirm_status, coalesce(phone_change, '') as phone_change,
  reauthentication_sent_at, last_sign_in_at, coalesce(raw_app_meta_data, '{}') as app_metadata,
  coalesce(raw_user_meta_data, '{}') as user_metadata, created_at, updated_at, banned_until, deleted_at, is_anonymous
"""
_SELECT = f"select {_COLUMNS} from auth.users where coalesce(instance_id, '{_INSTANCE}') = '{_INSTANCE}'"  # noqa: S608


def now() -> datetime:
    """Return the time that the room writes and compares with, in UTC."""
    return datetime.now(UTC)


async def find_by_email(connection: Connection, email: str) -> User | None:
    """Return the user with this address, whatever its case."""
    condition = " and lower(email) = lower(%s) and aud = %s and not is_sso_user order by created_at limit 1"
    return await _one(connection, condition, (email, AUDIENCE))


async def find_by_id(connection: Connection, user_id: UUID, *, lock: bool = False) -> User | None:
    """Return the user with this id; with ``lock`` the row stays locked until the transaction ends."""
    return await _one(connection, " and id = %s" + (" for update" if lock else ""), (user_id,))


async def lock_user(connection: Connection, user: User) -> None:
    """Hold the user's row until the transaction ends: what changes factors and sessions together follows each other."""
    await connection.execute("select from auth.users where id = %s for update", (user.id,))


async def list_users(connection: Connection, *, limit: int, offset: int, words: str) -> tuple[list[User], int]:
    """Return one page of users, newest first, and the number of all. ``words`` are part of address or full name."""
    condition = " and aud = %s"
    values: tuple[str, ...] = (AUDIENCE,)
    if words:
        condition += " and (email like %s or raw_user_meta_data ->> 'full_name' ilike %s)"
        values += (f"%{words}%", f"%{words}%")
    cursor = connection.cursor(row_factory=class_row(User))
    page = f"{_SELECT}{condition} order by created_at desc, id limit %s offset %s"
    await cursor.execute(page, (*values, limit, offset))
    users = await cursor.fetchall()
    counted = await connection.execute(f"select count(*) from ({_SELECT}{condition}) as found", values)  # noqa: S608
    row = await counted.fetchone()
    return users, int(row[0]) if row else 0


async def recent_people(connection: Connection, limit: int = 8) -> list[tuple[str, str]]:
    """Return address and name of those who have signed in last."""
    cursor = await connection.execute(
        """
        select email, coalesce(raw_user_meta_data ->> 'full_name', raw_user_meta_data ->> 'name', '')
        from auth.users where email is not null and deleted_at is null
        order by last_sign_in_at desc nulls last, created_at desc, id limit %s
        """,
        (limit,),
    )
    return [(email, name) for email, name in await cursor.fetchall()]


async def create_user(
    connection: Connection,
    email: str,
    *,
    password_hash: str = "",
    user_metadata: dict[str, Any] | None = None,
    user_id: UUID | None = None,
    role: str = ROLE,
    provider: str = "email",
) -> User:
    """Insert a user who is not confirmed yet, without an address for ``""``.

    Raises psycopg's UniqueViolation for a known address.
    """
    moment, user_id = now(), user_id or uuid4()
    await connection.execute(
        """
        insert into auth.users (
          instance_id, id, aud, role, email, encrypted_password, confirmation_token, recovery_token, email_change,
          email_change_token_new, raw_app_meta_data, raw_user_meta_data, is_super_admin, created_at, updated_at
        ) values (%s, %s, %s, %s, nullif(%s, ''), nullif(%s, ''), '', '', '', '', %s, %s, false, %s, %s)
        """,
        (
            _INSTANCE, user_id, AUDIENCE, role, email, password_hash,
            Jsonb({"provider": provider, "providers": [provider]}), Jsonb(user_metadata or {}), moment, moment,
        ),
    )  # fmt: skip
    # Read back: a project's triggers may have changed the row.
    return await reload(connection, user_id)


async def update_user(connection: Connection, user: User, **columns: Any) -> User:
    """Set columns of the user (dicts become jsonb) and return the row as it is now."""
    values = {name: Jsonb(value) if isinstance(value, dict) else value for name, value in columns.items()}
    values["updated_at"] = now()
    assignments: list[Composable] = [SQL("{} = {}").format(Identifier(name), Placeholder(name)) for name in values]
    statement = SQL("update auth.users set {} where id = {}").format(SQL(", ").join(assignments), Placeholder("key"))
    await connection.execute(statement, values | {"key": user.id})
    return await reload(connection, user.id)


async def merge_user_metadata(connection: Connection, user: User, changes: dict[str, Any]) -> User:
    """Set members of ``user_metadata``; null removes a member."""
    return await update_user(connection, user, raw_user_meta_data=merged(user.user_metadata, changes))


async def merge_app_metadata(connection: Connection, user: User, changes: dict[str, Any]) -> User:
    """Set members of ``app_metadata``; null removes a member."""
    return await update_user(connection, user, raw_app_meta_data=merged(user.app_metadata, changes))


async def ban(connection: Connection, user: User, duration: timedelta) -> User:
    """Keep the user from signing in for ``duration``; zero lifts a ban."""
    return await update_user(connection, user, banned_until=now() + duration if duration else None)


async def reload(connection: Connection, user_id: UUID) -> User:
    """Return the user as the database has it now. Raises ``user_not_found`` (404) when somebody has deleted it."""
    user = await find_by_id(connection, user_id)
    if user is None:
        raise AuthError(404, "user_not_found", "User not found")
    return user


def merged(known: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return ``known`` with ``changes``, without the members that are set to null."""
    return {name: value for name, value in (known | changes).items() if name not in changes or value is not None}


async def _one(connection: Connection, condition: str, values: tuple[Any, ...]) -> User | None:
    cursor = connection.cursor(row_factory=class_row(User))
    await cursor.execute(_SELECT + condition, values)
    return await cursor.fetchone()
