"""The services behind the gateway: which path belongs to which, and which are not built."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True)
class MissingService:
    """A service of hosted Supabase that the embedded one does not have."""

    path: str
    name: str


MISSING_SERVICES = (
    MissingService("/functions/v1", "Edge Functions"),
    MissingService("/graphql/v1", "GraphQL"),
    MissingService("/pg", "Postgres Meta"),
    MissingService("/analytics/v1", "Analytics"),
    MissingService("/rest-admin/v1", "The admin API of REST"),
    MissingService("/mcp", "The MCP server"),
)


def missing_service_routes() -> list[Route]:
    """Return routes that answer 501 and name the service, for its path and every path below it."""
    return [route for service in MISSING_SERVICES for route in _refusals(service)]


def _refusals(service: MissingService) -> list[Route]:
    async def refuse(request: Request) -> JSONResponse:
        return not_built(service.name, request.url.path)

    return [Route(path, refuse, methods=METHODS) for path in (service.path, f"{service.path}/{{rest:path}}")]


def not_built(name: str, path: str) -> JSONResponse:
    """Return the answer for a part of Supabase that does not exist here: better none than a wrong one."""
    return JSONResponse(
        {
            "code": "not_implemented",
            "message": f"{name} is not part of the embedded Supabase ({path}).",
            "hint": "Use a hosted Supabase project, or the official CLI's containers, for this.",
        },
        status_code=501,
    )
