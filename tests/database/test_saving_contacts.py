"""One call saves a contact with its numbers, addresses and tags: all of it or nothing, and once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from psycopg import Connection

from tests.database.conftest import Company
from tests.database.contacts import add, card, save, tell, value

ROSA = "+13035550142"


def test_a_form_makes_a_contact_with_everything(database: Connection[Any], ours: Company) -> None:
    """Organization by name, one primary number, tags; what is empty is null."""
    tag = uuid.uuid4()
    tell(database, ours, "insert into public.tags (id, name) values (%s, 'VIP')", [tag])
    contact = add(
        database, ours, "  Rosa Delgado ", type="customer", organization_name="Ridge HOA", job_title=" ",
        phones=[{"raw": "303 555 0143", "e164": "+13035550143"}, {"e164": ROSA, "is_primary": True, "type": "work"}],
        emails=["Rosa@Example.com"], tag_ids=[str(tag)],
    )  # fmt: skip
    shown = card(database, ours, contact)
    assert (shown["name"], shown["type"], shown["organization_name"]) == ("Rosa Delgado", "customer", "Ridge HOA")
    assert (shown["job_title"], shown["primary_phone"], shown["primary_email"]) == (None, ROSA, "Rosa@Example.com")
    assert [(phone["e164"], phone["is_primary"], phone["type"]) for phone in shown["phones"]] == [
        (ROSA, True, "work"),
        ("+13035550143", False, "mobile"),
    ]
    assert [named["name"] for named in shown["tags"]] == ["VIP"]
    assert shown["created_by_name"] == "Dispatcher"
    again = add(database, ours, "Jim", organization_name="ridge hoa")
    assert card(database, ours, again)["organization_id"] == shown["organization_id"]


def test_a_number_that_is_none_is_kept_as_it_was_typed(database: Connection[Any], ours: Company) -> None:
    """Shown, and marked as not valid."""
    contact = add(database, ours, "Rosa", phones=[{"raw": "ask at the gate"}])
    phone = card(database, ours, contact)["phones"][0]
    assert (phone["e164"], phone["raw"], phone["valid"], phone["consent"]) == (None, "ask at the gate", False, None)


def test_a_repeated_request_changes_nothing(database: Connection[Any], ours: Company) -> None:
    """Neither a creation nor a change whose answer got lost; other content under the same id is refused."""
    fields: dict[str, Any] = {"id": str(uuid.uuid4()), "name": "Rosa", "phones": [ROSA], "emails": ["r@example.com"]}
    first = save(database, ours, **fields)
    version = value(database, "select version from public.contacts where id = %s", [fields["id"]])
    assert save(database, ours, **fields).rows == first.rows
    assert save(database, ours, **fields | {"name": "Rose"}).detail == "stale"
    assert save(database, ours, **fields | {"phones": ["+13035550150"]}).detail == "stale"
    change = fields | {"version": version, "name": "Rosa D."}
    assert save(database, ours, **change).rows == first.rows
    assert save(database, ours, **change).rows == first.rows
    assert value(database, "select version from public.contacts where id = %s", [fields["id"]]) == version + 1


def test_a_change_on_an_older_version_is_refused_whole(database: Connection[Any], ours: Company) -> None:
    """Somebody else was faster: nothing of the form is kept."""
    contact = add(database, ours, "Rosa", phones=[ROSA])
    assert save(database, ours, id=str(contact), version=1, name="Rosa D.").state is None
    late = save(database, ours, id=str(contact), version=1, name="Rose", phones=[])
    assert (late.state, late.detail) == ("PT409", "stale")
    assert card(database, ours, contact)["name"] == "Rosa D."
    assert len(card(database, ours, contact)["phones"]) == 1


def test_lists_that_are_given_replace_and_absent_ones_stay(database: Connection[Any], ours: Company) -> None:
    """Rows that stay keep their ids."""
    contact = add(database, ours, "Rosa", phones=[ROSA, "+13035550143"], emails=["r@example.com"])
    kept = card(database, ours, contact)["phones"][0]["id"]
    assert save(database, ours, id=str(contact), version=1, phones=[ROSA, "+13035550144"]).state is None
    shown = card(database, ours, contact)
    assert {phone["e164"] for phone in shown["phones"]} == {ROSA, "+13035550144"}
    assert kept in {phone["id"] for phone in shown["phones"]}
    assert [address["email"] for address in shown["emails"]] == ["r@example.com"]
    assert shown["name"] == "Rosa"


@pytest.mark.parametrize(
    ("fields", "detail"),
    [
        ({"phones": ["+1"]}, "bad_phone"),
        ({"phones": [{"raw": " "}]}, "bad_phone"),
        ({"emails": ["nobody"]}, "bad_email"),
        ({"phones": [ROSA, ROSA]}, "listed_twice"),
        ({"emails": ["a@example.com", "A@example.com"]}, "listed_twice"),
        ({"name": "x" * 201}, "bad_name"),
        ({"custom_values": {str(uuid.uuid4()): "x"}}, "no_such_field"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    database: Connection[Any], ours: Company, fields: dict[str, Any], detail: str
) -> None:
    """In the screen's words, with a stable code."""
    answer = save(database, ours, **{"name": "Rosa"} | fields)
    assert (answer.state, answer.detail) == ("PT422", detail)
    assert value(database, "select count(*) from public.contacts where tenant_id = %s", [ours.id]) == 0


