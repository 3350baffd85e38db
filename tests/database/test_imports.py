"""What an import does with each row, that it can be repeated, met by another one and taken back."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from service.contacts.targets import TARGETS
from tests.database import imports
from tests.database.actors import ROLES, ask
from tests.database.concurrently import company_of, together
from tests.database.conftest import Company

ROSA = ["Rosa Delgado", "(303) 555-0142", "rosa@example.com", "12 Main St", "VIP; Pool"]
OLEG = ["Oleg Petrenko", "303-555-0143", "", "", ""]
ROSA_IS = ("Rosa Delgado", "customer", ["+13035550142"], ["rosa@example.com"], ["12 Main St"], ["Pool", "VIP"])
OLEG_IS: tuple[Any, ...] = ("Oleg Petrenko", "customer", ["+13035550143"], [], [], [])


def test_rows_become_contacts_with_all_that_hangs_on_them(database: Connection[Any], ours: Company) -> None:
    """Numbers in E.164, an address, tags made where there are none; the importer is the author."""
    import_id = imports.do_import(database, ours, [ROSA, OLEG])
    assert imports.contacts(database, ours) == [OLEG_IS, ROSA_IS]
    now = imports.state(database, import_id)
    assert (now["status"], now["create_count"], now["done_count"]) == ("done", 2, 2)
    authors = database.execute("select distinct created_by from public.contacts where tenant_id = %s", [ours.id])
    assert authors.fetchall() == [(ours.people["dispatcher"].user_id,)]


def test_a_check_changes_nothing_and_says_what_would_happen(database: Connection[Any], ours: Company) -> None:
    """Create, update with what changes, skip, error with words beside its cell."""
    imports.do_import(database, ours, [ROSA])
    import_id = imports.upload(
        database, ours, [ROSA, ["Rosa M. Delgado", ROSA[1], "", "", ""], OLEG, ["Bad", "", "no address", "", ""], OLEG]
    )
    before = imports.contacts(database, ours)
    imports.check(database, ours, import_id)
    assert imports.contacts(database, ours) == before
    assert imports.outcomes(database, import_id) == [
        ("skip", "already_imported"),
        ("update", None),
        ("create", None),
        ("error", None),
        ("skip", "same_row"),
    ]
    now = imports.state(database, import_id)
    counts = ("create_count", "update_count", "skip_count", "error_count", "checked_count")
    assert (now["status"], [now[name] for name in counts]) == ("checked", [1, 1, 2, 1, 5])
    shown = ask(
        database,
        ours.people["owner"],
        "select changes, errors, matched_name, matched_on from public.import_row_list "
        "where number in (3, 5) order by number",
    ).rows
    assert shown[0][0]["fields"] == {"name": {"from": "Rosa Delgado", "to": "Rosa M. Delgado"}}
    assert shown[0][2:] == ("Rosa Delgado", ["phone"])
    assert [(e["column"], e["code"]) for e in shown[1][1]] == [(2, "bad_email")]


def test_the_same_file_again_changes_nothing(database: Connection[Any], ours: Company) -> None:
    """Also where a row has nothing but a name, two rows are one person, or somebody edited a contact since."""
    rows = [ROSA, ["Rosa", ROSA[1], "", "14 Main St", ""], ["Only A Name", "", "", "", ""], ["", "call me", "", "", ""]]
    imports.do_import(database, ours, rows)
    database.execute("update public.contacts set name = 'Rosie' where name = 'Rosa' and tenant_id = %s", [ours.id])
    before = imports.contacts(database, ours)
    assert len(before) == 3
    again = imports.do_import(database, ours, rows)
    assert imports.contacts(database, ours) == before
    assert {action for action, _ in imports.outcomes(database, again)} == {"skip"}


@pytest.mark.parametrize(
    ("choice", "action", "names"),
    [
        ("update", "update", ["Rosa Delgado"]),
        ("skip", "skip", ["Rosa"]),
        ("create", "create", ["Rosa", "Rosa Delgado"]),
    ],
)
def test_what_happens_with_duplicates_is_chosen(
    database: Connection[Any], ours: Company, choice: str, action: str, names: list[str]
) -> None:
    """A contact of the same number is brought up to date, left alone, or stands beside a new one."""
    imports.do_import(database, ours, [["Rosa", ROSA[1], "", "", ""]])
    import_id = imports.do_import(database, ours, [ROSA], on_duplicate=choice)
    assert imports.outcomes(database, import_id)[0][0] == action
    assert [contact[0] for contact in imports.contacts(database, ours)] == names


@pytest.mark.parametrize(
    ("row", "matched_on"),
    [
        (["R. Delgado", "+1 303 555 0142", "", "", ""], ["phone"]),
        (["", "", "ROSA@example.com", "", ""], ["email"]),
        (["rosa delgado", "", "", "12 main st", ""], ["name and address"]),
        (["oleg", "no phone", "", "", ""], ["name"]),
    ],
)
def test_contacts_are_found_by_number_address_or_name_with_street(
    database: Connection[Any], ours: Company, row: list[str], matched_on: list[str]
) -> None:
    """In that order, and by the name alone where there is nothing else; spelling and case make no difference."""
    imports.do_import(database, ours, [ROSA, ["Oleg", "", "", "", ""]])
    import_id = imports.upload(database, ours, [row])
    imports.check(database, ours, import_id, on_duplicate="skip")
    query = "select matched_on, reason from public.import_rows where import_id = %s"
    assert database.execute(query, [import_id]).fetchone() == (matched_on, "duplicate")


def test_couples_who_share_a_number_stay_two(database: Connection[Any], ours: Company) -> None:
    """A shared number is no proof: the row becomes a contact of its own, and the check says so."""
    imports.do_import(database, ours, [["Jim Novak", "3035550144", "", "", ""]])
    import_id = imports.do_import(database, ours, [["Carol Novak", "3035550144", "", "", ""]])
    assert [contact[0] for contact in imports.contacts(database, ours)] == ["Carol Novak", "Jim Novak"]
    errors = imports.value(database, "select errors from public.import_rows where import_id = %s", [import_id])
    assert [(e["code"], e["level"]) for e in errors] == [("shared", "warning")]


def test_what_is_no_number_is_kept_as_typed(database: Connection[Any], ours: Company) -> None:
    """With a warning, never dropped."""
    import_id = imports.do_import(database, ours, [["Oleg", "ask his wife", "", "", ""]])
    assert imports.contacts(database, ours) == [("Oleg", "customer", ["ask his wife"], [], [], [])]
    assert imports.state(database, import_id)["warning_count"] == 1


def test_an_undo_takes_everything_back(database: Connection[Any], ours: Company) -> None:
    """Created contacts go, changed fields and added numbers too; also where two rows were one contact."""
    imports.do_import(database, ours, [["Rosa", ROSA[1], "", "", ""]])
    before = imports.contacts(database, ours)
    rows = [ROSA, OLEG, ["O. Petrenko", OLEG[1], "oleg@example.com", "1 Elm St", "Pool"]]
    import_id = imports.do_import(database, ours, rows)
    assert len(imports.contacts(database, ours)) == 2
    assert imports.undo(database, ours, import_id).state is None
    assert imports.contacts(database, ours) == before
    now = imports.state(database, import_id)
    assert (now["status"], now["undone_count"], now["left_count"]) == ("undone", 3, 0)


def test_an_undo_leaves_what_somebody_worked_on(database: Connection[Any], ours: Company) -> None:
    """A contact that was edited or written about stays whole; of an updated one only the import's own values go."""
    imports.do_import(database, ours, [["Rosa", ROSA[1], "", "", ""]])
    mapped = ["name", "phone", "job_title", "source", "tags"]
    import_id = imports.upload(
        database, ours, [["Rosa D", ROSA[1], "Boss", "Radio", ""], OLEG, ["Gwen", "3035550145", "", "", ""]]
    )
    imports.check(database, ours, import_id, mapping=mapped)
    imports.run(database, ours, import_id)
    database.execute(
        "update public.contacts set job_title = 'Owner' where name = 'Rosa D' and tenant_id = %s", [ours.id]
    )
    database.execute(
        "insert into public.notes (tenant_id, contact_id, body) "
        "select tenant_id, id, 'Has a dog' from public.contacts where name = 'Gwen' and tenant_id = %s",
        [ours.id],
    )
    imports.undo(database, ours, import_id)
    query = "select name, job_title, source from public.contacts where tenant_id = %s and deleted_at is null order by 1"
    assert database.execute(query, [ours.id]).fetchall() == [("Gwen", None, None), ("Rosa", "Owner", None)]
    left = (
        "select number, left_behind from public.import_rows where import_id = %s and left_behind is not null order by 1"
    )
    assert database.execute(left, [import_id]).fetchall() == [(2, "fields"), (4, "contact")]
    assert imports.state(database, import_id)["left_count"] == 2


