"""Workers come, share the work, lose the database and go, and no text is lost or sent twice by it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.database import companies
from tests.database.conftest import superuser_url
from tests.sandbox.running import wait_for
from tests.support import forked
from tests.support.workers import MODULE, Plant

CUSTOMERS = [f"+1303555014{digit}" for digit in range(5)]


def test_two_workers_share_the_texts_without_doubles(plant: Plant) -> None:
    wanted = Counter(f"text {number}" for number in range(30))
    for number, body in enumerate(wanted):
        plant.queue(body, CUSTOMERS[number % len(CUSTOMERS)])
    with plant.worker("--concurrency", "2"), plant.worker("--concurrency", "2"):
        wait_for(lambda: len(received(plant)) >= len(wanted), seconds=40)
        wait_for(lambda: plant.waiting_drains() == 0)
    assert Counter(received(plant)) == wanted
    assert len(plant.sandbox.get("requests")["requests"]) == len(wanted)


def test_a_worker_that_is_asked_to_stop_finishes_the_text_in_hand(plant: Plant) -> None:
    plant.sandbox.switch(api_answer_delay_seconds=2)
    with plant.worker("--concurrency", "1") as worker:
        first, second = plant.queue("first"), plant.queue("second")
        plant.wait_for_status(first, "sending")
        worker.stop()
        assert worker.said("worker_stopped")
    assert plant.text(first)["provider_sid"]
    assert (plant.text(second)["status"], plant.text(second)["attempts"]) == ("queued", 0)
    assert plant.database.execute("select count(*) from private.worker_heartbeats").fetchone() == (0,)
    plant.sandbox.switch(api_answer_delay_seconds=0)
    with plant.worker():
        plant.wait_until_taken(second)
    wait_until_received(plant, "first", "second")


def test_an_idle_worker_stops_at_once(plant: Plant) -> None:
    with plant.worker() as worker:
        assert worker.stop() < 5


def test_a_worker_works_again_after_the_database_was_away(plant: Plant) -> None:
    with plant.worker() as worker:
        plant.wait_until_taken(plant.queue("before"))
        with database_away(plant):
            wait_for(lambda: "listener failed" in worker.log.read_text())
        text_id = plant.queue("after")
        plant.wait_until_taken(text_id)
        assert worker.is_alive
    wait_until_received(plant, "before", "after")


def test_a_result_is_kept_until_the_database_is_back(plant: Plant) -> None:
    plant.sandbox.switch(api_answer_delay_seconds=1)
    with plant.worker() as worker:
        text_id = plant.queue("Hi")
        plant.wait_for_status(text_id, "sending")
        with database_away(plant):
            wait_for(lambda: worker.said("recording_waits_for_the_database"))
        plant.wait_until_taken(text_id, seconds=40)
    wait_until_received(plant, "Hi")


def test_a_worker_that_starts_before_its_database_waits_for_it(plant: Plant) -> None:
    text_id = plant.queue("Hi")
    with database_away(plant):
        process = plant.launch_worker()
        wait_for(lambda: process.said("heartbeat_failed"))
    try:
        plant.wait_until_taken(text_id)
    finally:
        process.stop()


@pytest.mark.parametrize(
    ("options", "variables", "words"),
    [
        ([], {"FIELDLITE_DATABASE_URL_WORKER": None}, "FIELDLITE_DATABASE_URL_WORKER is not set"),
        ([], {"FIELDLITE_VAULT_KEYS": "nonsense"}, "FIELDLITE_VAULT_KEYS"),
        (["--concurrency", "0"], {}, "must be between 1 and 100"),
    ],
)
def test_a_start_that_cannot_work_is_refused_with_words(
    tmp_path: Path, options: list[str], variables: dict[str, str | None], words: str
) -> None:
    complete = {
        "FIELDLITE_PUBLIC_URL": "http://crm.test:8000",
        "FIELDLITE_SUPABASE_URL": "http://127.0.0.1:9",
        "FIELDLITE_SUPABASE_PUBLISHABLE_KEY": "key",
        "FIELDLITE_VAULT_KEYS": "one:" + "A" * 43 + "=",
        "FIELDLITE_DATABASE_URL_WORKER": "postgresql://fieldlite_worker@127.0.0.1:9/postgres",
        **variables,
    }
    environment = {**os.environ, **{name: value for name, value in complete.items() if value is not None}}
    log = tmp_path / "worker.log"
    process = forked.start(MODULE, options, environment, log)
    process.join(20)
    assert process.exitcode == 2
    assert words in log.read_text()
    assert "Traceback" not in log.read_text()


def wait_until_received(plant: Plant, *bodies: str) -> None:
    """Wait for as many texts on all phones, and hold them to these; the carrier takes a moment after it took a text."""
    wait_for(lambda: len(received(plant)) >= len(bodies))
    assert received(plant) == list(bodies)


def received(plant: Plant) -> list[str]:
    """Return the bodies that all phones received."""
    return [text["body"] for customer in {companies.CUSTOMER, *CUSTOMERS} for text in plant.sandbox.texts_on(customer)]


@contextmanager
def database_away(plant: Plant) -> Iterator[None]:
    """Throw the worker out of the database and let it in again at the end."""
    login = sql.Identifier("fieldlite_worker")
    with psycopg.connect(superuser_url(plant.database_url), autocommit=True) as admin:
        admin.execute(sql.SQL("alter role {} nologin").format(login))
        admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'fieldlite_worker'")
        try:
            yield
        finally:
            admin.execute(sql.SQL("alter role {} login").format(login))