def test_custom_values_fit_their_fields(database: Connection[Any], ours: Company) -> None:
    """By kind; an archived field takes nothing new, but keeps what it holds."""
    fields = {kind: uuid.uuid4() for kind in ("text", "number", "date", "boolean", "choice")}
    for kind, field in fields.items():
        statement = "insert into public.custom_fields (id, label, kind, options) values (%s, %s, %s, '{red,blue}')"
        assert tell(database, ours, statement, [field, f"The {kind}", kind], role="manager").state is None
    good = {"text": "x", "number": 4.5, "date": "2026-02-28", "boolean": False, "choice": "red"}
    bad = {"text": 1, "number": "4", "date": "2026-02-30", "boolean": "no", "choice": "green"}
    contact = add(database, ours, "Rosa", custom_values={str(fields[kind]): given for kind, given in good.items()})
    assert card(database, ours, contact)["custom_values"] == {str(fields[kind]): given for kind, given in good.items()}
    for kind, given in bad.items():
        answer = save(database, ours, id=str(contact), version=1, custom_values={str(fields[kind]): given})
        assert answer.detail == "bad_custom_value", kind
    tell(database, ours, "update public.custom_fields set archived_at = now()", role="manager")
    assert save(database, ours, id=str(contact), version=1, name="Rosa D.").state is None
    changed = save(database, ours, id=str(contact), version=2, custom_values={str(fields["text"]): "y"})
    assert changed.detail == "no_such_field"
    assert save(database, ours, id=str(contact), version=2, custom_values={str(fields["text"]): None}).state is None
    assert str(fields["text"]) not in card(database, ours, contact)["custom_values"]


def test_one_number_of_a_contact_is_primary(database: Connection[Any], ours: Company) -> None:
    """Also when rows are changed one by one."""
    contact = add(database, ours, "Rosa", phones=[ROSA, "+13035550143"])
    tell(database, ours, "update public.contact_phones set is_primary = true where e164 = '+13035550143'")
    primaries = database.execute(
        "select e164 from public.contact_phones where contact_id = %s and is_primary", [contact]
    )
    assert primaries.fetchall() == [("+13035550143",)]


def test_a_contact_of_another_company_cannot_be_saved(
    database: Connection[Any], ours: Company, theirs: Company
) -> None:
    """Neither under its id, nor with its organization, nor with their tag."""
    contact = add(database, theirs, "Their Rosa", organization_name="Their HOA")
    organization = card(database, theirs, contact)["organization_id"]
    for fields in ({"name": "Ours now"}, {"name": "Ours now", "version": 1}, {"version": 1, "phones": [ROSA]}):
        assert save(database, ours, id=str(contact), **fields).detail == "no_such_contact"
    assert save(database, ours, name="Rosa", organization_id=organization).state == "23503"
    tag = uuid.uuid4()
    tell(database, theirs, "insert into public.tags (id, name) values (%s, 'Theirs')", [tag])
    ours_with_tag = add(database, ours, "Rosa", tag_ids=[str(tag)])
    assert card(database, ours, ours_with_tag)["tags"] == []
    assert card(database, theirs, contact)["name"] == "Their Rosa"
