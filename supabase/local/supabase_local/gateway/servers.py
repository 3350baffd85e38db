"""The two HTTP servers of the stack in one process: API and mailbox."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from supabase_local.errors import StackError

GRACE_SECONDS = 3
"""How long open requests and WebSockets may take to end when the stack stops."""


class HttpServer(uvicorn.Server):
    """uvicorn on a given socket, without its signal handlers: two servers share this process, we stop them in order."""

    def __init__(self, app: ASGIApp, listening: socket.socket, lifespan: bool) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                ws="websockets-sansio",
                ws_per_message_deflate=False,  # as hosted Realtime; compressing for each receiver would cost most
                lifespan="on" if lifespan else "off",
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=GRACE_SECONDS,
                proxy_headers=False,  # nobody is in front: a forwarded address would be a visitor's own claim
                server_header=False,
            )
        )
        self._listening = listening

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield

    async def run_until_cancelled(self) -> None:
        """Answer requests. Cancelled, end in order: open requests first, then the application's lifespan.

        Raises StackError when the application does not start.
        """
        serving = asyncio.create_task(self.serve([self._listening]))
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            self.should_exit = True
            await serving
            raise
        if not self.started:
            raise StackError("The API did not start; the lines above say why.")

    async def wait_until_started(self) -> None:
        """Return when requests are answered."""
        while not self.started:
            await asyncio.sleep(0.01)
