"""Answers while the database is away: 503 at once, instead of a request that waits for a connection."""

from __future__ import annotations

import logging
from collections.abc import Callable

import psycopg
from psycopg_pool import PoolTimeout
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

READY_PATH = "/-/ready"
RETRY_SECONDS = "1"
LOST_CONNECTION_STATES = ("08", "57P")
"""SQLSTATE classes of a connection that broke or a server that stops, starts or recovers."""

log = logging.getLogger("supabase_local.gateway")


class Availability:
    """ASGI middleware that turns a missing database into 503 and answers the readiness route."""

    def __init__(self, app: ASGIApp, database_is_up: Callable[[], bool]) -> None:
        self._app = app
        self._database_is_up = database_is_up

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse HTTP requests while the database is down; pass on everything else."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_up = self._database_is_up()
        if scope["path"] == READY_PATH:
            await JSONResponse({"ready": is_up}, status_code=200 if is_up else 503)(scope, receive, send)
        elif is_up:
            await self._run(scope, receive, send)
        else:
            await unavailable()(scope, receive, send)

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except psycopg.OperationalError as error:
            if started or not is_lost_connection(error):
                raise
            log.warning("%s %s: the database went away: %s", scope["method"], scope["path"], error)
            await unavailable()(scope, receive, send)


def is_lost_connection(error: psycopg.OperationalError) -> bool:
    """Whether the error means that the database is away; a canceled statement (57014), for one, does not."""
    return isinstance(error, PoolTimeout) or (error.sqlstate or "08").startswith(LOST_CONNECTION_STATES)


def unavailable() -> JSONResponse:
    """Return the answer in REST's shape: its error for a lost database connection."""
    return JSONResponse(
        {
            "code": "PGRST000",
            "message": "Database connection error. Retrying the connection.",
            "details": None,
            "hint": None,
        },
        status_code=503,
        headers={"retry-after": RETRY_SECONDS},
    )
