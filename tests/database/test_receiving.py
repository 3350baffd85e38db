"""Inbound texts and delivery statuses: stored once, done once, whatever the order, and nothing lost."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

import pytest
from psycopg import Connection

from tests.database.actors import ask
from tests.database.companies import (
    CUSTOMER,
    claim,
    connect_twilio,
    conversation,
    count,
    deliver,
    receive,
    status,
    text,
    write,
)
from tests.database.conftest import Company


@pytest.fixture(autouse=True)
def _connected(database: Connection[Any], ours: Company) -> None:
    connect_twilio(database, ours)


def test_a_text_from_an_unknown_number_makes_a_lead(database: Connection[Any], ours: Company) -> None:
    """New contact, conversation, unread mark and text."""
    assert receive(database, ours, "Do you fix boilers?") == ("applied", None)
    answer = ask(
        database,
        ours.people["dispatcher"],
        "select their_number, contact_type, unread_count, last_message_body, last_message_direction "
        "from public.conversation_list",
    )
    assert answer.rows == ((CUSTOMER, "lead", 1, "Do you fix boilers?", "inbound"),)
    assert [count(database, table, ours) for table in ("contacts", "contact_phones", "timeline_entries")] == [1, 1, 1]


def test_a_repeated_delivery_changes_nothing(database: Connection[Any], ours: Company) -> None:
    """At least once outside, exactly once inside."""
    assert receive(database, ours, "Hello", sid="SM1")[0] == "applied"
    before = database.execute("select version from public.conversations where tenant_id = %s", [ours.id]).fetchall()
    for _ in range(4):
        assert receive(database, ours, "Hello", sid="SM1")[0] == "duplicate"
    assert (
        database.execute("select version from public.conversations where tenant_id = %s", [ours.id]).fetchall()
        == before
    )
    assert [count(database, table, ours) for table in ("sms_messages", "webhook_events", "contacts")] == [1, 1, 1]


def test_a_known_number_is_its_contacts(database: Connection[Any], ours: Company) -> None:
    """Any of a contact's numbers; no second contact."""
    owner = ours.people["owner"]
    contact = uuid.uuid4()
    ask(
        database,
        owner,
        "insert into public.contacts (id, name, type) values (%s, 'Rosa', 'customer')",
        [contact],
        keep=True,
    )
    for number in ("+13035550143", CUSTOMER):
        ask(
            database,
            owner,
            "insert into public.contact_phones (contact_id, e164, raw) values (%s, %s, 'x')",
            [contact, number],
            keep=True,
        )
    receive(database, ours, "It's me")
    assert ask(database, owner, "select contact_id, contact_name from public.conversation_list").rows == (
        (contact, "Rosa"),
    )


def test_a_shared_number_belongs_to_nobody_in_particular(database: Connection[Any], ours: Company) -> None:
    """Couples and landlords: no third contact, and the conversation stays without one until one owner is left."""
    owner = ours.people["owner"]
    for contact in (first := uuid.uuid4(), second := uuid.uuid4()):
        ask(database, owner, "insert into public.contacts (id, name) values (%s, 'N')", [contact], keep=True)
        ask(
            database,
            owner,
            "insert into public.contact_phones (contact_id, e164, raw) values (%s, %s, 'x')",
            [contact, CUSTOMER],
            keep=True,
        )
    receive(database, ours, "Hi")
    seen = "select contact_id from public.conversation_list"
    assert ask(database, owner, seen).rows == ((None,),)
    assert count(database, "contacts", ours) == 2
    ask(database, owner, "delete from public.contact_phones where contact_id = %s", [second], keep=True)
    assert ask(database, owner, seen).rows == ((first,),)
    assert ask(database, owner, "select distinct contact_id from public.thread_entries").rows == ((first,),)


@pytest.mark.parametrize("sender", ["+266696687", "+7378742833", "22395", "ACME", "+2562533"])
def test_senders_who_are_nobody_make_no_contact(database: Connection[Any], ours: Company, sender: str) -> None:
    """Withheld numbers, short codes and names: the text is there, a contact is not, and nobody can answer."""
    assert receive(database, ours, "Your code is 1234", sender=sender)[0] == "applied"
    assert (count(database, "conversations", ours), count(database, "contacts", ours)) == (1, 0)
    assert write(database, ours, "Hi").detail == "not_textable"


def test_a_text_to_a_number_nobody_entered_is_kept(database: Connection[Any], ours: Company) -> None:
    """The company's own account signed it: the number becomes the company's."""
    fields = {"sid": "SM9", "from": CUSTOMER, "to": "+13035550199", "body": "Hi", "segments": 1, "media": []}
    assert deliver(database, ours, "sms", "sms:SM9", fields)[0] == "applied"
    assert count(database, "phone_numbers", ours) == 2


def test_all_orders_of_the_delivery_statuses_end_the_same(database: Connection[Any], ours: Company) -> None:
    """Rank, not arrival, decides."""
    for order in itertools.permutations(["queued", "sending", "sent", "undelivered", "delivered"]):
        text_id = uuid.uuid4()
        write(database, ours, "Hi", text_id=text_id)
        sid = f"SM{text_id.hex}"
        database.execute("update public.sms_messages set status = 'sending' where id = %s", [text_id])
        for word in order:
            assert (
                status(database, ours, sid, word, message=text_id, code=30003 if word == "undelivered" else None)
                == "applied"
            )
            database.execute("delete from private.rate_limits")
        assert (text(database, text_id)["status"], text(database, text_id)["error_code"]) == ("delivered", None)