def test_a_canceled_import_stops_after_its_batch_and_can_be_undone(database: Connection[Any], ours: Company) -> None:
    """What was done until then is known."""
    import_id = imports.upload(database, ours, [[f"Person {n}", "", "", "", ""] for n in range(6)])
    imports.check(database, ours, import_id)
    imports.tell(database, ours, "select public.start_import(%s)", import_id)
    imports.work_once(database, ours, import_id, batch=2)
    imports.tell(database, ours, "select public.cancel_import(%s)", import_id)
    imports.work(database, ours, import_id)
    assert len(imports.contacts(database, ours)) == imports.state(database, import_id)["done_count"] == 2
    imports.undo(database, ours, import_id)
    assert imports.contacts(database, ours) == []


def test_an_upload_that_broke_off_goes_on_or_is_replaced(database: Connection[Any], ours: Company) -> None:
    """Rows that arrived twice are there once; once the file is whole, another one under its id is refused."""
    import_id = imports.begin_upload(database, ours, [ROSA, OLEG], arriving=1)
    assert imports.state(database, import_id)["status"] == "uploading"
    assert imports.check(database, ours, import_id).detail == "wrong_step"
    imports.upload(database, ours, [OLEG, ROSA], import_id=import_id)
    imports.upload(database, ours, [OLEG, ROSA], import_id=import_id)
    query = "select cells ->> 0 from public.import_rows where import_id = %s order by number"
    assert database.execute(query, [import_id]).fetchall() == [(OLEG[0],), (ROSA[0],)]
    assert imports.state(database, import_id)["row_count"] == 2
    with pytest.raises(psycopg.Error, match="Another file"), database.transaction():
        imports.upload(database, ours, [OLEG], import_id=import_id)


