"""The life of a worker process: start, heartbeat, work that survives the loss of the database, and a graceful end."""

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition

from service.background.door import Door, open_pool
from service.background.housekeeping import check_vault
from service.background.tasks import IMPORTING, SENDING, TICKING, make_app
from service.background.worker import Worker
from service.errors import DatabaseUnavailable
from service.logs import get_logger
from service.settings import Settings

HEARTBEAT_SECONDS = 10.0
STOP_SECONDS = 30.0
"""How long a stop waits for texts in hand: longer than a send can take (10 s to connect, 10 s for the answer)."""

POLL_SECONDS = 1.0
"""How often the queue looks for drains whose time has come: nothing announces those, new ones are announced at once."""

_RESTART_SECONDS = 1.0

log = get_logger(__name__)


async def run_worker(settings: Settings, concurrency: int) -> None:
    """Work until SIGTERM or Ctrl-C; `concurrency` is how many numbers are drained at the same time."""
    logging.getLogger("procrastinate").setLevel(logging.WARNING)  # it reports three lines for every tick
    pool = open_pool(settings.database_url("worker"), concurrency=concurrency)
    door = Door(pool, settings.keyring().as_json())
    app = make_app(PsycopgConnector())
    with ThreadPoolExecutor(concurrency, thread_name_prefix="sending") as threads:
        worker = Worker(settings, door, threads)
        _stop_on_signals(worker)
        async with pool, app.open_async(pool):
            await _live(worker, app, concurrency)


def _stop_on_signals(worker: Worker) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, worker.stopping.set)


async def _live(worker: Worker, app: App, concurrency: int) -> None:
    heartbeat = asyncio.create_task(_beat(worker))
    try:
        await _work(worker, app, concurrency)
    finally:
        heartbeat.cancel()
        await asyncio.wait([heartbeat])
        await _say_goodbye(worker)


async def _beat(worker: Worker) -> None:
    """Show every few seconds that this worker lives, whatever the database does."""
    started = False
    while True:
        try:
            await worker.door.beat(worker.claimant.name)
            if not started:
                started = True
                log.info("worker_started", worker=worker.claimant.name)
                await check_vault(worker)
        except DatabaseUnavailable:
            log.warning("heartbeat_failed", worker=worker.claimant.name)
        await asyncio.sleep(HEARTBEAT_SECONDS if started else _RESTART_SECONDS)


async def _work(worker: Worker, app: App, concurrency: int) -> None:
    """Run the queue, and run it again after it ended: it gives up when a connection of its own is lost for good."""
    while not worker.stopping.is_set():
        queue = asyncio.create_task(
            app.run_worker_async(
                queues=[SENDING, IMPORTING, TICKING],
                name="worker",
                concurrency=concurrency,
                fetch_job_polling_interval=POLL_SECONDS,
                delete_jobs=DeleteJobCondition.ALWAYS,
                install_signal_handlers=False,
                additional_context={"worker": worker},
            )
        )
        await _until_either(queue, worker.stopping)
        await _end(queue, worker.stopping)
        await worker.rest(_RESTART_SECONDS)


async def _until_either(queue: asyncio.Task[None], stopping: asyncio.Event) -> None:
    wish = asyncio.create_task(stopping.wait())
    await asyncio.wait([queue, wish], return_when=asyncio.FIRST_COMPLETED)
    wish.cancel()


async def _end(queue: asyncio.Task[None], stopping: asyncio.Event) -> None:
    """Wait for the queue's end and report why it came.

    A cancelled queue finishes the texts in hand first. While the database is away they cannot be recorded, and only
    the wish to stop puts a limit on that wait.
    """
    queue.cancel()
    await _until_either(queue, stopping)
    await asyncio.wait([queue], timeout=STOP_SECONDS)
    if not queue.done():
        log.error("texts_in_hand_given_up")
        queue.cancel()
        await asyncio.wait([queue], timeout=_RESTART_SECONDS)
        return
    error = None if queue.cancelled() else queue.exception()
    if isinstance(error, ConnectorException):
        log.warning("queue_lost_the_database")
    elif error is not None:
        log.error("queue_broke", exc_info=error)
    elif not stopping.is_set():
        log.warning("queue_ended")


async def _say_goodbye(worker: Worker) -> None:
    try:
        await worker.door.stopped(worker.claimant.name)
    except DatabaseUnavailable:
        log.warning("goodbye_failed", worker=worker.claimant.name)
    log.info("worker_stopped", worker=worker.claimant.name)
