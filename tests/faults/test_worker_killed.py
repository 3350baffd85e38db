"""kill -9 of the worker at every step of a text's way: the phone receives it at most once, and nobody is told a lie."""

from __future__ import annotations

import uuid

from tests.database import companies
from tests.faults.killing import drop_workers_connections, worker_waits_for_a_lock
from tests.sandbox.running import wait_for
from tests.support.workers import Plant, Worker


def test_killed_before_twilio_took_the_text(plant: Plant) -> None:
    """Claimed and asked for, but not taken: nobody can know, so it is shown as unknown and not sent again."""
    plant.sandbox.switch(api_fault="silent", api_faults=1)
    text_id = plant.queue("in hand")
    worker = plant.start_worker()
    plant.wait_for_status(text_id, "sending")
    worker.kill()
    assert fate(plant, text_id) == "unknown"
    assert plant.sandbox.texts_on(companies.CUSTOMER) == []


def test_killed_while_twilio_answers(plant: Plant) -> None:
    """Taken, but the answer never arrived."""
    plant.sandbox.switch(api_fault="silent_after_accepting", api_faults=1)
    text_id = plant.queue("in hand")
    worker = plant.start_worker()
    assert plant.wait_for_the_phone(1) == ["in hand"]
    worker.kill()
    assert fate(plant, text_id) == "unknown"
    assert plant.wait_for_the_phone(1) == ["in hand"]


def test_killed_between_the_answer_and_its_record(plant: Plant) -> None:
    """Taken and answered; the worker dies while the database keeps it waiting."""
    plant.sandbox.switch(api_answer_delay_seconds=1.5)
    text_id = plant.queue("in hand")
    worker = plant.start_worker()
    plant.wait_for_status(text_id, "sending")
    with plant.another_connection() as blocker:
        blocker.execute("select from public.sms_messages where id = %s for update", [text_id])
        wait_for(lambda: worker_waits_for_a_lock(plant.database))
        worker.kill()
        drop_workers_connections(plant.database)
    assert plant.text(text_id)["provider_sid"] is None
    assert fate(plant, text_id) == "unknown"
    assert plant.wait_for_the_phone(1) == ["in hand"]


def test_killed_between_two_texts(plant: Plant) -> None:
    """What was not claimed is sent by whoever comes next, what was recorded is left alone."""
    plant.database.execute("update public.phone_numbers set sending_segments_per_second = 1")
    bodies = [f"text {number}" for number in range(5)]
    texts = [plant.queue(body) for body in bodies]
    worker = plant.start_worker("--concurrency", "1")
    plant.wait_until_taken(texts[2])  # three at once, then one a second
    worker.kill()
    plant.database.execute("update public.phone_numbers set sending_segments_per_second = 100")
    with plant.worker():
        plant.wait_until_taken(texts[4])
    assert plant.wait_for_the_phone(5) == bodies


def test_a_late_status_callback_proves_an_unknown_text(plant: Plant) -> None:
    """The callback carries our id, so the truth arrives although the worker that sent the text is dead."""
    plant.sandbox.switch(api_fault="silent_after_accepting", api_faults=1, hold_statuses=True)
    text_id = plant.queue("in hand")
    worker = plant.start_worker()
    wait_for(lambda: plant.sandbox.get("switches")["api_faults"] == 0)
    worker.kill()
    assert fate(plant, text_id) == "unknown"
    companies.status(plant.database, plant.company, "SM" + "1" * 32, "delivered", message=text_id)
    text = plant.text(text_id)
    assert (text["status"], text["provider_sid"]) == ("delivered", "SM" + "1" * 32)


def fate(plant: Plant, text_id: uuid.UUID) -> str:
    """Let time pass and another worker mend what the dead one left; it must send later texts and nothing else."""
    plant.sandbox.switch(api_fault="none", api_faults=0, api_answer_delay_seconds=0)
    plant.let_claims_grow_old()
    asked = len(plant.sandbox.get("requests")["requests"])
    with plant.worker() as successor:
        wait_for(lambda: plant.text(text_id)["status"] != "sending")
        check_later_texts_go_out(plant, successor)
    assert len(plant.sandbox.get("requests")["requests"]) <= asked + 2, "the text was sent again"
    return str(plant.text(text_id)["status"])


def check_later_texts_go_out(plant: Plant, worker: Worker) -> None:
    """A dead worker's text must not hold up those behind it."""
    plant.wait_until_taken(plant.queue("afterwards", "+13035550143"))
    assert worker.is_alive
