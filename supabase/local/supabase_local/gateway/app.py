"""The gateway: one ASGI application on one port, with every service under its path."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, ExceptionHandler

from supabase_local.auth import routes as auth
from supabase_local.context import Stack
from supabase_local.gateway.availability import Availability
from supabase_local.gateway.background import running
from supabase_local.gateway.cors import Cors
from supabase_local.gateway.keys import KeyCheck
from supabase_local.gateway.pools import open_pools
from supabase_local.gateway.services import missing_service_routes
from supabase_local.realtime import routes as realtime
from supabase_local.rest import routes as rest
from supabase_local.storage import routes as storage


def create_app(stack: Stack, database_is_up: Callable[[], bool]) -> ASGIApp:
    """Build the application that answers on the API port. Its lifespan opens the pools and runs background tasks.

    The cross-origin rules wrap everything, so that scripts can read refusals and failures too.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with open_pools(stack), running(stack.background):
            yield

    middleware = [
        Middleware(Availability, database_is_up=database_is_up),
        Middleware(KeyCheck, keys=stack.keys),
    ]
    handlers: dict[int | type[Exception], ExceptionHandler] = {404: _no_route, Exception: _failure}
    return Cors(Starlette(routes=_routes(stack), middleware=middleware, lifespan=lifespan, exception_handlers=handlers))


def _routes(stack: Stack) -> list[BaseRoute]:
    return [
        Mount("/rest/v1", routes=rest.routes(stack)),
        Mount("/auth/v1", routes=auth.routes(stack)),
        Mount("/realtime/v1", routes=realtime.routes(stack)),
        Mount("/storage/v1", routes=storage.routes(stack)),
        *missing_service_routes(),
    ]


async def _no_route(_request: Request, _error: Exception) -> JSONResponse:
    """Answer as hosted Supabase's gateway does for a path that belongs to no service."""
    return JSONResponse({"message": "no Route matched with those values"}, status_code=404)


async def _failure(_request: Request, error: Exception) -> JSONResponse:
    """Answer for a defect of ours; its traceback goes to the stack's log."""
    message = f"The embedded Supabase failed: {type(error).__name__}. Its log has the details."
    return JSONResponse({"code": "internal_error", "message": message}, status_code=500)
