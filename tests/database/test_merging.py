"""Two records of one person become one and, for thirty days, two again: nothing is lost, least of all an opt-out."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from psycopg import Connection

from tests.database.actors import ask
from tests.database.companies import connect_twilio, conversation, receive, write
from tests.database.conftest import Company
from tests.database.contacts import add, card, merge, note, save, tell, try_merge, undo, value
from tests.database.money import issue

ROSA, OTHER, SHARED = "+13035550142", "+13035550143", "+13035550144"

CHILDREN = (
    "contact_phones", "contact_emails", "contact_tags", "properties", "notes", "tasks", "invoices", "timeline_entries",
)  # fmt: skip


def rows_of(database: Connection[Any], contact: uuid.UUID) -> dict[str, set[uuid.UUID]]:
    """Return the ids of everything that hangs on a contact, by table."""
    return {
        table: {
            row[0]
            for row in database.execute(f"select id from public.{table} where contact_id = %s".encode(), [contact])
        }
        for table in CHILDREN
    }


def state_of(database: Connection[Any], contact: uuid.UUID) -> Any:
    """Return a contact's own values, without its times and version."""
    return value(
        database,
        "select to_jsonb(kept) - array['version', 'updated_at'] from public.contacts as kept where id = %s", [contact],
    )  # fmt: skip


def fill(database: Connection[Any], company: Company, contact: uuid.UUID, tag: uuid.UUID) -> None:
    """Give a contact one row of each kind."""
    invoice = uuid.uuid4()
    for statement, values in (
        ("insert into public.properties (contact_id, line1) values (%s, '1 Main St')", [contact]),
        ("insert into public.tasks (contact_id, title) values (%s, 'Call')", [contact]),
        ("insert into public.contact_tags (contact_id, tag_id) values (%s, %s)", [contact, tag]),
        ("insert into public.invoices (id, contact_id) values (%s, %s)", [invoice, contact]),
        ("insert into public.invoice_items (invoice_id, description, unit_price) values (%s, 'Work', 5)", [invoice]),
    ):
        assert tell(database, company, statement, values).state is None, statement
    note(database, company, contact, "Dog in the yard")
    issue(database, company, invoice, role="dispatcher")


@pytest.fixture
def pair(database: Connection[Any], ours: Company) -> tuple[uuid.UUID, uuid.UUID]:
    """Two records of one person: each has a number of its own, one that they share, and rows of every kind."""
    tags = [uuid.uuid4(), uuid.uuid4()]
    for tag in tags:
        tell(database, ours, "insert into public.tags (id, name) values (%s, %s)", [tag, str(tag)[:8]])
    winner = add(database, ours, "Rosa Delgado", phones=[ROSA, SHARED], emails=["rosa@example.com"])
    loser = add(
        database, ours, "R. Delgado", type="customer", job_title="Owner", phones=[OTHER, SHARED],
        emails=["ROSA@example.com", "r@example.com"], tag_ids=[str(tag) for tag in tags],
    )  # fmt: skip
    fill(database, ours, winner, tags[0])
    database.execute("delete from public.contact_tags where contact_id = %s", [loser])
    fill(database, ours, loser, tags[0])
    tell(database, ours, "insert into public.contact_tags (contact_id, tag_id) values (%s, %s)", [loser, tags[1]])
    return winner, loser


def test_the_winner_gets_everything_once(
    database: Connection[Any], ours: Company, pair: tuple[uuid.UUID, uuid.UUID]
) -> None:
    """Numbers, addresses and tags that both have stay once; issued invoices follow their customer."""
    winner, loser = pair
    merge(database, ours, winner, loser, type="loser", name="winner")
    shown = card(database, ours, winner)
    assert (shown["name"], shown["type"], shown["job_title"]) == ("Rosa Delgado", "customer", "Owner")
    assert [(phone["e164"], phone["is_primary"]) for phone in shown["phones"]] == [
        (ROSA, True),
        (SHARED, False),
        (OTHER, False),
    ]
    assert [address["email"] for address in shown["emails"]] == ["rosa@example.com", "r@example.com"]
    assert len(shown["tags"]) == 2
    assert shown["open_task_count"] == 2
    assert len(shown["properties"]) == 2
    assert value(database, "select count(*) from public.invoices where contact_id = %s", [winner]) == 2
    kinds = database.execute(
        "select kind::text, count(*) from public.timeline_entries where contact_id = %s group by kind order by 1",
        [winner],
    ).fetchall()
    assert kinds == [("merge", 1), ("note", 2), ("task", 2)]
    resolved = ask(database, ours.people["owner"], "select public.resolve_contact(%s)", [loser])
    assert resolved.rows == ((winner,),)
    assert ask(database, ours.people["owner"], "select 1 from public.contacts where id = %s", [loser]).count == 0