def test_an_error_code_belongs_to_the_status_that_set_it(database: Connection[Any], ours: Company) -> None:
    """A late, lower status takes no code away, a higher one does."""
    text_id = uuid.uuid4()
    write(database, ours, "Hi", text_id=text_id)
    status(database, ours, "SM1", "failed", message=text_id, code=30006)
    status(database, ours, "SM1", "sent", message=text_id)
    assert (text(database, text_id)["status"], text(database, text_id)["error_code"]) == ("failed", 30006)
    words = ask(
        database,
        ours.people["owner"],
        "select status_reason from public.thread_entries where subject_id = %s",
        [text_id],
    )
    assert "landline" in words.rows[0][0]


def test_a_callback_that_overtakes_the_send_call_finds_its_text(database: Connection[Any], ours: Company) -> None:
    """Our own id is in the callback's address."""
    text_id = uuid.uuid4()
    write(database, ours, "Hi", text_id=text_id)
    claim(database, ours)
    assert status(database, ours, "SM1", "delivered", message=text_id) == "applied"
    database.execute("select backend.record_sent(%s, %s, 'SM1', 'queued', 1)", [ours.id, text_id])
    assert (text(database, text_id)["status"], text(database, text_id)["provider_sid"]) == ("delivered", "SM1")


def test_a_callback_cannot_take_over_another_text(database: Connection[Any], ours: Company, theirs: Company) -> None:
    """Neither with a sid that is not the text's, nor from another company."""
    text_id = uuid.uuid4()
    write(database, ours, "Hi", text_id=text_id)
    status(database, ours, "SM1", "sent", message=text_id)
    assert status(database, ours, "SM2", "delivered", message=text_id) == "failed"
    assert status(database, theirs, "SM1", "delivered", message=text_id) == "failed"
    assert text(database, text_id)["status"] == "sent"


def test_work_that_fails_leaves_the_event_and_is_done_later(database: Connection[Any], ours: Company) -> None:
    """The event stays with its error; a repeated delivery, or the worker's tick, does the work."""
    text_id = uuid.uuid4()
    assert status(database, ours, "SM1", "delivered") == "failed"
    assert ask(database, ours.people["owner"], "select kind, attempts from public.failed_events").rows == (
        ("status", 1),
    )
    write(database, ours, "Hi", text_id=text_id)
    database.execute("select backend.record_sent(%s, %s, 'SM1', 'queued', 1)", [ours.id, text_id])
    database.execute("update public.webhook_events set next_attempt_at = now() where tenant_id = %s", [ours.id])
    database.execute("select backend.worker_tick()")
    assert text(database, text_id)["status"] == "delivered"
    assert ask(database, ours.people["owner"], "select 1 from public.failed_events").rows == ()


def test_what_cannot_be_used_is_kept_for_a_person(database: Connection[Any], ours: Company) -> None:
    """Never tried again by itself: asking again would not help."""
    fields = {"reason": "The sender is missing.", "kind": "sms"}
    assert deliver(database, ours, "unusable", "unusable:1", fields)[0] == "failed"
    answer = ask(database, ours.people["owner"], "select error from public.failed_events")
    assert answer.rows == (("The sender is missing.",),)
    row = database.execute(
        "select next_attempt_at from public.webhook_events where tenant_id = %s", [ours.id]
    ).fetchone()
    assert row == (None,)


def test_a_failing_event_is_given_up_after_five_tries(database: Connection[Any], ours: Company) -> None:
    """Then only a person can help."""
    status(database, ours, "SM1", "delivered")
    for _ in range(10):
        database.execute("update public.webhook_events set next_attempt_at = now() where next_attempt_at is not null")
        database.execute("select backend.worker_tick()")
    answer = ask(database, ours.people["owner"], "select attempts from public.failed_events")
    assert answer.rows == ((5,),)


def test_reading_takes_the_mark_off_for_everybody(database: Connection[Any], ours: Company) -> None:
    """And the bookkeeper, who only reads, cannot."""
    identifier = conversation(database, ours)
    seen = "select unread_count from public.conversation_list"
    call = "select public.mark_conversation_read(%s)"
    assert ask(database, ours.people["bookkeeper"], call, [identifier]).state == "PT403"
    assert ask(database, ours.people["dispatcher"], call, [identifier], keep=True).state is None
    assert ask(database, ours.people["owner"], seen).rows == ((0,),)
    ask(database, ours.people["owner"], "select public.mark_conversation_unread(%s)", [identifier], keep=True)
    assert ask(database, ours.people["owner"], seen).rows == ((1,),)


def test_long_and_odd_texts_are_kept(database: Connection[Any], ours: Company) -> None:
    """Emoji, line breaks, empty bodies with a picture."""
    for body in ("😀" * 1600, "a\nb", "", "  "):
        assert receive(database, ours, body)[0] == "applied"
    assert count(database, "sms_messages", ours) == 4
