"""Notes, tasks and attachments: what is shown where, what is deleted and comes back, and with whose name."""

from __future__ import annotations

import uuid
from typing import Any

from psycopg import Connection

from tests.database.actors import ask
from tests.database.companies import connect_twilio, conversation, receive
from tests.database.conftest import Company
from tests.database.contacts import add, card, note, search, tell, upload, value

ROSA = "+13035550142"


def timeline(database: Connection[Any], company: Company, contact: uuid.UUID) -> list[tuple[Any, ...]]:
    """Return what a contact's page shows, newest first."""
    return list(
        ask(
            database, company.people["bookkeeper"],
            "select kind::text, title, body, author_name, details, contact_name from public.thread_entries "
            "where contact_id = %s order by at desc, id desc", [contact],
        ).rows
    )  # fmt: skip


def test_notes_tasks_and_attachments_stand_in_the_timeline(database: Connection[Any], ours: Company) -> None:
    """With their author, and as they are now: changes show, deleted things leave."""
    contact = add(database, ours, "Rosa")
    made = note(database, ours, contact, "Dog in the yard")
    task, file = uuid.uuid4(), uuid.uuid4()
    upload(database, ours, file)
    for statement, identifier in (
        ("insert into public.tasks (id, contact_id, title) values (%s, %s, 'Call back')", task),
        ("insert into public.attachments (id, contact_id, name) values (%s, %s, 'Permit.pdf')", file),
    ):
        assert tell(database, ours, statement, [identifier, contact]).state is None
    tell(database, ours, "select public.complete_task(%s, true)", [task])
    tell(database, ours, "update public.notes set body = 'Two dogs', pinned = true where id = %s", [made])
    shown = {row[0]: row[1:] for row in timeline(database, ours, contact)}
    assert shown["note"] == (None, "Two dogs", "Dispatcher", {"pinned": True}, "Rosa")
    assert shown["task"][:3] == ("Call back", None, "Dispatcher")
    assert shown["task"][3]["completed_at"] is not None
    assert shown["attachment"][0] == "Permit.pdf"
    assert shown["attachment"][3]["size_bytes"] == 1234
    tell(database, ours, "select public.delete_record('note', %s)", [made])
    assert {row[0] for row in timeline(database, ours, contact)} == {"task", "attachment"}
    tell(database, ours, "select public.restore_record('note', %s)", [made])
    assert {row[0] for row in timeline(database, ours, contact)} == {"note", "task", "attachment"}


def test_open_browsers_hear_of_notes_with_their_row_and_of_tasks_without(
    database: Connection[Any], ours: Company
) -> None:
    """As of texts: the row is the one that the thread shows."""
    contact = add(database, ours, "Rosa")
    made = note(database, ours, contact, "Dog in the yard")
    tell(database, ours, "select public.delete_record('note', %s)", [made])
    tell(database, ours, "insert into public.tasks (contact_id, title) values (%s, 'Call')", [contact])
    events = [
        row[0]
        for row in database.execute(
            "select payload from realtime.messages where topic = (select private.topic(id, access_epoch, 'inbox') "
            "from public.tenants where id = %s)",
            [ours.id],
        )
    ]
    entries = [event for event in events if event["table"] == "thread_entries"]
    assert sorted((event["op"], event["row"]["kind"] if "row" in event else None) for event in entries) == [
        ("delete", None),
        ("insert", "note"),
        ("insert", "task"),
    ]
    assert "Dog in the yard" in [event["row"]["body"] for event in entries if "row" in event]
    assert [event["op"] for event in events if event["table"] == "task_list"] == ["insert"]
    assert {event["table"] for event in events} == {"contact_list", "thread_entries", "task_list"}