def test_an_undo_restores_exactly(database: Connection[Any], ours: Company, pair: tuple[uuid.UUID, uuid.UUID]) -> None:
    """Every row and every field of both; twice is as once."""
    before = [(state_of(database, contact), rows_of(database, contact)) for contact in pair]
    merge_id = merge(database, ours, *pair, type="loser", name="loser")
    assert undo(database, ours, merge_id).state is None
    for contact, (state, rows) in zip(pair, before, strict=True):
        now = rows_of(database, contact)
        now["timeline_entries"] -= {
            row[0] for row in database.execute("select id from public.timeline_entries where kind = 'merge'")
        }
        assert (state_of(database, contact), now) == (state, rows)
    assert undo(database, ours, merge_id).state is None
    primary = database.execute("select e164 from public.contact_phones where contact_id = %s and is_primary", [pair[1]])
    assert primary.fetchall() == [(OTHER,)]


def test_what_came_later_stays_with_the_winner(
    database: Connection[Any], ours: Company, pair: tuple[uuid.UUID, uuid.UUID]
) -> None:
    """Rows, changed fields, and what an open page still wrote to the loser's id."""
    winner, loser = pair
    merge_id = merge(database, ours, winner, loser)
    late = [note(database, ours, winner, "Later"), note(database, ours, loser, "From an old tab")]
    version = value(database, "select version from public.contacts where id = %s", [winner])
    assert save(database, ours, id=str(winner), version=version, job_title="Retired").state is None
    assert undo(database, ours, merge_id).state is None
    owners = database.execute("select contact_id from public.notes where id = any (%s)", [late]).fetchall()
    assert owners == [(winner,), (winner,)]
    assert card(database, ours, winner)["job_title"] == "Retired"
    assert card(database, ours, loser)["job_title"] == "Owner"


def test_conversations_follow_their_numbers(database: Connection[Any], ours: Company) -> None:
    """Into the merge, and back."""
    connect_twilio(database, ours)
    receive(database, ours, "Hello", sender=OTHER)
    thread = conversation(database, ours)
    loser = value(database, "select contact_id from public.conversations where id = %s", [thread])
    winner = add(database, ours, "Rosa", phones=[ROSA])
    linked = "select contact_id from public.conversations where id = %s"
    entries = "select distinct contact_id from public.timeline_entries where conversation_id = %s"
    merge_id = merge(database, ours, winner, loser)
    assert (value(database, linked, [thread]), value(database, entries, [thread])) == (winner, winner)
    assert undo(database, ours, merge_id).state is None
    assert (value(database, linked, [thread]), value(database, entries, [thread])) == (loser, loser)


def test_a_shared_number_has_one_owner_after_a_merge(database: Connection[Any], ours: Company) -> None:
    """While two have it, its conversation belongs to neither."""
    connect_twilio(database, ours)
    receive(database, ours, "Hello", sender=SHARED)
    thread = conversation(database, ours)
    first = value(database, "select contact_id from public.conversations where id = %s", [thread])
    second = add(database, ours, "Jim", phones=[SHARED])
    linked = "select contact_id from public.conversations where id = %s"
    assert value(database, linked, [thread]) is None
    merge_id = merge(database, ours, second, first)
    assert value(database, linked, [thread]) == second
    undo(database, ours, merge_id)
    assert value(database, linked, [thread]) is None


def consents(database: Connection[Any], company: Company, address: str) -> dict[tuple[str, str], str]:
    """Return what holds for an address, by channel and purpose."""
    rows = database.execute(
        "select channel::text, purpose::text, private.consent_status(%(c)s, %(a)s, channel, purpose)::text "
        "from unnest(enum_range(null::public.consent_channel)) as channel "
        "cross join unnest(enum_range(null::public.consent_purpose)) as purpose",
        {"c": company.id, "a": address},
    ).fetchall()
    return {(channel, purpose): status for channel, purpose, status in rows if status}


RECORD = "select public.record_consent(%s, %s, %s, %s)"


def test_the_strictest_consent_holds_for_all_addresses(database: Connection[Any], ours: Company) -> None:
    """What either revoked at any number is revoked at all, by channel and purpose; e-mail is another channel."""
    winner = add(database, ours, "Rosa", phones=[ROSA, SHARED], emails=["rosa@example.com"])
    loser = add(database, ours, "R.", phones=[OTHER])
    for address, channel, purpose, status in (
        (ROSA, "sms", "marketing", "granted"),
        (SHARED, "voice", "marketing", "granted"),
        (OTHER, "sms", "transactional", "revoked"),
        (OTHER, "sms", "marketing", "revoked"),
        ("rosa@example.com", "email", "marketing", "granted"),
    ):
        assert tell(database, ours, RECORD, [address, channel, purpose, status]).state is None
    before = {address: consents(database, ours, address) for address in (ROSA, SHARED, OTHER, "rosa@example.com")}
    merge_id = merge(database, ours, winner, loser)
    stop = {("sms", "transactional"): "revoked", ("sms", "marketing"): "revoked"}
    assert consents(database, ours, ROSA) == stop
    assert consents(database, ours, SHARED) == stop | {("voice", "marketing"): "granted"}
    assert consents(database, ours, "rosa@example.com") == {("email", "marketing"): "granted"}
    connect_twilio(database, ours)
    receive(database, ours, "Hi", sender=ROSA)
    assert write(database, ours, "Hi").detail == "opted_out"

    # What had been granted is granted again; nothing was known of transactional texts, which need no word.
    assert undo(database, ours, merge_id).state is None
    assert consents(database, ours, ROSA) == before[ROSA] | {("sms", "transactional"): "granted"}
    assert consents(database, ours, OTHER) == before[OTHER]
    assert consents(database, ours, SHARED)[("sms", "marketing")] == "revoked"
    assert write(database, ours, "Hi").state is None


