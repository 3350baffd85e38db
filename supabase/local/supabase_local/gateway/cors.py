"""Cross-origin rules: every origin may call, as on hosted Supabase; keys and tokens decide what it gets."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = "GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS,TRACE,CONNECT"
EXPOSED_HEADERS = (
    "Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, Transfer-Encoding, "
    "Range-Unit, Link, X-Total-Count, X-Supabase-Api-Version, Preference-Applied, Proxy-Status, SB-Request-Id"
)
"""What PostgREST and Auth expose to scripts."""
PREFLIGHT_SECONDS = "3600"


class Cors:
    """ASGI middleware that answers preflight requests itself and marks every other answer as readable by scripts."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything but preflight requests on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _preflight(headers)(scope, receive, send)
            return

        async def send_readable(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                answer["access-control-allow-origin"] = "*"
                answer["access-control-expose-headers"] = EXPOSED_HEADERS
            await send(message)

        await self._app(scope, receive, send_readable)


def _preflight(headers: Headers) -> Response:
    answer = {
        "access-control-allow-origin": "*",
        "access-control-allow-methods": METHODS,
        "access-control-allow-headers": headers.get("access-control-request-headers", "*"),
        "access-control-max-age": PREFLIGHT_SECONDS,
        "vary": "Access-Control-Request-Headers",
    }
    return Response(status_code=200, headers=answer)
