"""Rows become fields; what is wrong is said beside its cell."""

from __future__ import annotations

from typing import Any

import pytest

from service.contacts.normalising import NormalisedRow, Plan, normalise
from service.contacts.targets import CustomField

FIELDS = {
    "n": CustomField("n", "Boilers", "number"),
    "d": CustomField("d", "Since", "date"),
    "b": CustomField("b", "Contract", "boolean"),
    "c": CustomField("c", "Zone", "choice", ("North", "South")),
}


def read(cells: dict[str, str], country: str = "US", headers: list[str] | None = None) -> NormalisedRow:
    """Read a row whose columns are the keys, as targets."""
    return normalise(list(cells.values()), Plan(headers or list(cells), list(cells), country, FIELDS))


def codes(row: NormalisedRow) -> list[tuple[int | None, str, bool]]:
    return [(problem.column, problem.code, problem.is_error) for problem in row.problems]


def test_names_are_put_together() -> None:
    assert read({"first_name": " Rosa ", "last_name": "Delgado"}).fields == {"name": "Rosa Delgado"}
    assert read({"first_name": "Rosa", "name": "Rosa  D."}).fields == {"name": "Rosa D."}


@pytest.mark.parametrize(
    ("typed", "country", "e164", "extension"),
    [
        ("(303) 555-0142", "US", "+13035550142", None),
        ("303.555.0142 x12", "US", "+13035550142", "12"),
        ("'+1 303 555 0142", "DE", "+13035550142", None),
        ("030 901820", "DE", "+4930901820", None),
        ("00 44 20 7946 0958", "DE", "+442079460958", None),
        ("call me", "US", None, None),
        ("123", "US", None, None),
    ],
)
def test_numbers_are_read_as_their_country_writes_them(
    typed: str, country: str, e164: str | None, extension: str | None
) -> None:
    row = read({"phone": typed}, country)
    (phone,) = row.fields["phones"]
    assert (phone["e164"], phone["extension"], phone["raw"]) == (e164, extension, typed.removeprefix("'"))
    assert codes(row) == ([] if e164 else [(0, "not_a_number", False)])


def test_several_numbers_keep_their_kinds() -> None:
    row = read(
        {"phone": "303-555-0142; 303-555-0143", "phone_2": "303-555-0144", "phone_2_type": "Office"},
        headers=["Home phone", "Phone 2", "Phone 2 type"],
    )
    assert [(p["e164"][-4:], p["type"]) for p in row.fields["phones"]] == [
        ("0142", "home"),
        ("0143", "home"),
        ("0144", "work"),
    ]


def test_addresses_are_checked_and_doubles_left_out() -> None:
    row = read({"email": "a@x.com; A@x.com", "email_2": "b at x"})
    assert row.fields["emails"] == ["a@x.com"]
    assert codes(row) == [(1, "bad_email", True)]


def test_an_address_without_a_country_is_at_home() -> None:
    assert read({"name": "A", "line1": "12 Main St", "city": ""}).fields["address"] == {
        "line1": "12 Main St",
        "country": "US",
    }
    assert read({"name": "A", "line1": "Weg 1", "country": "Germany"}).fields["address"]["country"] == "DE"
    assert "address" not in read({"name": "A", "country": "US"}).fields
    assert codes(read({"name": "A", "line1": "x", "country": "Utopia"})) == [(2, "unknown_country", True)]


@pytest.mark.parametrize(
    ("target", "typed", "country", "value"),
    [
        ("custom:n", "$1,250.50", "US", 1250.5),
        ("custom:n", "1.250,50", "DE", 1250.5),
        ("custom:n", "1,250", "US", 1250),
        ("custom:n", "2,5", "DE", 2.5),
        ("custom:d", "3/4/2026", "US", "2026-03-04"),
        ("custom:d", "3/4/2026", "GB", "2026-04-03"),
        ("custom:d", "2026-11-24 00:00:00", "US", "2026-11-24"),
        ("custom:d", "24 Nov 2026", "US", "2026-11-24"),
        ("custom:b", "Yes", "US", True),
        ("custom:b", "0", "US", False),
        ("custom:c", "north", "US", "North"),
    ],
)
def test_custom_fields_are_read_by_their_kind(target: str, typed: str, country: str, value: Any) -> None:
    assert read({"name": "A", target: typed}, country).fields["custom"] == {target[-1]: value}


@pytest.mark.parametrize(
    ("target", "typed", "code"),
    [
        ("custom:n", "many", "bad_number"),
        ("custom:d", "31/31/2026", "bad_date"),
        ("custom:b", "perhaps", "bad_boolean"),
        ("custom:c", "West", "unknown_choice"),
        ("type", "friend", "unknown_type"),
        ("phone", "5" * 65, "phone_too_long"),
        ("job_title", "x" * 121, "too_long"),
    ],
)
def test_what_cannot_be_read_keeps_the_row_out(target: str, typed: str, code: str) -> None:
    assert codes(read({"name": "A", target: typed})) == [(1, code, True)]


def test_people_say_types_in_their_own_words() -> None:
    assert [read({"name": "A", "type": word}).fields["type"] for word in ("Client", "SUPPLIERS", "prospect")] == [
        "customer",
        "vendor",
        "lead",
    ]


def test_a_row_must_be_somebodys_and_fit_its_headings() -> None:
    assert codes(read({"city": "Denver"})) == [(None, "nobody", True)]
    assert codes(normalise(["Ann", "oops"], Plan(["Name"], ["name"], "US", {}))) == [(None, "too_many_cells", True)]


def test_tags_and_notes_are_gathered() -> None:
    plan = Plan(["Tags", "Labels", "Note", "Memo"], ["tags", "tags", "note", "note"], "US", {})
    row = normalise(["VIP; pool", "vip", "one", "two"], plan)
    assert row.fields == {"tags": ["vip", "pool"], "note": "one\ntwo"}
