"""The Realtime room: everything below ``/realtime/v1``."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from supabase_local.context import Stack
from supabase_local.realtime.channel import Channel
from supabase_local.realtime.frames import Version
from supabase_local.realtime.http import BroadcastApi
from supabase_local.realtime.partitions import keep_partitions
from supabase_local.realtime.services import Services, make_services
from supabase_local.realtime.socket import Socket
from supabase_local.realtime.tokens import TokenError, resolve_key, verify


def routes(stack: Stack) -> list[BaseRoute]:
    """Return the routes, and register what has to run in the background."""
    if not stack.project.setting("realtime.enabled", True):
        return [Route("/{path:path}", _disabled, methods=["GET", "POST"])]
    services = make_services(stack)
    stack.background.extend([services.feed.run, services.delivery.run, partial(keep_partitions, stack.admin_pool)])
    api = BroadcastApi(services)
    return [
        WebSocketRoute("/websocket", partial(_connect, services)),
        Route("/api/broadcast", api.many, methods=["POST"]),
        Route("/api/broadcast/{topic:path}/events/{event}", api.one, methods=["POST"]),
    ]


async def _connect(services: Services, websocket: WebSocket) -> None:
    """Serve one client; without a valid key the handshake is answered 403."""
    token = resolve_key(_key(websocket), services.keys)
    try:
        verify(token, services.keys)
        version = Version(websocket.query_params.get("vsn") or Version.V1)
    except (TokenError, ValueError):
        await websocket.close()
        return
    await Socket(websocket, version, token, partial(Channel, services)).run()


def _key(websocket: WebSocket) -> str:
    bearer = websocket.headers.get("authorization", "").partition(" ")[2]
    candidates = (websocket.headers.get("x-api-key"), websocket.query_params.get("apikey"), bearer)
    return next((candidate for candidate in candidates if candidate), "")


async def _disabled(_request: Request) -> Response:
    return JSONResponse({"message": "Realtime is switched off in this project's config.toml"}, 501)
