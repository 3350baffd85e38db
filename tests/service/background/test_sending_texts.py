"""A worker on a real database and the sandbox: every queued text goes out once, and its end is recorded."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from tests.database import companies
from tests.database.actors import be
from tests.sandbox.running import wait_for
from tests.support.companies import DEMO_ACCOUNT
from tests.support.workers import Plant

ANOTHER = "+13035550143"


def test_a_queued_text_reaches_the_phone_and_its_sid_is_recorded(plant: Plant) -> None:
    with plant.worker():
        begun = time.monotonic()
        text_id = plant.queue("On our way")
        text = plant.wait_until_taken(text_id)
        assert time.monotonic() - begun < 4, "it waited for the next tick instead of the trigger's notice"
        assert plant.wait_for_the_phone(1) == ["On our way"]
        assert text["provider_sid"] == plant.sandbox.texts_on(companies.CUSTOMER)[0]["sid"]
        assert (text["claimed_by"], text["attempts"]) == (None, 1) or text["status"] == "sending"
    asked = plant.sandbox.get("requests")["requests"][0]["parameters"]
    expected = f"http://crm.test:8000/api/twilio/webhook/{plant.company.id}/status?message={text_id}#rc=5&rp=all"
    assert asked["StatusCallback"] == expected


def test_texts_that_waited_for_a_worker_go_out_in_order(plant: Plant) -> None:
    bodies = [f"text {number}" for number in range(8)]
    for body in bodies:
        plant.queue(body)
    with plant.worker("--concurrency", "1"):
        assert plant.wait_for_the_phone(8) == bodies


def test_refused_texts_have_failed_with_twilios_code_and_an_opt_out_is_learned(plant: Plant) -> None:
    codes = {"+13035550001": 21211, "+13035550004": 21610, "+13035550009": 21614}
    texts = {customer: plant.queue("Hi", customer) for customer in codes}
    with plant.worker():
        failed = {customer: plant.wait_for_status(text_id, "failed") for customer, text_id in texts.items()}
    assert {customer: text["error_code"] for customer, text in failed.items()} == codes
    query = "select their_number from public.conversations where opted_out"
    assert plant.database.execute(query).fetchall() == [("+13035550004",)]


def test_without_credentials_a_waiting_text_fails_and_says_so(plant: Plant) -> None:
    text_id = plant.queue("Hi")
    plant.database.execute("delete from public.twilio_settings")
    with plant.worker():
        text = plant.wait_for_status(text_id, "failed")
    assert text["error_code"] == 20003
    assert plant.sandbox.get("requests")["requests"] == []


def test_a_throttled_text_is_sent_later_and_once(plant: Plant) -> None:
    plant.sandbox.switch(api_fault="rate_limited", api_faults=1)
    with plant.worker():
        text = plant.wait_until_taken(plant.queue("Hi"))
        assert plant.wait_for_the_phone(1) == ["Hi"]
    assert text["attempts"] == 1  # waiting in the provider's queue is no try


def test_a_text_that_twilio_could_not_take_waits_for_another_try(plant: Plant) -> None:
    plant.sandbox.switch(api_fault="unavailable", api_faults=1)
    with plant.worker() as worker:
        text_id = plant.queue("Hi")
        wait_for(lambda: worker.said("text_handled"))
        text = plant.text(text_id)
    assert (text["status"], text["claimed_by"], text["provider_sid"]) == ("queued", None, None)
    assert text["send_after"] > datetime.now(UTC)


@pytest.mark.parametrize(("fault", "received"), [("server_error", 0), ("server_error_after_accepting", 1)])
def test_a_text_that_may_have_left_is_unknown_and_not_sent_again(plant: Plant, fault: str, received: int) -> None:
    plant.sandbox.switch(api_fault=fault, api_faults=1)
    with plant.worker():
        doubtful = plant.queue("first")
        plant.wait_for_status(doubtful, "unknown")
        plant.wait_until_taken(plant.queue("second"))
        assert plant.wait_for_the_phone(1 + received) == ["first", "second"][1 - received :]
    asked = [request["parameters"].get("Body") for request in plant.sandbox.get("requests")["requests"]]
    assert (asked.count("first"), asked.count("second")) == (1, 1), asked


def test_a_number_sends_as_fast_as_its_carrier_takes_texts(plant: Plant) -> None:
    plant.database.execute("update public.phone_numbers set sending_segments_per_second = 2")
    with plant.worker():
        begun = time.monotonic()
        for number in range(7):
            plant.queue(f"text {number}")
        assert len(plant.wait_for_the_phone(7)) == 7
    assert time.monotonic() - begun > 1.5  # three at once, four more at two a second


def test_a_text_that_the_running_drain_could_not_see_is_sent_within_seconds(plant: Plant) -> None:
    """The trigger meets a waiting task and queues nothing; that task runs before the text is committed."""
    conversation = plant.conversation(ANOTHER)
    plant.queue("in time")
    with plant.another_connection() as late:
        be(late, plant.company.people["dispatcher"])
        late.execute("insert into public.sms_messages (conversation_id, body) values (%s, 'late')", [conversation])
        with plant.worker():
            assert plant.wait_for_the_phone(1) == ["in time"]
            wait_for(lambda: plant.waiting_drains() == 0)
            late.commit()
            assert plant.wait_for_the_phone(1, ANOTHER, seconds=8) == ["late"]


def test_finished_tasks_leave_nothing_behind(plant: Plant) -> None:
    with plant.worker() as worker:
        plant.wait_until_taken(plant.queue("Hi"))
        wait_for(lambda: worker.said("text_handled"))
    for table in ("procrastinate_jobs", "procrastinate_events", "procrastinate_workers"):
        left = plant.database.execute(f"select count(*) from background.{table}".encode()).fetchone()
        assert left == (0,), table


def test_the_log_names_no_secret_and_no_word_of_a_text(plant: Plant) -> None:
    plant.sandbox.switch(api_fault="server_error", api_faults=1)
    with plant.worker() as worker:
        plant.wait_for_status(plant.queue("the cellar is flooded"), "unknown")
        plant.wait_until_taken(plant.queue("the cellar is dry"))
    printed = worker.log.read_text()
    assert worker.said("text_handled")
    for secret in (DEMO_ACCOUNT.token, DEMO_ACCOUNT.sid, "cellar", companies.CUSTOMER, "password-of-a-test"):
        assert secret not in printed
