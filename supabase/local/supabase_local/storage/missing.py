"""The parts of Storage that are not built, and paths that do not exist."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from supabase_local.gateway.services import METHODS
from supabase_local.storage.errors import not_built

MISSING = {
    "/upload/resumable": "Resumable upload (tus)",
    "/render/image": "Image transformation",
    "/s3": "Storage's S3 protocol",
    "/vector": "Storage for vectors",
    "/iceberg": "Storage for analytics (Iceberg)",
    "/cdn": "Storage's CDN",
}
DISABLED = "Storage (it is disabled: set enabled = true under [storage] in config.toml, else it)"


def missing_routes() -> list[Route]:
    """Return routes that answer 501 and name what is missing, for each path and everything below it."""
    return [route for path, feature in MISSING.items() for route in _refusals(path, feature)]


def disabled_routes() -> list[Route]:
    """Return the one route of a stack whose configuration switches Storage off."""
    return _refusals("", DISABLED)


def unknown_route() -> Route:
    """Return the route for all other paths: 404, in storage-api's words."""
    return Route("/{rest:path}", _unknown, methods=METHODS)


def _refusals(path: str, feature: str) -> list[Route]:
    async def refuse(_: Request) -> Response:
        return not_built(feature).response()

    # A tus client asks what the server can do with OPTIONS, without being a browser that asks for another origin.
    methods = [*METHODS, "OPTIONS"]
    below = Route(f"{path}/{{rest:path}}", refuse, methods=methods)
    return [Route(path, refuse, methods=methods), below] if path else [below]


async def _unknown(request: Request) -> Response:
    where = f"{request.method}:/{request.path_params['rest']}"
    return JSONResponse({"message": f"Route {where} not found", "error": "Not Found", "statusCode": 404}, 404)
