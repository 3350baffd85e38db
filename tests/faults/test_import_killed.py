"""kill -9 of the worker in the middle of an import and of its undo: the next worker goes on, nothing twice."""

from __future__ import annotations

import time
import uuid
from typing import Any

from psycopg import Connection, sql

from tests.database import imports
from tests.faults.killing import drop_workers_connections, worker_waits_for_a_lock
from tests.sandbox.running import wait_for
from tests.support.workers import Plant, Worker

PEOPLE = [[f"Person {n}", f"303555{4000 + n}", f"p{n}@example.com", f"{n} Main St", "VIP"] for n in range(150)]
"""Three batches."""


def test_the_next_worker_goes_on(plant: Plant) -> None:
    look, company = plant.database, plant.company
    import_id = imports.upload(look, company, PEOPLE)
    imports.ask_for_check(look, company, import_id)
    first = plant.launch_worker()
    wait_for_status(look, import_id, "checked")
    imports.tell(look, company, "select public.start_import(%s)", import_id)
    kill_between_batches(plant, first, import_id, "done_count")
    assert 0 < imports.state(look, import_id)["done_count"] < len(PEOPLE)

    second = plant.launch_worker()
    wait_for_status(look, import_id, "done")
    assert sorted(name for name, *_ in imports.contacts(look, company)) == sorted(name for name, *_ in PEOPLE)
    assert applied_at_most_once(look, import_id)

    imports.tell(look, company, "select public.undo_import(%s)", import_id)
    kill_between_batches(plant, second, import_id, "undone_count")
    with plant.worker():
        wait_for_status(look, import_id, "undone")
    assert imports.contacts(look, company) == []
    assert imports.state(look, import_id)["left_count"] == 0


def wait_for_status(look: Connection[Any], import_id: uuid.UUID, status: str) -> None:
    wait_for(lambda: imports.state(look, import_id)["status"] == status, seconds=40)


def kill_between_batches(plant: Plant, worker: Worker, import_id: uuid.UUID, counter: str) -> None:
    """Kill a worker while its next batch waits for the import, which the test holds; and let the death be noticed."""
    with plant.another_connection() as blocker:
        hold_after_a_batch(blocker, import_id, counter)
        wait_for(lambda: worker_waits_for_a_lock(plant.database), seconds=20)
        worker.kill()
        drop_workers_connections(plant.database)
    plant.database.execute("update background.procrastinate_workers set last_heartbeat = now() - interval '1 minute'")


def hold_after_a_batch(blocker: Connection[Any], import_id: uuid.UUID, counter: str) -> None:
    """Lock the import when at least one batch is done: who asks for the row while a batch holds it gets it next."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        locked = sql.SQL("select {} from public.imports where id = %s for update").format(sql.Identifier(counter))
        row = blocker.execute(locked, [import_id]).fetchone()
        if row is not None and row[0] > 0:
            return
        blocker.rollback()
        time.sleep(0.002)  # lets the worker come between
    raise AssertionError("no batch was done")


def applied_at_most_once(database: Connection[Any], import_id: uuid.UUID) -> bool:
    """Whether no row made two contacts, numbers or notes: each contact has what its row has."""
    query = """
        select count(*), count(distinct contact_id),
          (select count(*) from public.contact_phones), (select count(*) from public.contact_emails),
          (select count(*) from public.properties), (select count(*) from public.contact_tags)
        from public.import_rows where import_id = %s and action = 'create'
    """
    return set(database.execute(query, [import_id]).fetchone() or ()) == {len(PEOPLE)}
