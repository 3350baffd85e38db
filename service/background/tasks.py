"""The queue's tasks.

Names, queues and locks of drains and imports are known to the database too (private.defer_drain, private.defer_import).
"""

import asyncio
from contextlib import suppress
from uuid import UUID

from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued

from service.background.door import Number
from service.background.drain import drain
from service.background.housekeeping import check_vault, enforce_retention
from service.background.importing import Import, work_on_import
from service.background.worker import Worker
from service.errors import Unavailable
from service.logs import get_logger
from service.operations.reconcile_stripe import Plan, reconcile

DRAIN = "drain_number"
SENDING = "sending"
WORK_ON_IMPORT = "work_on_import"
IMPORTING = "importing"
TICK = "tick"
TICKING = "ticking"
EVERY_FIVE_SECONDS = "* * * * * */5"
"""croniter's form with seconds as the sixth field."""

RECONCILE_STRIPE = "reconcile_stripe"
EVERY_HOUR = "17 * * * *"
KEEP_HOUSE = "keep_house"
EVERY_NIGHT = "43 8 * * *"
"""By UTC, when it is night in North America."""

log = get_logger(__name__)


def make_app(connector: PsycopgConnector) -> App:
    """Return the queue's application with its tasks."""
    app = App(connector=connector)
    app.task(name=DRAIN, queue=SENDING, pass_context=True)(drain_number)
    app.task(name=WORK_ON_IMPORT, queue=IMPORTING, pass_context=True)(import_contacts)
    ticking = app.task(name=TICK, queue=TICKING, queueing_lock=TICK, priority=10, pass_context=True)(tick)
    app.periodic(cron=EVERY_FIVE_SECONDS)(ticking)
    name = RECONCILE_STRIPE
    reconciling = app.task(name=name, queue=TICKING, queueing_lock=name, lock=name, pass_context=True)(reconcile_stripe)
    app.periodic(cron=EVERY_HOUR)(reconciling)
    name = KEEP_HOUSE
    keeping = app.task(name=name, queue=TICKING, queueing_lock=name, lock=name, pass_context=True)(keep_house)
    app.periodic(cron=EVERY_NIGHT)(keeping)
    return app


async def drain_number(context: JobContext, *, tenant_id: str, phone_number_id: str) -> None:
    """Send what is due from one number, and ask to be called again when something must wait."""
    number = Number(UUID(tenant_id), UUID(phone_number_id))
    pause = await drain(_worker(context), number)
    if pause is not None:
        await _come_back(context.app, number, pause)


async def import_contacts(context: JobContext, *, tenant_id: str, import_id: str) -> None:
    """Work on an import for a while, and ask to be called again for what is left."""
    work = Import(UUID(tenant_id), UUID(import_id))
    if await work_on_import(_worker(context), work):
        later = context.app.configure_task(WORK_ON_IMPORT, queue=IMPORTING, queueing_lock=f"import:{import_id}")
        with suppress(AlreadyEnqueued):
            await later.defer_async(tenant_id=tenant_id, import_id=import_id)


async def tick(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes it)
    """Mend what crashes left behind. Any number of workers may do so at once; the queue lets one do it at a time."""
    for repair in await _worker(context).door.tick():
        details = {name: str(value) for name, value in repair.items() if value is not None}
        log.info("repaired", **details)


async def reconcile_stripe(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes it)
    """Fetch what Stripe could not deliver. What is left when it does not answer, the next hour fetches."""
    worker = _worker(context)
    if not worker.settings.stripe_secret_key:
        return
    plan = Plan(undelivered=True)
    try:
        outcomes = await asyncio.to_thread(
            reconcile, worker.settings, plan, log.debug, lambda: not worker.stopping.is_set()
        )
    except Unavailable as error:
        log.warning("reconciliation_unfinished", code=error.code)
        return
    log.info("reconciled_stripe", **outcomes)


async def keep_house(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  (procrastinate passes it)
    """Do what is due once a day. What is left when the database goes away, the next night does."""
    await check_vault(_worker(context))
    await enforce_retention(_worker(context))


async def _come_back(app: App, number: Number, seconds: float) -> None:
    """Queue another drain of this number; when one waits already, that one will do."""
    later = app.configure_task(
        DRAIN,
        queue=SENDING,
        queueing_lock=f"drain:{number.phone_number_id}",
        schedule_in={"seconds": round(seconds, 3)},
    )
    with suppress(AlreadyEnqueued):
        await later.defer_async(tenant_id=str(number.tenant_id), phone_number_id=str(number.phone_number_id))


def _worker(context: JobContext) -> Worker:
    worker: Worker = context.additional_context["worker"]
    return worker
