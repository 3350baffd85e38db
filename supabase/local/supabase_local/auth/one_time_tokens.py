"""One-time codes, and the hashes of them that links carry, in ``auth.one_time_tokens``."""

from __future__ import annotations

import hashlib
import secrets
from typing import Literal
from uuid import UUID, uuid4

from supabase_local.auth.database import Connection
from supabase_local.auth.users import User, find_by_id, now

Kind = Literal["confirmation_token", "recovery_token", "email_change_token_new", "email_change_token_current"]
PKCE_PREFIX = "pkce_"


def new_code(length: int) -> str:
    """Return a random code of ``length`` digits."""
    return "".join(secrets.choice("0123456789") for _ in range(length))


def token_hash(address: str, code: str) -> str:
    """Return the hash that stands for a code sent to ``address`` (56 hexadecimal digits)."""
    return hashlib.sha224((address + code).encode()).hexdigest()


async def store(connection: Connection, user: User, kind: Kind, address: str, hashed: str) -> None:
    """Make ``hashed`` the user's only token of its kind."""
    await clear(connection, user.id, kind)
    moment = now().replace(tzinfo=None)
    await connection.execute(
        """
        insert into auth.one_time_tokens (id, user_id, token_type, token_hash, relates_to, created_at, updated_at)
        values (%s, %s, %s, %s, %s, %s, %s)
        """,
        (uuid4(), user.id, kind, hashed, address.lower(), moment, moment),
    )


async def clear(connection: Connection, user_id: UUID, kind: Kind | None = None) -> None:
    """Forget the user's token of one kind, or of every kind."""
    await connection.execute(
        "delete from auth.one_time_tokens where user_id = %s and (%s::text is null or token_type::text = %s)",
        (user_id, kind, kind),
    )


async def find_user(
    connection: Connection, hashes: tuple[str, ...], kinds: tuple[Kind, ...]
) -> tuple[User, Kind] | None:
    """Return whose token one of ``hashes`` is and its kind, locking the user so that a token is used once.

    The token is read again under the lock, since another request may have used it meanwhile.
    """
    owner = await _owner(connection, hashes, kinds)
    if owner is None:
        return None
    user = await find_by_id(connection, owner[0], lock=True)
    again = await _owner(connection, hashes, kinds)
    return (user, again[1]) if user is not None and again is not None else None


async def _owner(connection: Connection, hashes: tuple[str, ...], kinds: tuple[Kind, ...]) -> tuple[UUID, Kind] | None:
    cursor = await connection.execute(
        """
        select user_id, token_type::text from auth.one_time_tokens
        where token_hash = any(%s) and token_type::text = any(%s)
        """,
        (list(hashes), list(kinds)),
    )
    row = await cursor.fetchone()
    return (row[0], row[1]) if row else None
