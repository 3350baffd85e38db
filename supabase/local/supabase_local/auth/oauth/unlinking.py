"""DELETE /user/identities/{id}: no longer signing in by a provider."""

from __future__ import annotations

from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from supabase_local.auth.callers import require_caller
from supabase_local.auth.errors import AuthError
from supabase_local.auth.identities import (
    delete_identity,
    identities_of,
    take_address_of_identities,
    update_providers,
)
from supabase_local.auth.oauth.authorize import require_manual_linking
from supabase_local.auth.room import Room
from supabase_local.auth.users import lock_user


async def unlink_identity(room: Room, request: Request) -> Response:
    """Remove one of the caller's identities; one has to stay, and an address that went with it is replaced."""
    async with room.transaction() as connection:
        caller = await require_caller(room, request, connection)
        require_manual_linking(room)
        identity_id = _identity_id(request)
        await lock_user(connection, caller.user)
        identities = await identities_of(connection, caller.user.id)
        if len(identities) <= 1:
            message = "User must have at least 1 identity after unlinking"
            raise AuthError(422, "single_identity_not_deletable", message)
        chosen = next((identity for identity in identities if identity.id == identity_id), None)
        if chosen is None:
            raise AuthError(422, "identity_not_found", "Identity doesn't exist")
        await delete_identity(connection, chosen)
        user = await take_address_of_identities(connection, caller.user)
        await update_providers(connection, user)
    return JSONResponse({})


def _identity_id(request: Request) -> UUID:
    try:
        return UUID(request.path_params["identity_id"])
    except ValueError as error:
        raise AuthError(404, "validation_failed", "identity_id must be an UUID") from error
