"""Admin endpoints under /admin/users/{id}/factors, for the holder of the secret key only."""

from __future__ import annotations

from dataclasses import replace

from psycopg.errors import UniqueViolation
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from supabase_local.auth.admin import loaded_user
from supabase_local.auth.bodies import read_body
from supabase_local.auth.callers import require_admin
from supabase_local.auth.errors import AuthError
from supabase_local.auth.factors.store import delete_factor, factors_of, owned_factor, update_factor
from supabase_local.auth.representation import factor_members
from supabase_local.auth.room import Room
from supabase_local.auth.users import now


async def list_factors(room: Room, request: Request) -> Response:
    """Answer a user's factors."""
    require_admin(room, request)
    async with room.connection() as connection:
        user = await loaded_user(connection, request)
        return JSONResponse([factor_members(factor) for factor in await factors_of(connection, user.id)])


async def delete_one_factor(room: Room, request: Request) -> Response:
    """Delete a user's factor, for people who have lost their phone. Like GoTrue, it leaves sessions as they are."""
    require_admin(room, request)
    async with room.connection() as connection:
        user = await loaded_user(connection, request)
        factor = await owned_factor(connection, user, request.path_params["factor_id"])
        await delete_factor(connection, factor)
    return JSONResponse(factor_members(factor))


async def rename_factor(room: Room, request: Request) -> Response:
    """Change what a user's factor is called."""
    require_admin(room, request)
    async with room.connection() as connection:
        user = await loaded_user(connection, request)
        factor = await owned_factor(connection, user, request.path_params["factor_id"])
        if name := (await read_body(request)).text("friendly_name"):
            try:
                await update_factor(connection, factor, "friendly_name", name)
            except UniqueViolation as error:
                raise AuthError(500, "unexpected_failure", "Error updating factor") from error
            factor = replace(factor, friendly_name=name, updated_at=now())
    return JSONResponse(factor_members(factor))
