"""What is older than its period goes, what is younger stays; a deleted contact with invoices stays without a name."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from psycopg import Connection
from psycopg.types.json import Jsonb

from tests.database.companies import CUSTOMER, connect_twilio, conversation, count, receive
from tests.database.conftest import Company
from tests.database.erasing import add_attachment, add_invoice
from tests.database.money import issue

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"
OLD, YOUNG = "31 days", "29 days"


def enforce(database: Connection[Any]) -> dict[str, int]:
    """Delete batch by batch until nothing is left, as the worker does; return how many of each kind went."""
    gone: dict[str, int] = {}
    for kind in value(database, "select backend.retention_kinds()"):
        while number := value(database, "select backend.enforce_retention(%s, 2)", kind):
            gone[kind] = gone.get(kind, 0) + number
    return gone


def value(database: Connection[Any], query: str, *parameters: object) -> Any:
    row = database.execute(query.encode(), parameters).fetchone()
    return row[0] if row else None


def add_contact(database: Connection[Any], company: Company, name: str = "Rosa") -> uuid.UUID:
    contact = uuid.uuid4()
    database.execute(
        "insert into public.contacts (id, tenant_id, name) values (%s, %s, %s)", [contact, company.id, name]
    )
    return contact


def delete(database: Connection[Any], table: str, row: uuid.UUID, ago: str) -> None:
    """Delete a row as people do, some time ago."""
    database.execute(f"update public.{table} set deleted_at = now() - %s::interval where id = %s".encode(), [ago, row])


def add_record(database: Connection[Any], company: Company, kind: str) -> uuid.UUID:
    """Add one deletable record beside a contact that stays."""
    contact = add_contact(database, company)
    if kind == "attachments":
        return add_attachment(database, company, contact)
    records: dict[str, tuple[str, list[object]]] = {
        "notes": ("contact_id, body", [contact, "Likes tea"]),
        "tasks": ("contact_id, title", [contact, "Call"]),
        "properties": ("contact_id, line1, country", [contact, "1 Way", "US"]),
        "organizations": ("name", ["Acme"]),
    }
    columns, content = records[kind]
    marks = ", ".join(["%s"] * len(content))
    return uuid.UUID(
        str(
            value(
                database,
                f"insert into public.{kind} (tenant_id, {columns}) values (%s, {marks}) returning id",
                company.id,
                *content,
            )
        )
    )


@pytest.mark.parametrize("kind", ["notes", "tasks", "properties", "organizations", "attachments"])
def test_deleted_records_are_purged_after_a_month(database: Connection[Any], ours: Company, kind: str) -> None:
    old, young, living = (add_record(database, ours, kind) for _ in range(3))
    delete(database, kind, old, OLD)
    delete(database, kind, young, YOUNG)
    assert enforce(database) == {kind: 1}
    left = database.execute(f"select id from public.{kind} where tenant_id = %s".encode(), [ours.id]).fetchall()
    assert {row[0] for row in left} == {young, living}
    log = "select new_values from public.audit_log where row_id = %s"
    assert {str(row[0]) for row in database.execute(log.encode(), [old])} == {"{'erased': True}"}


def test_a_purged_attachment_leaves_its_file_to_storage(database: Connection[Any], ours: Company) -> None:
    attachment = add_record(database, ours, "attachments")
    delete(database, "attachments", attachment, OLD)
    enforce(database)
    waiting = database.execute("select bucket, path from backend.files_to_remove(10)").fetchall()
    assert waiting == [("attachments", f"{ours.id}/{attachment}")]


def test_a_deleted_contact_goes_with_all_that_hangs_on_it_and_its_texts_stay(
    database: Connection[Any], ours: Company
) -> None:
    connect_twilio(database, ours)
    receive(database, ours, "Hello")
    contact = value(database, "select contact_id from public.contact_phones where tenant_id = %s", ours.id)
    add_attachment(database, ours, contact)
    add_invoice(database, ours, contact)
    delete(database, "contacts", contact, OLD)
    assert enforce(database) == {"contacts": 1}
    for table in ("contacts", "contact_phones", "attachments", "invoices"):
        assert count(database, table, ours) == 0, table
    assert (
        value(database, "select their_number from public.conversations where id = %s", conversation(database, ours))
        == CUSTOMER
    )
    assert count(database, "sms_messages", ours) == 1


def test_a_deleted_contact_with_invoices_stays_for_the_books(database: Connection[Any], ours: Company) -> None:
    contact = add_contact(database, ours)
    issue(database, ours, add_invoice(database, ours, contact))
    database.execute(
        "insert into public.contact_emails (tenant_id, contact_id, email) values (%s, %s, 'a@example.test')",
        [ours.id, contact],
    )
    delete(database, "contacts", contact, OLD)
    assert enforce(database) == {"contacts": 1}
    kept = database.execute("select name, deleted_at from public.contacts where tenant_id = %s", [ours.id]).fetchall()
    assert kept == [("Erased person", None)]
    assert count(database, "contact_emails", ours) == 0
    assert enforce(database) == {}


def test_a_merged_contact_leads_on_after_its_undo_has_ended(database: Connection[Any], ours: Company) -> None:
    winner, loser = add_contact(database, ours, "Winner"), add_contact(database, ours, "Loser")
    database.execute(
        "update public.contacts set deleted_at = now() - %s::interval, merged_into_id = %s where id = %s",
        [OLD, winner, loser],
    )
    database.execute(
        "insert into public.merges (tenant_id, winner_id, loser_id, moved, created_at) "
        "values (%s, %s, %s, %s, now() - %s::interval)",
        [ours.id, winner, loser, Jsonb({"winner": {}}), OLD],
    )
    assert enforce(database) == {"undo of merges": 1}
    query = "select name, merged_into_id from public.contacts where id = %s"
    assert database.execute(query.encode(), [loser]).fetchall() == [(None, winner)]
    delete(database, "contacts", winner, OLD)
    assert enforce(database) == {"contacts": 1}
    assert count(database, "contacts", ours) == 0


def test_drafts_that_were_deleted_go(database: Connection[Any], ours: Company) -> None:
    invoice = add_invoice(database, ours, add_contact(database, ours))
    delete(database, "invoices", invoice, OLD)
    assert enforce(database) == {"drafts": 1}
    assert count(database, "invoice_items", ours) == 0


AGED = {
    "provider events": (
        "insert into public.webhook_events "
        "(tenant_id, provider, kind, event_key, fields, raw, processed_at, created_at) "
        "values (%(tenant)s, 'twilio', 'sms', gen_random_uuid()::text, '{}', '', now(), now() - %(age)s::interval)"
    ),
    "invitations": (
        "insert into public.invitations (id, tenant_id, email, role, display_name, token_hash, expires_at) values "
        "(gen_random_uuid(), %(tenant)s, gen_random_uuid() || '@example.test', 'tech', 'X', '', "
        "now() - %(age)s::interval)"
    ),
    "audit log": (
        "insert into public.audit_log (tenant_id, actor_kind, table_name, row_id, action, created_at) "
        "values (%(tenant)s, 'operator', 'contacts', gen_random_uuid(), 'update', now() - %(age)s::interval)"
    ),
    "import rows": (
        "with import as (insert into public.imports (id, tenant_id, name, file_hash, status, finished_at) values "
        "(gen_random_uuid(), %(tenant)s, 'list.csv', '', 'done', now() - %(age)s::interval) returning *) "
        "insert into public.import_rows (tenant_id, import_id, number) select tenant_id, id, 1 from import"
    ),
    "orphaned files": (
        "insert into storage.objects (bucket_id, name, created_at) values "
        "('attachments', %(tenant)s || '/' || gen_random_uuid(), now() - %(age)s::interval)"
    ),
}


@pytest.mark.parametrize("kind", AGED)
def test_each_kind_goes_when_its_period_is_over(database: Connection[Any], ours: Company, kind: str) -> None:
    period = value(database, "select keep from private.retention where kind = %s", kind)
    for age in (period * 1.01, period * 1.01, period * 1.01, period * 0.99):
        database.execute(AGED[kind].encode(), {"tenant": ours.id, "age": age})
    assert enforce(database) == {kind: 3}
    assert enforce(database) == {}


def test_a_file_with_an_attachment_is_no_orphan(database: Connection[Any], ours: Company) -> None:
    add_attachment(database, ours, add_contact(database, ours))
    database.execute("update storage.objects set created_at = now() - interval '1 year'")
    assert enforce(database) == {}


def test_the_page_says_how_long_what_is_kept(database: Connection[Any]) -> None:
    section = OPERATIONS.read_text().split("## How long what is kept\n", 1)[1].split("\n## ", 1)[0]
    shown = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in section.splitlines() if "|" in line]
    periods = database.execute("select kind, keep::text, reason from private.retention").fetchall()
    assert sorted(shown[2:]) == sorted(periods)


def test_a_purged_note_leaves_a_colleagues_file_on_another_contact(database: Connection[Any], ours: Company) -> None:
    """As after an undone merge: the note went back, what was attached to it meanwhile stayed."""
    gone, stays = add_contact(database, ours), add_contact(database, ours)
    note = value(
        database,
        "insert into public.notes (tenant_id, contact_id, body) values (%s, %s, 'x') returning id",
        ours.id,
        gone,
    )
    attachment = add_attachment(database, ours, stays)
    database.execute("update public.attachments set note_id = %s where id = %s", [note, attachment])
    delete(database, "contacts", gone, OLD)
    assert enforce(database) == {"contacts": 1}
    kept = database.execute("select contact_id, note_id from public.attachments where id = %s", [attachment]).fetchall()
    assert kept == [(stays, None)]


def test_log_ins_and_limits_are_forgotten_and_a_living_log_in_keeps_its_company(
    database: Connection[Any], ours: Company
) -> None:
    owner = ours.people["owner"]
    living, over = uuid.uuid4(), uuid.uuid4()
    database.execute("insert into auth.sessions (id, user_id) values (%s, %s)", [living, owner.user_id])
    for session in (living, over):
        database.execute(
            "insert into private.session_tenants (session_id, user_id, tenant_id, chosen_at) "
            "values (%s, %s, %s, now() - interval '40 days')",
            [session, owner.user_id, ours.id],
        )
        database.execute(
            "insert into private.ended_sessions (session_id, ended_at) values (%s, now() - interval '9 days')",
            [session],
        )
    database.execute(
        "insert into private.rate_limits (key, tokens, refilled_at) values ('a', 1, now() - interval '2 days'), "
        "('b', 1, now())"
    )
    gone = enforce(database)
    assert (gone["ended log-ins"], gone["used limits"]) == (2, 1)
    chosen = "select array_agg(session_id) from private.session_tenants where tenant_id = %s"
    assert value(database, chosen, ours.id) == [living]
