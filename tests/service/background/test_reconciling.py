"""The hourly task that fetches what Stripe could not deliver."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, cast

import pytest
from procrastinate import PsycopgConnector
from structlog.testing import capture_logs

from service.background.tasks import RECONCILE_STRIPE, make_app, reconcile_stripe
from service.background.worker import Worker
from tests.service.settings_values import make_settings

WORKER_URL = "postgresql://fieldlite_worker:pw@127.0.0.1:9/postgres"


def run(**settings: Any) -> list[str]:
    """Run the task without a database; returns the events that it logged."""
    with ThreadPoolExecutor(1) as threads, capture_logs() as logs:
        door = cast(Any, None)  # this task has a door of its own
        worker = Worker(make_settings(database_url_worker=WORKER_URL, **settings), door, threads)
        context = cast(Any, SimpleNamespace(additional_context={"worker": worker}))
        asyncio.run(reconcile_stripe(context, timestamp=0))
    return [entry["event"] for entry in logs]


def test_it_runs_every_hour_and_never_twice_at_once() -> None:
    app = make_app(PsycopgConnector())
    task = app.tasks[RECONCILE_STRIPE]
    assert (task.lock, task.queueing_lock) == (RECONCILE_STRIPE, RECONCILE_STRIPE)
    crons = {periodic.task.name: periodic.cron for periodic in app.periodic_registry.periodic_tasks.values()}
    assert crons[RECONCILE_STRIPE] == "17 * * * *"


@pytest.mark.parametrize(
    ("settings", "said"), [({}, []), ({"stripe_secret_key": "sk_test_1a2b"}, ["reconciliation_unfinished"])]
)
def test_what_cannot_be_asked_now_waits_for_the_next_hour(settings: dict[str, Any], said: list[str]) -> None:
    assert run(**settings) == said
