"""Which account somebody gets who comes back from a provider: GoTrue's rules for linking identities.

An identity belongs to the account that it was seen with first. A new one joins the account of its address when the
provider has verified the address; else it gets an account of its own. An account whose address nobody had proved loses
its password and other identities to the first who proves it, because somebody else may have made it in advance.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import psycopg

from supabase_local.auth.confirmations import send_link
from supabase_local.auth.database import Connection
from supabase_local.auth.errors import AuthError
from supabase_local.auth.identities import (
    Identity,
    create_identity,
    delete_identity,
    find_identity,
    identities_of,
    owners_of_address,
    replace_identity_data,
    take_address_of_identities,
    update_providers,
)
from supabase_local.auth.oauth.profiles import Profile
from supabase_local.auth.room import Room
from supabase_local.auth.signup import confirm_email
from supabase_local.auth.users import User, create_user, find_by_email, merge_user_metadata, reload, update_user


class Outcome(NamedTuple):
    """The account, and why it cannot be used yet. What was written stays in either case."""

    user: User
    refusal: AuthError | None


async def account_for(room: Room, connection: Connection, profile: Profile) -> Outcome:
    """Return the account of somebody who signs in, created or linked as the rules say."""
    claims = profile.claims(room.settings.external_url)
    identity = await find_identity(connection, profile.provider, profile.subject)
    if identity is not None:
        user = await _returned(connection, identity, claims)
    else:
        user = await _joined_or_created(room, connection, profile, claims)
        identity = await create_identity(connection, user, profile.provider, profile.subject, claims)
    user = await update_providers(connection, user)
    if user.banned:
        raise AuthError(403, "user_banned", "User is banned")
    return await _confirmed(room, connection, user, identity, profile)


async def link_to(room: Room, connection: Connection, profile: Profile, user: User) -> Outcome:
    """Give a signed-in user another identity. Raises ``identity_already_exists`` (422) when somebody has it."""
    known = await find_identity(connection, profile.provider, profile.subject)
    if known is not None:
        whose = "" if known.user_id == user.id else " to another user"
        raise AuthError(422, "identity_already_exists", f"Identity is already linked{whose}")
    claims = profile.claims(room.settings.external_url)
    await create_identity(connection, user, profile.provider, profile.subject, claims)
    user, refusal = await update_providers(connection, user), None
    if not user.email:
        user = await take_address_of_identities(connection, user)
        if profile.verified:
            user = await confirm_email(connection, user)
        else:
            user, refusal = await _to_be_verified(room, connection, user, profile, "email_not_confirmed")
    return Outcome(user, refusal)


async def _returned(connection: Connection, identity: Identity, claims: dict[str, Any]) -> User:
    await replace_identity_data(connection, identity, claims)
    return await merge_user_metadata(connection, await reload(connection, identity.user_id), claims)


async def _joined_or_created(room: Room, connection: Connection, profile: Profile, claims: dict[str, Any]) -> User:
    owner = await _owner(room, connection, profile)
    if owner is None:
        return await _created(room, connection, profile, claims)
    return await merge_user_metadata(connection, owner, claims)


async def _owner(room: Room, connection: Connection, profile: Profile) -> User | None:
    """Return the account that a new identity joins, None when it gets its own."""
    if not _counts_as_verified(room, profile):
        return None
    owners = await owners_of_address(connection, profile.email)
    if len(owners) > 1:
        message = "Multiple accounts with the same email address in the same linking domain detected: default"
        raise AuthError(500, "unexpected_failure", message)
    if owners:
        return await reload(connection, owners[0])
    return await find_by_email(connection, profile.email)


async def _created(room: Room, connection: Connection, profile: Profile, claims: dict[str, Any]) -> User:
    if not room.settings.signup_enabled:
        raise AuthError(422, "signup_disabled", "Signups not allowed for this instance")
    # An unverified address that somebody else has is left out: the new account is not theirs.
    taken = await find_by_email(connection, profile.email) or await owners_of_address(connection, profile.email)
    address = "" if taken else profile.email
    try:
        return await create_user(connection, address, user_metadata=claims, provider=profile.provider)
    except psycopg.Error as error:
        raise AuthError(500, "unexpected_failure", "Database error saving new user") from error


async def _confirmed(room: Room, connection: Connection, user: User, identity: Identity, profile: Profile) -> Outcome:
    """Confirm the account by what the provider has verified, or ask for the confirmation that is missing."""
    if user.confirmed:
        return Outcome(user, None)
    user = await _without_unproved(connection, user, identity)
    if _counts_as_verified(room, profile):
        return Outcome(await confirm_email(connection, user), None)
    return await _to_be_verified(room, connection, user, profile, "provider_email_needs_verification")


async def _without_unproved(connection: Connection, user: User, identity: Identity) -> User:
    """Take away password, metadata and other identities, which anybody may have put there."""
    for other in await identities_of(connection, user.id):
        if other.id != identity.id:
            await delete_identity(connection, other)
    claims = identity.identity_data
    user = await update_user(connection, user, encrypted_password=None, raw_user_meta_data=claims)
    return await update_providers(connection, user)


async def _to_be_verified(room: Room, connection: Connection, user: User, profile: Profile, code: str) -> Outcome:
    """Send the confirmation, if there is an address to send it to; the person cannot come in before."""
    name = profile.provider
    message = f"Unverified email with {name}. Verify the email with {name} in order to sign in"
    if user.email:
        user = await send_link(room, connection, user, "signup", redirect_to=room.settings.site_url)
        message = f"Unverified email with {name}. A confirmation email has been sent to your {name} email"
    return Outcome(user, AuthError(422, code, message))


def _counts_as_verified(room: Room, profile: Profile) -> bool:
    return profile.verified or not room.settings.confirmations
