"""From a person's words to the provider: completed and limited by the database, claimed once, never sent twice."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from psycopg import Connection

from tests.database.companies import (
    CUSTOMER,
    OUR_NUMBER,
    claim,
    connect_twilio,
    conversation,
    count,
    receive,
    text,
    write,
)
from tests.database.conftest import Company


@pytest.fixture
def connected(database: Connection[Any], ours: Company) -> Company:
    """Our company with Twilio set up."""
    connect_twilio(database, ours)
    return ours


def queue_text(database: Connection[Any], company: Company, body: str = "Hi") -> uuid.UUID:
    """Queue one text and return its id."""
    text_id = uuid.uuid4()
    assert write(database, company, body, text_id=text_id).count == 1
    return text_id


def test_the_database_completes_what_a_person_wrote(database: Connection[Any], connected: Company) -> None:
    """Company, numbers, author and status are not the browser's to say."""
    row = text(database, queue_text(database, connected))
    assert (row["from_number"], row["to_number"], row["status"], row["tenant_id"]) == (
        OUR_NUMBER,
        CUSTOMER,
        "queued",
        connected.id,
    )
    assert row["created_by"] == connected.people["dispatcher"].user_id


def test_the_same_text_again_is_success_and_one_text(database: Connection[Any], connected: Company) -> None:
    """A retry after a lost answer: no second message, no refusal, not even after they opted out."""
    text_id = queue_text(database, connected)
    receive(database, connected, "STOP")
    again = write(database, connected, "Hi", text_id=text_id)
    assert (again.state, again.count) == (None, 0)
    assert database.execute("select count(*) from public.sms_messages where id = %s", [text_id]).fetchone() == (1,)


@pytest.mark.parametrize(
    ("body", "detail"), [("", "empty_body"), (" \n ", "empty_body"), ("x" * 1601, "body_too_long")]
)
def test_unusable_words_are_refused(database: Connection[Any], connected: Company, body: str, detail: str) -> None:
    """With what to do, and nothing written."""
    answer = write(database, connected, body)
    assert (answer.state, answer.detail) == ("PT422", detail)
    assert count(database, "sms_messages", connected) == 1


def test_without_twilio_there_is_no_texting(database: Connection[Any], ours: Company) -> None:
    """And the words say where to go."""
    identifier = conversation(database, ours)
    answer = write(database, ours, "Hi", into=identifier)
    assert (answer.state, answer.detail) == ("PT409", "twilio_not_set_up")
    assert "Settings" in (answer.message or "")


def test_a_conversation_of_another_company_does_not_exist(
    database: Connection[Any], connected: Company, theirs: Company
) -> None:
    """404, not 403."""
    connect_twilio(database, theirs)
    foreign = conversation(database, theirs)
    assert write(database, connected, "Hi", into=foreign).state == "PT404"


def test_a_person_cannot_flood(database: Connection[Any], connected: Company) -> None:
    """One text a second after a burst of thirty."""
    identifier = conversation(database, connected)
    answers = [write(database, connected, "Hi", into=identifier).detail for _ in range(32)]
    assert answers[:30] == [None] * 30
    assert answers[-1] == "too_fast"
    assert write(database, connected, "Hi", into=identifier, role="owner").state is None


def test_one_waiting_drain_per_number(database: Connection[Any], connected: Company) -> None:
    """However many texts wait."""
    for _ in range(3):
        queue_text(database, connected)
    row = database.execute(
        "select count(*) from background.procrastinate_jobs where args ->> 'tenant_id' = %s", [str(connected.id)]
    ).fetchone()
    assert row == (1,)


def test_a_text_is_claimed_once_and_in_order(database: Connection[Any], connected: Company) -> None:
    """Oldest first; a second claim finds nothing."""
    database.execute(
        "update public.phone_numbers set sending_segments_per_second = 100 where tenant_id = %s", [connected.id]
    )
    waiting = [queue_text(database, connected, f"text {n}") for n in range(3)]
    for offset, text_id in enumerate(waiting):
        database.execute(
            "update public.sms_messages set send_after = now() - make_interval(mins => %s) where id = %s",
            [10 - offset, text_id],
        )
    assert [row["message_id"] for row in claim(database, connected)] == waiting
    assert claim(database, connected) == []
    assert text(database, waiting[0])["status"] == "sending"


def test_a_number_sends_no_faster_than_its_carrier(database: Connection[Any], connected: Company) -> None:
    """After the burst the claim says how long to wait."""
    for _ in range(5):
        queue_text(database, connected)
    claimed = claim(database, connected)
    assert [row["message_id"] is None for row in claimed] == [False, False, False, True]
    assert 0 < claimed[-1]["wait_seconds"] <= 1


