"""Wires the sandbox's routes; holds no behaviour of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scripts.sandbox import account_routes, control_routes, message_routes, phone_routes
from scripts.sandbox.api import VERSION
from scripts.sandbox.control_bodies import Unusable, answer_unusable
from scripts.sandbox.errors import ApiError, answer_api_error
from scripts.sandbox.sandbox import open_sandbox
from scripts.sandbox.stripe import routes as stripe_routes
from scripts.sandbox.stripe.timers import follow_the_clock

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {"Content-Security-Policy": _CSP, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}


def create_app(state_file: Path | None) -> Starlette:
    """Make the application; `state_file` as in `open_sandbox`."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.sandbox = open_sandbox(state_file)
        app.state.sandbox.resume()
        ticking = asyncio.create_task(follow_the_clock(app.state.sandbox.stripe))
        yield
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking
        await app.state.sandbox.close()

    return Starlette(
        routes=[
            *account_routes.ROUTES,
            *message_routes.ROUTES,
            Route(f"/{VERSION}/{{path:path}}", _not_played, methods=["GET", "POST", "PUT", "DELETE"]),
            *stripe_routes.ROUTES,
            *control_routes.ROUTES,
            *phone_routes.ROUTES,
            Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
        ],
        middleware=[Middleware(_SecurityHeaders)],
        exception_handlers={ApiError: answer_api_error, Unusable: answer_unusable},
        lifespan=lifespan,
    )


async def _not_played(request: Request) -> Response:
    raise ApiError(404, 20404, f"the sandbox does not play {request.method} {request.url.path}")


class _SecurityHeaders:
    """Adds the security headers that an answer lacks (a plain ASGI class: it must not buffer event streams)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
