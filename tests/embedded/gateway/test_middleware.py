"""The gateway's middleware alone: a missing database, keys that become tokens, background tasks that fail."""

from __future__ import annotations

import asyncio
import logging

import httpx
import psycopg
import pytest
from psycopg_pool import PoolTimeout
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp
from supabase_local.context import Keys
from supabase_local.gateway import background
from supabase_local.gateway.availability import Availability
from supabase_local.gateway.keys import KeyCheck

KEYS = Keys(jwt_secret="s", anon="anon.jwt", service_role="service.jwt", publishable="sb_publishable_x", secret="sb_x")


def get(app: ASGIApp, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
    """Send one GET to an ASGI application."""

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(send())


def failing_app(error: Exception) -> ASGIApp:
    """Return an application whose route raises `error`, behind the availability check."""

    async def fail(_request: Request) -> JSONResponse:
        raise error

    return Availability(Starlette(routes=[Route("/fails", fail)]).router, lambda: True)


def test_everything_answers_503_while_the_database_is_down() -> None:
    app = Availability(Starlette(), lambda: False)
    answer = get(app, "/rest/v1/notes")
    assert (answer.status_code, answer.json()["code"]) == (503, "PGRST000")
    assert answer.headers["retry-after"] == "1"
    ready = get(app, "/-/ready")
    assert (ready.status_code, ready.json()) == (503, {"ready": False})


@pytest.mark.parametrize(
    "error", [psycopg.OperationalError("gone"), psycopg.errors.AdminShutdown("ends"), PoolTimeout("none free")]
)
def test_a_connection_lost_during_a_request_answers_503(error: Exception) -> None:
    assert get(failing_app(error), "/fails").status_code == 503


def test_a_canceled_statement_is_no_lost_connection() -> None:
    with pytest.raises(psycopg.errors.QueryCanceled):
        get(failing_app(psycopg.errors.QueryCanceled("too slow")), "/fails")


@pytest.mark.parametrize(
    ("headers", "authorization"),
    [
        ({"apikey": "sb_publishable_x"}, "Bearer anon.jwt"),
        ({"apikey": "sb_x"}, "Bearer service.jwt"),
        ({"apikey": "anon.jwt"}, "Bearer anon.jwt"),
        ({"apikey": "sb_publishable_x", "authorization": "Bearer sb_publishable_x"}, "Bearer anon.jwt"),
        ({"apikey": "sb_publishable_x", "authorization": "Bearer person.jwt"}, "Bearer person.jwt"),
        ({"apikey": "sb_publishable_x", "authorization": "bearer  sb_publishable_x"}, "Bearer anon.jwt"),
    ],
)
def test_services_see_a_token_where_an_opaque_key_was(headers: dict[str, str], authorization: str) -> None:
    assert get(echoing_app(), "/rest/v1/echo", headers).json() == {"authorization": authorization}


def test_the_key_may_be_in_the_query() -> None:
    answer = get(echoing_app(), "/rest/v1/echo?apikey=sb_publishable_x")
    assert answer.json() == {"authorization": "Bearer anon.jwt"}


def echoing_app() -> ASGIApp:
    """Return an application that tells the Authorization header that a service sees."""

    async def echo(request: Request) -> JSONResponse:
        return JSONResponse({"authorization": request.headers.get("authorization")})

    return KeyCheck(Starlette(routes=[Route("/rest/v1/echo", echo)]), KEYS)


def test_a_failing_background_task_starts_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(background, "RESTART_SECONDS", 0)
    starts: list[int] = []

    async def scenario() -> None:
        restarted = asyncio.Event()

        async def task() -> None:
            starts.append(len(starts))
            if len(starts) == 1:
                raise ConnectionError
            restarted.set()

        async with background.running([task]):
            await restarted.wait()

    with caplog.at_level(logging.ERROR):
        asyncio.run(scenario())
    assert starts == [0, 1]
    assert "A background task failed" in caplog.text
