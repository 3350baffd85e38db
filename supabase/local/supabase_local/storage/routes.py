"""Storage is not built: its tables exist so that migrations run, its HTTP interface answers 501."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from supabase_local.context import Stack
from supabase_local.gateway.services import METHODS


def routes(_: Stack) -> list[BaseRoute]:
    """Return one route for every path below ``/storage/v1``."""
    return [Route("/{path:path}", _refuse, methods=METHODS)]


async def _refuse(request: Request) -> JSONResponse:
    """Answer in Storage's own error shape, so that the official clients show the message."""
    message = f"Storage is not part of the embedded Supabase ({request.url.path})."
    return JSONResponse({"statusCode": "501", "error": "not_implemented", "message": message}, status_code=501)
