"""One running stack: database, API and mailbox with its SMTP port, from start to the signal that ends it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any

from starlette.types import ASGIApp

from supabase_local.cluster.server import SUPERUSER, PostgresServer
from supabase_local.context import Stack
from supabase_local.database import start_database
from supabase_local.errors import StackError
from supabase_local.gateway.app import create_app
from supabase_local.gateway.mail import create_mailbox
from supabase_local.gateway.pools import make_pool, replace_broken_connections
from supabase_local.gateway.servers import HttpServer
from supabase_local.keys import project_keys
from supabase_local.mailbox.smtp import SmtpServer
from supabase_local.mailbox.store import mailbox_of
from supabase_local.options import HOST, Announce, Options
from supabase_local.ports import listen
from supabase_local.state import remove_state, running_lock, write_state

LARGEST_REST_POOL = 20
LARGEST_OTHER_POOL = 10


async def serve(options: Options, announce: Announce, ready: Callable[[], None]) -> None:
    """Run the stack until SIGINT, SIGTERM or the exit of the process it is for. ``ready`` is called when it answers.

    Raises StackError when it cannot start, or when PostgreSQL dies and does not come up again.
    """
    task = asyncio.create_task(_serve(options, announce, ready))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, _cancel_once, task)
    if options.until_exit_of is not None:
        _end_with(options.until_exit_of, task)
    try:
        await task
    except asyncio.CancelledError:
        announce("Stopped.")


def build_stack(options: Options) -> Stack:
    """Return the stack with closed pools."""
    return Stack(
        project=options.project,
        keys=project_keys(options.project),
        data_directory=options.data,
        api_url=options.api_url,
        mailbox_url=options.mailbox_url,
        database_host=HOST,
        database_port=options.ports.database,
        rest_pool=make_pool(options.dsn("authenticator"), "rest", LARGEST_REST_POOL),
        auth_pool=make_pool(options.dsn("supabase_auth_admin"), "auth", LARGEST_OTHER_POOL),
        storage_pool=make_pool(options.dsn("supabase_storage_admin"), "storage", LARGEST_OTHER_POOL),
        admin_pool=make_pool(options.dsn(SUPERUSER), "admin", LARGEST_OTHER_POOL),
    )


def describe(options: Options, stack: Stack, database: PostgresServer) -> dict[str, Any]:
    """Return what ``status --json`` prints."""
    keys = asdict(stack.keys)
    return {
        "api_url": options.api_url,
        "db_url": options.dsn("postgres"),
        "mailbox_url": options.mailbox_url,
        "smtp_url": options.smtp_url,
        "publishable_key": keys["publishable"],
        "secret_key": keys["secret"],
        "anon_key": keys["anon"],
        "service_role_key": keys["service_role"],
        "jwt_secret": keys["jwt_secret"],
        "project": str(options.project.directory),
        "data": str(options.data),
        "pids": {"stack": os.getpid(), "postgres": database.pid},
    }


def _cancel_once(task: asyncio.Task[None]) -> None:
    """End the stack in order. A second signal must not interrupt that."""
    if not task.cancelling():
        task.cancel()


def _end_with(pid: int, task: asyncio.Task[None]) -> None:
    """End the stack in order when another process has ended: from then on its pidfd is readable."""
    loop = asyncio.get_running_loop()
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        _cancel_once(task)
        return

    def ended() -> None:
        loop.remove_reader(handle)
        os.close(handle)
        _cancel_once(task)

    loop.add_reader(handle, ended)


async def _serve(options: Options, announce: Announce, ready: Callable[[], None]) -> None:
    ports = options.ports
    with (
        running_lock(options.data),
        listen(ports.api, "API", "--api-port") as api_socket,
        listen(ports.mailbox, "mailbox", "--mailbox-port") as mailbox_socket,
        listen(ports.smtp, "mailbox's SMTP", "--smtp-port") as smtp_socket,
    ):
        async with _running_database(options, announce) as database:
            stack = build_stack(options)
            api, mailbox = _applications(stack, database)
            servers = (
                HttpServer(api, api_socket, lifespan=True),
                HttpServer(mailbox, mailbox_socket, lifespan=False),
                SmtpServer(mailbox_of(stack), smtp_socket),
            )
            try:
                await _run(options, stack, database, servers, ready)
            except* StackError as failures:
                raise failures.exceptions[0] from None
            finally:
                remove_state(options.data)


def _applications(stack: Stack, database: PostgresServer) -> tuple[ASGIApp, ASGIApp]:
    """Return API and mailbox. Services refuse settings that make no sense with a ValueError."""
    try:
        return create_app(stack, lambda: database.accepts_connections), create_mailbox(stack)
    except ValueError as error:
        raise StackError(f"{stack.project.directory / 'config.toml'}: {error}") from error


@asynccontextmanager
async def _running_database(options: Options, announce: Announce) -> AsyncIterator[PostgresServer]:
    database = await start_database(options, announce)
    try:
        yield database
    finally:
        await database.stop()


async def _run(
    options: Options,
    stack: Stack,
    database: PostgresServer,
    servers: Sequence[HttpServer | SmtpServer],
    ready: Callable[[], None],
) -> None:
    """Answer requests until cancelled, or until a server or the database fails for good."""

    async def recovered() -> None:
        await replace_broken_connections(stack)
        write_state(options.data, describe(options, stack, database))

    async with asyncio.TaskGroup() as group:
        group.create_task(database.watch(recovered))
        for server in servers:
            group.create_task(server.run_until_cancelled())
        for server in servers:
            await server.wait_until_started()
        write_state(options.data, describe(options, stack, database))
        ready()