def test_a_text_longer_than_the_burst_goes_out_all_the_same(database: Connection[Any], connected: Company) -> None:
    """It leaves a debt instead of waiting for ever."""
    queue_text(database, connected, "x" * 1600)
    assert claim(database, connected)[0]["message_id"] is not None
    queue_text(database, connected)
    assert claim(database, connected)[0]["wait_seconds"] > 5


def test_a_proven_failure_to_leave_is_tried_again(database: Connection[Any], connected: Company) -> None:
    """Back to the queue, due later each time, and failed after the tenth try."""
    text_id = queue_text(database, connected)
    for attempt in range(10):
        assert [row["message_id"] for row in claim(database, connected)] == [text_id], attempt
        database.execute("select backend.release_message(%s, %s, '1 minute', 'refused')", [connected.id, text_id])
        assert claim(database, connected) == []
        database.execute("update public.sms_messages set send_after = now() where id = %s", [text_id])
        database.execute("delete from private.rate_limits")
    assert text(database, text_id)["status"] == "failed"


def test_the_claims_of_a_dead_worker_turn_unknown(database: Connection[Any], connected: Company) -> None:
    """And are not sent again; a living worker keeps its claims."""
    text_id = queue_text(database, connected)
    claim(database, connected, worker="worker-1")
    database.execute("select backend.worker_heartbeat('worker-1')")
    database.execute(
        "update public.sms_messages set claimed_at = now() - interval '3 minutes' where id = %s", [text_id]
    )
    database.execute("select backend.worker_tick()")
    assert text(database, text_id)["status"] == "sending"
    database.execute("select backend.worker_stopped('worker-1')")
    done = database.execute("select task, detail from backend.worker_tick()").fetchall()
    assert ("unknown", str(text_id)) in done
    assert text(database, text_id)["status"] == "unknown"
    assert claim(database, connected) == []


def test_a_callback_proves_an_unknown_text(database: Connection[Any], connected: Company) -> None:
    """Rank: unknown is below sent."""
    text_id = queue_text(database, connected)
    claim(database, connected)
    database.execute("select backend.record_unknown(%s, %s, 'timeout')", [connected.id, text_id])
    database.execute("select backend.record_sent(%s, %s, 'SM1', 'delivered', 2)", [connected.id, text_id])
    assert (text(database, text_id)["status"], text(database, text_id)["segment_count"]) == ("delivered", 2)


def test_the_tick_asks_for_drains_that_nobody_asked_for(database: Connection[Any], connected: Company) -> None:
    """A trigger that met a waiting task deferred nothing, and the task may not have seen its row."""
    queue_text(database, connected)
    database.execute("delete from background.procrastinate_jobs where args ->> 'tenant_id' = %s", [str(connected.id)])
    tasks = database.execute("select task, tenant_id from backend.worker_tick()").fetchall()
    assert ("drain", connected.id) in tasks
    assert ("drain", connected.id) not in database.execute(
        "select task, tenant_id from backend.worker_tick()"
    ).fetchall()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("delivered", "sent"),
        ("delivered", "queued"),
        ("blocked", "queued"),
        ("canceled", "sending"),
        ("sent", "sending"),
    ],
)
def test_other_steps_are_errors(database: Connection[Any], connected: Company, old: str, new: str) -> None:
    """The machine's allowed steps are rows of private.transitions."""
    text_id = queue_text(database, connected)
    database.execute("alter table public.sms_messages disable trigger check_status")
    database.execute("update public.sms_messages set status = %s where id = %s", [old, text_id])
    database.execute("alter table public.sms_messages enable trigger check_status")
    with pytest.raises(Exception, match="cannot become"), database.transaction():
        database.execute("update public.sms_messages set status = %s where id = %s", [new, text_id])


def test_segments_are_counted_as_carriers_do(database: Connection[Any]) -> None:
    """3GPP TS 23.038: GSM-7 160/153, UCS-2 70/67; one emoji changes the alphabet."""
    for body, segments in [
        ("a", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("€" * 80, 1), ("€" * 81, 2),
        ("é" * 160, 1), ("ł" * 70, 1), ("ł" * 71, 2), ("😀" * 35, 1), ("😀" * 36, 2), ("a\nb", 1), ("", 1), ("[]{}", 1),
    ]:  # fmt: skip
        assert database.execute("select private.segment_count(%s)", [body]).fetchone() == (segments,), body