@pytest.mark.parametrize(
    ("mapping", "options", "code"),
    [
        (["name"], {}, "bad_mapping"),
        (["name", "shoe size", None, None, None], {}, "bad_mapping"),
        (["name", "phone", "phone", None, None], {}, "mapped_twice"),
        ([None, None, None, "line1", None], {}, "nobody_mapped"),
        (imports.MAPPING, {"country": "Utopia"}, "bad_options"),
        (imports.MAPPING, {"on_duplicate": "explode"}, "bad_options"),
        (imports.MAPPING, {"tag_id": str(uuid.uuid4())}, "no_such_tag"),
    ],
)
def test_a_check_refuses_what_makes_no_sense(
    database: Connection[Any], ours: Company, mapping: list[str | None], options: dict[str, str], code: str
) -> None:
    """In words, before any work."""
    import_id = imports.upload(database, ours, [ROSA])
    answer = imports.check(database, ours, import_id, mapping=mapping, **options)
    assert (answer.state, answer.detail) == ("PT422", code)


def test_steps_come_in_their_order(database: Connection[Any], ours: Company) -> None:
    """No start before the check, no undo before the start; a repeated start is the same start."""
    import_id = imports.upload(database, ours, [ROSA])
    assert imports.run(database, ours, import_id).detail == "wrong_step"
    assert imports.undo(database, ours, import_id).detail == "wrong_step"
    imports.check(database, ours, import_id)
    imports.run(database, ours, import_id)
    assert imports.run(database, ours, import_id).state is None
    assert len(imports.contacts(database, ours)) == 1
    assert imports.check(database, ours, import_id).detail == "wrong_step"


