"""The long-running tasks that services register: started with the stack, started again when one fails, cancelled."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

RESTART_SECONDS = 1.0

log = logging.getLogger("supabase_local.gateway")

Task = Callable[[], Awaitable[None]]


@asynccontextmanager
async def running(tasks: list[Task]) -> AsyncIterator[None]:
    """Run the tasks until the block ends."""
    running_tasks = [asyncio.create_task(_keep_running(task)) for task in tasks]
    try:
        yield
    finally:
        for running_task in running_tasks:
            running_task.cancel()
        await asyncio.gather(*running_tasks, return_exceptions=True)


async def _keep_running(task: Task) -> None:
    """Run a task until it returns. One that fails (the database was restarted) begins anew after a second."""
    while True:
        try:
            await task()
        except Exception:
            log.exception("A background task failed; it starts again in %s s", RESTART_SECONDS)
            await asyncio.sleep(RESTART_SECONDS)
        else:
            return
