"""A person who is erased is nowhere any more; the books, and the word STOP, stay."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from tests.database.actors import ask
from tests.database.catalog import Catalog
from tests.database.companies import CUSTOMER, connect_twilio, receive, write
from tests.database.conftest import Company
from tests.database.erasing import NUMBER, TRACES, Known, add_invoice, know_everything, talk_with, traces
from tests.database.money import shown
from tests.database.test_foreign_ids import fingerprint


@pytest.fixture
def person(database: Connection[Any], ours: Company) -> Known:
    return know_everything(database, ours)


def erase(
    database: Connection[Any], company: Company, contact: uuid.UUID, *, really: bool = True, role: str = "owner"
) -> dict[str, Any]:
    """Erase a contact as somebody of the company does through the service."""
    row = database.execute(
        "select backend.erase_contact(%s, %s, %s, %s)", [company.id, company.people[role].user_id, contact, really]
    ).fetchone()
    assert row is not None
    answer: dict[str, Any] = row[0]
    return answer


def refusal(database: Connection[Any], company: Company, contact: uuid.UUID, role: str = "owner") -> tuple[str, str]:
    with pytest.raises(psycopg.Error) as caught, database.transaction():
        erase(database, company, contact, role=role)
    return str(caught.value.sqlstate), str(caught.value.diag.message_detail)


def value(database: Connection[Any], query: str, *parameters: object) -> Any:
    row = database.execute(query.encode(), parameters).fetchone()
    return row[0] if row else None


def test_nothing_says_who_the_person_was(
    database: Connection[Any], catalog: Catalog, ours: Company, person: Known
) -> None:
    before = traces(database, catalog)
    assert {"contacts", "sms_messages", "webhook_events", "audit_log", "import_rows", "consents", "notes"} <= before
    erase(database, ours, person.contact)
    assert traces(database, catalog) == set()


def test_the_books_stay(database: Connection[Any], ours: Company, person: Known) -> None:
    before = shown(database, ours, person.invoice)
    erase(database, ours, person.contact)
    after = shown(database, ours, person.invoice)
    assert after["contact_name"] == "Erased person"
    money = ("number", "total_cents", "paid_cents", "issued_on", "state", "currency")
    assert {name: after[name] for name in money} == {name: before[name] for name in money}
    assert value(database, "select count(*) from public.payments where tenant_id = %s", ours.id) == 1
    drafts = "select count(*) from public.invoices where tenant_id = %s and status = 'draft'"
    assert value(database, drafts, ours.id) == 0


def test_the_link_to_the_invoice_ends(database: Connection[Any], ours: Company, person: Known) -> None:
    erase(database, ours, person.contact)
    assert value(database, "select count(*) from public.document_links where revoked_at is null") == 0


def test_who_said_stop_stays_opted_out_and_may_come_back_as_somebody_new(
    database: Connection[Any], ours: Company, person: Known
) -> None:
    erase(database, ours, person.contact)
    refused = "select private.message_refusal(%s, %s, 'sms', 'transactional')"
    assert value(database, refused, ours.id, NUMBER) == "opted_out"
    assert receive(database, ours, "Hello again", sender=NUMBER)[0] == "applied"
    talk = "select opted_out from public.conversations where tenant_id = %s and their_number = %s"
    assert value(database, talk, ours.id, NUMBER) is True
    lead = value(database, "select contact_id from public.contact_phones where tenant_id = %s", ours.id)
    assert lead not in {None, person.contact}
    erase(database, ours, lead)
    assert value(database, talk, ours.id, NUMBER) is None


def test_a_text_that_waits_is_not_sent(database: Connection[Any], ours: Company, person: Known) -> None:
    receive(database, ours, "START", sender=NUMBER)
    assert write(database, ours, "Dear customer", into=talk_with(database, ours)).state is None
    erase(database, ours, person.contact)
    waiting = "select count(*) from public.sms_messages where tenant_id = %s and status in ('queued', 'scheduled')"
    assert value(database, waiting, ours.id) == 0


def test_without_saying_really_nothing_changes(
    database: Connection[Any], catalog: Catalog, ours: Company, person: Known
) -> None:
    before = fingerprint(database, catalog, ours)
    answer = erase(database, ours, person.contact, really=False)
    assert fingerprint(database, catalog, ours) == before
    assert (answer["erased"], "files" in answer) == (False, False)
    told = answer["certificate"]
    assert told["deleted"].keys() == {
        "attachments", "contact_emails", "contact_phones", "contact_tags", "merges", "notes", "properties", "tasks",
    }  # fmt: skip
    assert told["emptied"].keys() == {"contacts", "conversations", "import_rows", "sms_messages", "webhook_events"}
    assert told["kept"] == {"invoices": 1, "payments": 1, "consents": 3}
    done = erase(database, ours, person.contact)["certificate"]
    assert {name: done[name] for name in ("deleted", "emptied", "kept")} == {
        name: told[name] for name in ("deleted", "emptied", "kept")
    }


def test_the_certificate_is_kept_and_says_nothing_of_the_person(
    database: Connection[Any], ours: Company, person: Known
) -> None:
    answer = erase(database, ours, person.contact)
    kept = ask(database, ours.people["owner"], "select certificate, certificate_hash from public.erasures")
    assert kept.rows == ((answer["certificate"], answer["certificate_hash"]),)
    digest = "select encode(sha256(convert_to(certificate::text, 'UTF8')), 'hex') from public.erasures"
    assert value(database, digest) == answer["certificate_hash"]
    assert not any(trace in str(answer) for trace in TRACES)


def test_the_same_again_is_the_same_certificate(database: Connection[Any], ours: Company, person: Known) -> None:
    first = erase(database, ours, person.contact)
    assert erase(database, ours, person.contact) == first
    merged = value(database, "select id from public.contacts where merged_into_id = %s", person.contact)
    assert erase(database, ours, merged) == first


def test_files_are_left_to_storage_until_it_has_removed_them(
    database: Connection[Any], ours: Company, person: Known
) -> None:
    files = erase(database, ours, person.contact)["files"]
    assert files == [{"bucket": "attachments", "path": f"{ours.id}/{person.attachment}"}]
    for _ in range(2):
        database.execute("select backend.file_removed(%s, %s, %s)", [ours.id, files[0]["bucket"], files[0]["path"]])
    assert erase(database, ours, person.contact)["files"] == []


def test_a_number_that_another_contact_has_too_stays_theirs(
    database: Connection[Any], ours: Company, person: Known
) -> None:
    spouse = uuid.uuid4()
    database.execute("insert into public.contacts (id, tenant_id, name) values (%s, %s, 'Spouse')", [spouse, ours.id])
    database.execute(
        "insert into public.contact_phones (tenant_id, contact_id, e164, raw) values (%s, %s, %s, %s)",
        [ours.id, spouse, NUMBER, NUMBER],
    )
    erase(database, ours, person.contact)
    talk = "select contact_id from public.conversations where tenant_id = %s and their_number = %s"
    assert value(database, talk, ours.id, NUMBER) == spouse
    texts = "select count(*) from public.sms_messages where tenant_id = %s and body <> ''"
    assert value(database, texts, ours.id) == 3


def test_others_are_left_alone(database: Connection[Any], catalog: Catalog, ours: Company, theirs: Company) -> None:
    connect_twilio(database, theirs)
    receive(database, theirs, "Hello", sender=NUMBER)
    person = know_everything(database, ours)
    receive(database, ours, "Me too", sender=CUSTOMER)
    before = fingerprint(database, catalog, theirs)
    erase(database, ours, person.contact)
    assert fingerprint(database, catalog, theirs) == before
    assert value(database, "select count(*) from public.sms_messages where body = 'Me too'") == 1


@pytest.mark.parametrize("role", ["manager", "dispatcher", "estimator", "tech", "bookkeeper"])
def test_only_an_owner_erases(database: Connection[Any], ours: Company, person: Known, role: str) -> None:
    assert refusal(database, ours, person.contact, role) == ("PT403", "not_allowed")


def test_an_erased_person_is_found_by_nobody_and_changed_by_nobody(
    database: Connection[Any], ours: Company, person: Known
) -> None:
    erase(database, ours, person.contact)
    owner = ours.people["owner"]
    assert ask(database, owner, "select 1 from public.contact_list").rows == ()
    assert ask(database, owner, "select 1 from public.list_contacts('Erased')").rows == ()
    assert ask(database, owner, "update public.contacts set name = 'Me'").count == 0


def test_an_unknown_contact_and_one_of_another_company_are_the_same(
    database: Connection[Any], ours: Company, theirs: Company, person: Known
) -> None:
    for contact in (uuid.uuid4(), person.contact):
        assert refusal(database, theirs, contact) == ("PT404", "no_such_contact")


def test_an_erased_person_is_joined_written_to_and_deleted_by_nobody(
    database: Connection[Any], ours: Company, person: Known
) -> None:
    """What hangs on the name is the books'; the invoices show its id to the office."""
    other = uuid.uuid4()
    database.execute("insert into public.contacts (id, tenant_id, name) values (%s, %s, 'Ann')", [other, ours.id])
    erase(database, ours, person.contact)
    dispatcher = ours.people["dispatcher"]
    for winner, loser in ((person.contact, other), (other, person.contact)):
        refused = ask(database, dispatcher, "select public.merge_contacts(%s, %s)", [winner, loser])
        assert refused.detail == "no_such_contact"
    refused = ask(database, dispatcher, "select public.delete_record('contact', %s)", [person.contact])
    assert refused.detail == "contact_erased"
    note = "insert into public.notes (contact_id, body) values (%s, 'Who was that?')"
    assert ask(database, dispatcher, note, [person.contact]).detail == "contact_erased"