def test_imports_are_made_by_owners_managers_and_dispatchers(database: Connection[Any], ours: Company) -> None:
    """Imports cannot be checked, started or undone by anybody else."""
    import_id = imports.upload(database, ours, [ROSA])
    for role in ROLES:
        for call in ("check_import(%s, '[]')", "start_import(%s)", "cancel_import(%s)", "undo_import(%s)"):
            answer = ask(database, ours.people[role], f"select public.{call}", [import_id])
            assert (answer.state == "PT403") == (role in {"estimator", "tech", "bookkeeper"}), (role, call, answer)


def test_the_targets_are_those_of_the_service(database: Connection[Any], ours: Company) -> None:
    """The database and the service have the same list."""
    known = [t for t in TARGETS if imports.value(database, "select private.is_import_target(%s, %s)", [ours.id, t])]
    assert set(known) == TARGETS


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Rosa", None, True),
        ("J. Doe", "Jane Doe", True),
        ("rob smith", "Robert Smith", True),
        ("Jim & Carol Novak", "Carol Novak", True),
        ("Jane Doe", "Jane Do", True),
        ("Jim Novak", "Carol Novak", False),
        ("Bob Smith", "Robert Smith", False),
        ("---", "Jane Doe", False),
    ],
)
def test_names_that_can_be_one_persons(
    database: Connection[Any], ours: Company, one: str | None, other: str | None, same: bool
) -> None:
    """Initials, missing parts and small slips are; other first names are not."""
    assert imports.value(database, "select private.same_person(%s, %s)", [one, other]) is same
    assert imports.value(database, "select private.same_person(%s, %s)", [other, one]) is same


def test_two_imports_at_once_make_no_duplicates_and_no_deadlock(clone_url: str) -> None:
    """Of the same people in opposite order: each person becomes one contact, whichever import comes first."""
    look, company = company_of(clone_url)
    people = [[f"Person {n}", f"303555{4000 + n}", f"p{n}@example.com", f"{n} Main St", "VIP"] for n in range(60)]
    with look:
        started = [imports.upload(look, company, rows) for rows in (people, people[::-1])]
        for import_id in started:
            imports.check(look, company, import_id)
            imports.tell(look, company, "select public.start_import(%s)", import_id)
        together(clone_url, [lambda c, i=i: imports.work(c, company, i, batch=20) for i in started * 2])  # type: ignore[misc]
        assert len(imports.contacts(look, company)) == 60
        assert all(imports.state(look, import_id)["status"] == "done" for import_id in started)
        made = [imports.state(look, import_id)["create_count"] for import_id in started]
        assert sum(made) == 60


def test_an_undo_gives_back_what_no_field_takes_any_more(database: Connection[Any], ours: Company) -> None:
    """A custom field that was archived since is no reason to keep the import's value, nor to fail."""
    field = imports.value(
        database,
        "insert into public.custom_fields (tenant_id, label, kind) values (%s, 'Gate', 'text') returning id::text",
        [ours.id],
    )
    mapping = ["name", "phone", f"custom:{field}", None, None]
    rows = [["Rosa", ROSA[1], gate, "", ""] for gate in ("one", "two")]
    first, second = (imports.upload(database, ours, [row]) for row in rows)
    for import_id in (first, second):
        assert imports.check(database, ours, import_id, mapping=mapping).state is None
        imports.run(database, ours, import_id)
    database.execute("update public.custom_fields set archived_at = now() where id = %s", [field])
    imports.undo(database, ours, second)
    query = "select custom_values from public.contacts where tenant_id = %s"
    assert imports.value(database, query, [ours.id]) == {field: "one"}
    assert imports.state(database, second)["status"] == "undone"