def test_a_task_is_overdue_by_the_companys_day(database: Connection[Any], ours: Company) -> None:
    """Until it is ticked off; ticking twice keeps the first time."""
    task = uuid.uuid4()
    database.execute("update public.tenants set timezone = 'Pacific/Kiritimati' where id = %s", [ours.id])
    today = value(database, "select (now() at time zone 'Pacific/Kiritimati')::date")
    statement = "insert into public.tasks (id, title, due_on) values (%s, 'Order parts', %s::date - %s)"
    tell(database, ours, statement, [task, today, 1])
    tell(database, ours, statement, [uuid.uuid4(), today, 0])
    overdue = "select is_overdue from public.task_list where tenant_id = %s order by due_on"
    assert ask(database, ours.people["owner"], overdue, [ours.id]).rows == ((True,), (False,))
    tell(database, ours, "select public.complete_task(%s, true)", [task])
    done = value(database, "select version from public.tasks where id = %s", [task])
    tell(database, ours, "select public.complete_task(%s, true)", [task])
    assert value(database, "select version from public.tasks where id = %s", [task]) == done
    assert ask(database, ours.people["owner"], overdue, [ours.id]).rows == ((False,), (False,))
    assert tell(database, ours, "select public.complete_task(%s, true)", [uuid.uuid4()]).detail == "no_such_task"


DELETED = "select kind::text, title, deleted_by_name from public.deleted_records()"


def test_what_is_deleted_is_kept_with_who_and_when_and_comes_back(database: Connection[Any], ours: Company) -> None:
    """Twice is as once; the bookkeeper and the technician neither see nor restore."""
    contact = add(database, ours, "Rosa", organization_name="Ridge HOA")
    organization = card(database, ours, contact)["organization_id"]
    made = note(database, ours, contact, "Dog in the yard")
    assert tell(database, ours, "select public.delete_record('note', %s)", [made]).state is None
    assert tell(database, ours, "select public.delete_record('note', %s)", [made], role="owner").state is None
    assert tell(database, ours, "select public.delete_record('organization', %s)", [organization]).state is None
    assert card(database, ours, contact)["organization_name"] is None
    rows = ask(database, ours.people["estimator"], DELETED).rows
    assert set(rows) == {("note", "Dog in the yard", "Dispatcher"), ("organization", "Ridge HOA", "Dispatcher")}
    for role in ("bookkeeper", "tech"):
        assert ask(database, ours.people[role], DELETED).state == "PT403"
        answer = tell(database, ours, "select public.restore_record('note', %s)", [made], role=role)
        assert answer.state == "PT403"
    tell(database, ours, "select public.restore_record('organization', %s)", [organization])
    assert card(database, ours, contact)["organization_name"] == "Ridge HOA"
    assert tell(database, ours, "select public.delete_record('task', %s)", [uuid.uuid4()]).detail == "no_such_record"


def test_a_deleted_contact_takes_everything_along_and_back(database: Connection[Any], ours: Company) -> None:
    """Lists, tasks, search, the owner of its number; a new person with the number is no obstacle."""
    connect_twilio(database, ours)
    receive(database, ours, "Hello", sender=ROSA)
    thread = conversation(database, ours)
    contact = value(database, "select contact_id from public.conversations where id = %s", [thread])
    tell(database, ours, "update public.contacts set name = 'Rosa' where id = %s", [contact])
    tell(database, ours, "insert into public.tasks (contact_id, title) values (%s, 'Call')", [contact])
    tasks = "select title from public.task_list where tenant_id = %s"
    assert tell(database, ours, "select public.delete_record('contact', %s)", [contact]).state is None
    assert search(database, ours, "rosa") == []
    assert ask(database, ours.people["owner"], tasks, [ours.id]).count == 0
    linked = "select contact_id from public.conversations where id = %s"
    assert value(database, linked, [thread]) is None
    late = tell(database, ours, "insert into public.notes (contact_id, body) values (%s, 'x')", [contact])
    assert late.detail == "contact_deleted"
    other = add(database, ours, "Jim", phones=[ROSA])
    assert value(database, linked, [thread]) == other
    assert tell(database, ours, "select public.restore_record('contact', %s)", [contact]).state is None
    assert value(database, linked, [thread]) is None
    assert search(database, ours, "rosa") == ["Rosa"]
    assert ask(database, ours.people["owner"], tasks, [ours.id]).rows == (("Call",),)


