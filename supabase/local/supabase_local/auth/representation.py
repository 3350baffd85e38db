"""Users as JSON, member by member as Supabase Auth answers them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from supabase_local.auth.database import Connection
from supabase_local.auth.factors.store import Factor, factors_of_all
from supabase_local.auth.identities import Identity, identities_of_all
from supabase_local.auth.users import User

_OPTIONAL = (
    "email_confirmed_at", "phone_confirmed_at", "confirmed_at", "invited_at", "confirmation_sent_at",
    "recovery_sent_at", "email_change_sent_at", "reauthentication_sent_at", "last_sign_in_at", "banned_until",
    "deleted_at",
)  # fmt: skip
"""Times that are left out while they are null."""


async def user_json(connection: Connection, user: User) -> dict[str, Any]:
    """Return the user with identities and second factors, read from the database."""
    [members] = await users_json(connection, [user])
    return members


async def users_json(connection: Connection, users: list[User]) -> list[dict[str, Any]]:
    """Return several users like ``user_json``, in the order given."""
    ids = [user.id for user in users]
    identities = await identities_of_all(connection, ids)
    factors = await factors_of_all(connection, ids)
    return [
        _user_members(
            user,
            [identity for identity in identities if identity.user_id == user.id],
            [factor for factor in factors if factor.user_id == user.id],
        )
        for user in users
    ]


def _user_members(user: User, identities: list[Identity], factors: list[Factor]) -> dict[str, Any]:
    """Return the user object of the API: no password, no token."""
    members: dict[str, Any] = {
        "id": str(user.id),
        "aud": user.aud,
        "role": user.role,
        "email": user.email,
        "phone": user.phone,
        "app_metadata": user.app_metadata,
        "user_metadata": user.user_metadata,
        "identities": [_identity_members(identity) for identity in identities],
        "created_at": timestamp(user.created_at),
        "updated_at": timestamp(user.updated_at),
        "is_anonymous": user.is_anonymous,
    }
    times = {name: timestamp(getattr(user, name)) for name in _OPTIONAL if getattr(user, name) is not None}
    optional = {
        "new_email": user.email_change,
        "new_phone": user.phone_change,
        "factors": [factor_members(factor) for factor in factors],
    }
    return members | times | {name: value for name, value in optional.items() if value}


def factor_members(factor: Factor) -> dict[str, Any]:
    """Return a second factor: never its secret."""
    named = {"friendly_name": factor.friendly_name} if factor.friendly_name else {}
    return named | {
        "id": str(factor.id),
        "created_at": timestamp(factor.created_at),
        "updated_at": timestamp(factor.updated_at),
        "status": factor.status,
        "factor_type": factor.factor_type,
        "phone": factor.phone,
        "last_challenged_at": timestamp(factor.last_challenged_at),
    }


def timestamp(moment: datetime | None) -> str | None:
    """Return a time in RFC 3339 with ``Z``, microseconds included."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def _identity_members(identity: Identity) -> dict[str, Any]:
    # ``id`` is the provider's id of the user and ``identity_id`` the row's: the clients expect it this way round.
    members = {
        "identity_id": str(identity.id),
        "id": identity.provider_id,
        "user_id": str(identity.user_id),
        "identity_data": identity.identity_data,
        "provider": identity.provider,
        "last_sign_in_at": timestamp(identity.last_sign_in_at),
        "created_at": timestamp(identity.created_at),
        "updated_at": timestamp(identity.updated_at),
        "email": identity.email,
    }
    return {name: value for name, value in members.items() if value is not None}