def test_a_page_of_the_list_is_full_beside_erased_persons(
    database: Connection[Any], ours: Company, person: Known
) -> None:
    """A short page is the last one to whoever pages."""
    erase(database, ours, person.contact)
    database.execute(
        "insert into public.contacts (tenant_id, name) select %s, 'Person ' || n from generate_series(1, 3) as n",
        [ours.id],
    )
    page = "select name from public.list_contacts(p_sort => 'name', p_limit => 2)"
    assert ask(database, ours.people["owner"], page).rows == (("Person 1",), ("Person 2",))


def test_the_words_of_a_draft_leave_the_audit_log_with_it(
    database: Connection[Any], ours: Company, person: Known
) -> None:
    draft = add_invoice(database, ours, person.contact)
    line = value(database, "select id from public.invoice_items where invoice_id = %s", draft)
    erase(database, ours, person.contact)
    log = "select array_agg(distinct new_values::text) from public.audit_log where row_id in (%s, %s)"
    assert value(database, log, draft, line) == ['{"erased": true}']


def test_nothing_is_erased_by_a_call_that_does_not_say_really(
    database: Connection[Any], ours: Company, person: Known
) -> None:
    """Null is not yes."""
    call = "select backend.erase_contact(%s, %s, %s, null) -> 'erased'"
    assert value(database, call, ours.id, ours.people["owner"].user_id, person.contact) is False
    assert value(database, "select erased_at from public.contacts where id = %s", person.contact) is None
