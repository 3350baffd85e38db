"""Who hears what: topics by role, the access epoch, and the rows that go along."""

from __future__ import annotations

import json
from typing import Any

import pytest
from psycopg import Connection

from tests.database.actors import ask
from tests.database.companies import connect_twilio, receive, write
from tests.database.conftest import Company
from tests.database.permissions import table

JOIN = "select count(*) from realtime.messages where topic = %s and extension = 'broadcast'"


def may_join(database: Connection[Any], company: Company, role: str, topic: str) -> bool:
    """Ask as Realtime does at join: a probe row of the topic, read with the person's claims, undone afterwards."""
    with database.transaction(force_rollback=True):
        database.execute(
            "insert into realtime.messages (topic, extension, private) values (%s, 'broadcast', true)", [topic]
        )
        database.execute("select set_config('realtime.topic', %s, true)", [topic])
        answer = ask(database, company.people[role], JOIN, [topic])
    return bool(answer.rows[0][0])


def sent(database: Connection[Any], company: Company) -> list[tuple[str, dict[str, Any]]]:
    """Return (area, payload) of everything announced to the company so far."""
    rows = database.execute(
        "select topic, payload::text from realtime.messages where topic like %s order by inserted_at",
        [f"tenant:{company.id}:%"],
    ).fetchall()
    return [(topic.split(":", 3)[3], json.loads(payload)) for topic, payload in rows]


def test_each_role_joins_the_topics_of_the_page(database: Connection[Any], ours: Company, theirs: Company) -> None:
    """And no topic of another company, of another epoch, or of another person."""
    for row in table("Live topics"):
        for role, cell in row.items():
            if role == "Area":
                continue
            topic = f"tenant:{ours.id}:1:{row['Area']}"
            assert may_join(database, ours, role, topic) is (cell == "yes"), (role, topic)
            assert not may_join(database, ours, role, f"tenant:{ours.id}:2:{row['Area']}")
            assert not may_join(database, theirs, role, topic)
    tech, owner = ours.people["tech"].user_id, ours.people["owner"].user_id
    assert may_join(database, ours, "tech", f"tenant:{ours.id}:1:person:{tech}")
    assert not may_join(database, ours, "tech", f"tenant:{ours.id}:1:person:{owner}")


def test_my_session_names_the_topics_that_may_be_joined(database: Connection[Any], ours: Company) -> None:
    """The client joins what it is told, nothing it made up."""
    for role in ours.people:
        rows = ask(database, ours.people[role], "select topics from public.my_session()").rows
        assert all(may_join(database, ours, role, topic) for topic in rows[0][0])


def test_a_text_is_announced_with_the_rows_that_the_screen_shows(database: Connection[Any], ours: Company) -> None:
    """The same columns as the views that the inbox reads; the list of contacts, asked for in pages, hears no row."""
    connect_twilio(database, ours)
    receive(database, ours, "Hello")
    events = [payload for area, payload in sent(database, ours) if area == "inbox"]
    assert {event["table"] for event in events} == {"contact_list", "conversation_list", "thread_entries"}
    for event in events:
        if event["table"] == "contact_list":
            assert "row" not in event
            continue
        columns = database.execute(f"select * from public.{event['table']} limit 0".encode()).description or []
        assert set(event["row"]) == {column.name for column in columns}
        assert event["row"]["id"] == event["id"]


def test_a_contacts_name_reaches_open_lists(database: Connection[Any], ours: Company) -> None:
    """Renaming a contact announces its conversations in a newer version."""
    receive(database, ours, "Hello")
    before = sent(database, ours)[-1]
    ask(database, ours.people["owner"], "update public.contacts set name = 'Rosa'", keep=True)
    events = [p for _, p in sent(database, ours) if p["table"] == "conversation_list"]
    assert events[-1]["row"]["contact_name"] == "Rosa"
    assert events[-1]["version"] > events[0]["version"]
    assert before


def test_a_change_of_role_ends_every_old_topic(database: Connection[Any], ours: Company) -> None:
    """The last event of each says to join anew; afterwards everything goes to the new epoch."""
    connect_twilio(database, ours)
    receive(database, ours, "Hello")
    owner, dispatcher = ours.people["owner"], ours.people["dispatcher"]
    ask(database, owner, "select public.deactivate_member(%s)", [dispatcher.user_id], keep=True)
    last: dict[str, list[str]] = {}
    for topic, payload in database.execute(
        "select topic, payload from realtime.messages where topic like %s order by inserted_at, id",
        [f"tenant:{ours.id}:1:%"],
    ):
        last.setdefault(topic, []).append(payload["op"])
    assert all(operations.count("rejoin") == 1 for operations in last.values())
    assert len(last) == 4 + len(ours.people)
    receive(database, ours, "Are you there?")
    topics = {
        t
        for (t,) in database.execute(
            "select topic from realtime.messages where payload ->> 'op' <> 'rejoin' and topic like %s",
            [f"tenant:{ours.id}:2:%"],
        )
    }
    assert topics == {f"tenant:{ours.id}:2:inbox", f"tenant:{ours.id}:2:settings"}
    assert not may_join(database, ours, "dispatcher", f"tenant:{ours.id}:2:inbox")
    assert may_join(database, ours, "estimator", f"tenant:{ours.id}:2:inbox")


def test_settings_are_announced_without_their_rows(database: Connection[Any], ours: Company) -> None:
    """Not every member of the area may read every column."""
    connect_twilio(database, ours)
    events = [payload for area, payload in sent(database, ours) if area == "settings"]
    assert {event["table"] for event in events} >= {"phone_numbers", "twilio_settings"}
    assert all("row" not in event for event in events)


@pytest.mark.parametrize("role", ["owner", "tech"])
def test_nobody_sends_on_a_topic_from_a_browser(database: Connection[Any], ours: Company, role: str) -> None:
    """There is no policy for it."""
    statement = "insert into realtime.messages (topic, extension, private) values (%s, 'broadcast', true)"
    assert ask(database, ours.people[role], statement, [f"tenant:{ours.id}:1:inbox"]).state == "42501"


def test_a_sent_text_is_followed_live(database: Connection[Any], ours: Company) -> None:
    """Each status is an event with a higher version."""
    connect_twilio(database, ours)
    receive(database, ours, "Hello")
    write(database, ours, "Hi")
    database.execute("update public.sms_messages set status = 'sending' where status = 'queued'")
    database.execute("update public.sms_messages set status = 'sent' where status = 'sending'")
    outbound = [
        p for _, p in sent(database, ours) if p["table"] == "thread_entries" and p["row"]["direction"] == "outbound"
    ]
    assert [(p["row"]["status"], p["version"]) for p in outbound] == [("queued", 1), ("sending", 2), ("sent", 3)]