def test_nothing_comes_back_to_a_deleted_contact(database: Connection[Any], ours: Company) -> None:
    """The contact first. A merged one comes back by undoing the merge."""
    contact = add(database, ours, "Rosa")
    made = note(database, ours, contact, "x")
    for kind, identifier in (("note", made), ("contact", contact)):
        tell(database, ours, "select public.delete_record(%s, %s)", [kind, identifier])
    restore = "select public.restore_record(%s, %s)"
    assert tell(database, ours, restore, ["note", made]).detail == "contact_deleted"
    assert tell(database, ours, restore, ["contact", contact]).state is None
    assert tell(database, ours, restore, ["note", made]).state is None
    other = add(database, ours, "R.")
    tell(database, ours, "select public.merge_contacts(%s, %s)", [contact, other])
    assert tell(database, ours, restore, ["contact", other]).detail == "merged"
    assert ask(database, ours.people["owner"], DELETED).rows == ()


def test_what_was_deleted_is_paged(database: Connection[Any], ours: Company) -> None:
    """By time and id, each once, though many have the same time."""
    contact = add(database, ours, "Rosa")
    for number in range(5):
        tell(database, ours, "select public.delete_record('note', %s)", [note(database, ours, contact, f"{number}")])
    titles: list[str] = []
    after = None
    while True:
        page = ask(
            database, ours.people["owner"],
            "select title, jsonb_build_object('key', key, 'id', id)::text from public.deleted_records(%s, 2)", [after],
        ).rows  # fmt: skip
        titles += [row[0] for row in page]
        if len(page) < 2:
            break
        after = page[-1][1]
    assert sorted(titles) == ["0", "1", "2", "3", "4"]


def test_calls_with_ids_of_another_company_find_nothing(
    database: Connection[Any], ours: Company, theirs: Company
) -> None:
    """Of every kind."""
    contact = add(database, theirs, "Their Rosa")
    made = note(database, theirs, contact, "x")
    for kind, identifier in (("contact", contact), ("note", made)):
        for call in ("delete_record", "restore_record"):
            answer = tell(database, ours, f"select public.{call}(%s, %s)", [kind, identifier], role="owner")
            assert (answer.state, answer.detail) == ("PT404", "no_such_record")
    assert ask(database, ours.people["owner"], "select public.resolve_contact(%s)", [contact]).rows == ((None,),)
    assert (
        tell(database, ours, "insert into public.notes (contact_id, body) values (%s, 'x')", [contact]).state == "23503"
    )


def test_saved_filters_are_ones_own_until_they_are_shared(database: Connection[Any], ours: Company) -> None:
    """Colleagues see shared ones and may change them, not take them for themselves."""
    mine, shared = uuid.uuid4(), uuid.uuid4()
    for identifier, is_shared in ((mine, False), (shared, True)):
        statement = (
            "insert into public.saved_filters (id, place, name, filter, is_shared) "
            "values (%s, 'contacts', 'x', '{}', %s)"
        )
        assert tell(database, ours, statement, [identifier, is_shared]).state is None
    seen = "select id from public.saved_filters"
    assert ask(database, ours.people["bookkeeper"], seen).rows == ((shared,),)
    assert ask(database, ours.people["dispatcher"], seen).count == 2
    rename = "update public.saved_filters set name = 'y' where id = %s"
    assert tell(database, ours, rename, [shared], role="bookkeeper").count == 1
    assert tell(database, ours, rename, [mine], role="bookkeeper").count == 0
    hide = "update public.saved_filters set is_shared = false where id = %s"
    assert tell(database, ours, hide, [shared], role="bookkeeper").state == "42501"