def test_an_undo_takes_back_no_later_opt_out(database: Connection[Any], ours: Company) -> None:
    """STOP after the merge is theirs."""
    connect_twilio(database, ours)
    winner = add(database, ours, "Rosa", phones=[ROSA])
    loser = add(database, ours, "R.", phones=[OTHER])
    tell(database, ours, RECORD, [OTHER, "sms", "transactional", "revoked"])
    merge_id = merge(database, ours, winner, loser)
    tell(database, ours, RECORD, [ROSA, "sms", "transactional", "granted"])
    receive(database, ours, "STOP", sender=ROSA)
    undo(database, ours, merge_id)
    assert consents(database, ours, ROSA)[("sms", "transactional")] == "revoked"


def test_the_same_merge_again_is_the_same_merge(database: Connection[Any], ours: Company) -> None:
    """In either direction; after an undo it is a new one."""
    first, second = add(database, ours, "A"), add(database, ours, "B")
    merge_id = merge(database, ours, first, second)
    assert merge(database, ours, first, second) == merge_id
    assert merge(database, ours, second, first) == merge_id
    undo(database, ours, merge_id)
    assert merge(database, ours, second, first) != merge_id


def test_merges_in_a_chain_are_followed_and_undone_from_the_end(database: Connection[Any], ours: Company) -> None:
    """A into B, B into C."""
    a, b, c = (
        add(database, ours, name, phones=[number]) for name, number in zip("abc", (ROSA, OTHER, SHARED), strict=True)
    )
    first = merge(database, ours, b, a)
    second = merge(database, ours, c, b)
    resolve = "select public.resolve_contact(%s)"
    assert ask(database, ours.people["owner"], resolve, [a]).rows == ((c,),)
    assert try_merge(database, ours, c, a).detail == "no_such_contact"
    assert undo(database, ours, first).detail == "merged_again"
    assert undo(database, ours, second).state is None
    assert ask(database, ours.people["owner"], resolve, [a]).rows == ((b,),)
    assert undo(database, ours, first).state is None
    assert {phone["e164"] for phone in card(database, ours, a)["phones"]} == {ROSA}


def test_after_thirty_days_it_is_too_late(database: Connection[Any], ours: Company) -> None:
    """Said with a code of its own."""
    merge_id = merge(database, ours, add(database, ours, "A"), add(database, ours, "B"))
    database.execute("set local session_replication_role = replica")
    database.execute("update public.merges set created_at = now() - interval '31 days' where id = %s", [merge_id])
    database.execute("set local session_replication_role = origin")
    answer = undo(database, ours, merge_id)
    assert (answer.state, answer.detail) == ("PT410", "too_late")


def test_a_merge_is_refused_with_a_reason(database: Connection[Any], ours: Company, theirs: Company) -> None:
    """One contact, other companies' contacts, deleted ones, fields that are none, people who may not."""
    first, second = add(database, ours, "A"), add(database, ours, "B")
    foreign = add(database, theirs, "C")
    assert try_merge(database, ours, first, first).detail == "same_contact"
    assert try_merge(database, ours, first, foreign).detail == "no_such_contact"
    assert try_merge(database, ours, first, second, version="loser").detail == "bad_fields"
    assert try_merge(database, ours, first, second, name="both").detail == "bad_fields"
    for role in ("estimator", "bookkeeper", "tech"):
        statement = "select public.merge_contacts(%s, %s, '{}')"
        assert tell(database, ours, statement, [first, second], role=role).state == "PT403"
    tell(database, ours, "select public.delete_record('contact', %s)", [second])
    assert try_merge(database, ours, first, second).detail == "no_such_contact"


def test_custom_values_are_chosen_one_by_one(database: Connection[Any], ours: Company) -> None:
    """Also those of a field that was archived: nothing gets lost."""
    kept, chosen, archived = (str(uuid.uuid4()) for _ in range(3))
    for field in (kept, chosen, archived):
        statement = "insert into public.custom_fields (id, label, kind) values (%s, %s, 'text')"
        tell(database, ours, statement, [field, field[:8]], role="manager")
    winner = add(database, ours, "A", custom_values={kept: "mine", chosen: "mine"})
    loser = add(database, ours, "B", custom_values={kept: "theirs", chosen: "theirs", archived: "old"})
    tell(
        database, ours, "update public.custom_fields set archived_at = now() where id = %s", [archived], role="manager"
    )
    merge_id = merge(database, ours, winner, loser, **{f"custom:{chosen}": "loser"})
    assert card(database, ours, winner)["custom_values"] == {kept: "mine", chosen: "theirs", archived: "old"}
    assert undo(database, ours, merge_id).state is None
    assert card(database, ours, winner)["custom_values"] == {kept: "mine", chosen: "mine"}
