"""Contacts are found by any piece of what is known of them, and listed page by page."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from psycopg import Connection
from psycopg.types.json import Jsonb

from tests.database.actors import ask
from tests.database.conftest import Company
from tests.database.contacts import add, listed, save, search, tell, value


@pytest.fixture
def office(database: Connection[Any], ours: Company) -> Company:
    """A company with a few people."""
    rosa = add(
        database, ours, "Rosa Delgado", type="customer", organization_name="Highland Terrace HOA",
        phones=[{"e164": "+13035550142", "raw": "(303) 555-0142"}], emails=["rosa.d@example.com"],
    )  # fmt: skip
    add(database, ours, "Bartholomew Featherstonehaugh-Oyelaran", phones=["+13035550143"])
    add(database, ours, "Maria José Ibáñez", type="customer", source="Google")
    add(database, ours, "Liam O'Rourke", phones=[{"e164": "+442079460958", "raw": "020 7946 0958"}])
    add(database, ours, "Del Rosario Plumbing", type="vendor")
    statement = "insert into public.properties (contact_id, line1, city, postal_code) values (%s, %s, %s, %s)"
    assert tell(database, ours, statement, [rosa, "1432 Gaylord St.", "Denver", "80206"]).state is None
    return ours


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("rosa", "Rosa Delgado"),
        ("DELG", "Rosa Delgado"),
        ("delgado rosa", "Rosa Delgado"),
        ("jose ibanez", "Maria José Ibáñez"),
        ("ibáñez", "Maria José Ibáñez"),
        ("orourke", "Liam O'Rourke"),
        ("o\u2019rourke", "Liam O'Rourke"),
        ("0142", "Rosa Delgado"),
        ("555-0142", "Rosa Delgado"),
        ("+1 (303) 555-0142", "Rosa Delgado"),
        ("3035550142", "Rosa Delgado"),
        ("020 7946 0958", "Liam O'Rourke"),
        ("+44 20 7946", "Liam O'Rourke"),
        ("rosa.d@", "Rosa Delgado"),
        ("gaylord", "Rosa Delgado"),
        ("1432 gaylord st.", "Rosa Delgado"),
        ("80206", "Rosa Delgado"),
        ("highland", "Rosa Delgado"),
        ("ro", "Rosa Delgado"),
    ],
)
def test_a_piece_of_anything_finds_the_contact(
    database: Connection[Any], office: Company, query: str, first: str
) -> None:
    """Name, number in any punctuation, e-mail, address, organization; case and accents do not matter."""
    assert search(database, office, query)[:1] == [first]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("rosa delgdo", "Rosa Delgado"),
        ("Fetherstonhaugh", "Bartholomew Featherstonehaugh-Oyelaran"),
        ("ibanyez", "Maria José Ibáñez"),
        ("galord", "Rosa Delgado"),
        ("delagdo", "Rosa Delgado"),
        ("roas", "Rosa Delgado"),
        ("rsoa delgado", "Rosa Delgado"),
    ],
)
def test_typing_mistakes_are_forgiven(database: Connection[Any], office: Company, query: str, name: str) -> None:
    """When nothing fits exactly."""
    assert name in search(database, office, query)


def test_the_best_come_first(database: Connection[Any], office: Company) -> None:
    """A name that begins so, before one with a word that begins so, before the rest."""
    add(database, office, "Modelo Kitchens")
    assert search(database, office, "del") == ["Del Rosario Plumbing", "Rosa Delgado", "Modelo Kitchens"]


def test_patterns_mean_nothing_in_a_search(database: Connection[Any], office: Company) -> None:
    """What is a wildcard in LIKE is no letter here."""
    for query in ("%%%", "___", "\\", "'; drop table", "%s", "   "):
        assert "Liam O'Rourke" not in search(database, office, query) or query.strip() == ""


def test_what_changes_is_found_anew(database: Connection[Any], office: Company) -> None:
    """Renamed contacts and organizations, removed numbers, deleted contacts."""
    tell(database, office, "update public.organizations set name = 'Lowland Towers'")
    assert search(database, office, "lowland") == ["Rosa Delgado"]
    assert search(database, office, "highland") == []
    tell(database, office, "delete from public.contact_phones where e164 = '+13035550142'")
    assert search(database, office, "0142") == []
    rosa = value(database, "select id from public.contacts where name = 'Rosa Delgado' and tenant_id = %s", [office.id])
    tell(database, office, "select public.delete_record('contact', %s)", [rosa])
    assert search(database, office, "rosa") == ["Del Rosario Plumbing"]
    tell(database, office, "select public.restore_record('contact', %s)", [rosa])
    assert search(database, office, "rosa")[0] == "Rosa Delgado"


def test_other_companies_are_not_searched(database: Connection[Any], office: Company, theirs: Company) -> None:
    """Nor warned of, nor listed."""
    add(database, theirs, "Rosa Their", phones=["+13035550142"])
    assert search(database, office, "rosa") == ["Rosa Delgado", "Del Rosario Plumbing"]
    assert "Rosa Their" not in listed(database, office)
    found = ask(
        database,
        office.people["owner"],
        "select name from public.find_duplicates('Rosa Their', '{+13035550142}', '{}')",
    )
    assert [row[0] for row in found.rows] == ["Rosa Delgado"]


def page_through(database: Connection[Any], company: Company, sort: str) -> list[str]:
    """Return all names in pages of two."""
    names: list[str] = []
    after = None
    while True:
        answer = ask(
            database, company.people["owner"],
            "select name, key, id from public.list_contacts(p_sort => %s, p_after => %s, p_limit => 2)", [sort, after],
        )  # fmt: skip
        names += [row[0] for row in answer.rows]
        if len(answer.rows) < 2:
            return names
        after = Jsonb({"key": answer.rows[-1][1], "id": str(answer.rows[-1][2])})


def test_the_list_pages_in_every_order(database: Connection[Any], office: Company) -> None:
    """By name, by what was last heard, by age; every contact once."""
    by_name = page_through(database, office, "name")
    assert by_name == sorted(by_name, key=str.lower)
    assert len(by_name) == 5
    for sort in ("recent", "created"):
        assert sorted(page_through(database, office, sort)) == sorted(by_name)
    rosa = value(database, "select id from public.contacts where name = 'Rosa Delgado' and tenant_id = %s", [office.id])
    database.execute(
        "insert into public.notes (tenant_id, contact_id, body, created_at) "
        "values (%s, %s, 'x', now() + interval '1 s')",
        [office.id, rosa],
    )
    assert page_through(database, office, "recent")[0] == "Rosa Delgado"
    refused = ask(database, office.people["owner"], "select * from public.list_contacts(p_sort => 'x')")
    assert refused.detail == "bad_sort"


def test_filters_narrow_lists_and_searches(database: Connection[Any], office: Company) -> None:
    """Each alone, and together with a search; a contact has all the tags that are asked for."""
    vip, late = uuid.uuid4(), uuid.uuid4()
    for tag, name in ((vip, "VIP"), (late, "Pays late")):
        tell(database, office, "insert into public.tags (id, name) values (%s, %s)", [tag, name])
    add(database, office, "Both", tag_ids=[str(vip), str(late)])
    add(database, office, "One", tag_ids=[str(vip)])
    tag_filter = {"tag_ids": [str(vip), str(late)]}
    assert listed(database, office, p_filter=Jsonb(tag_filter)) == ["Both"]
    assert listed(database, office, p_filter=Jsonb({"tag_ids": [str(vip)]})) == ["Both", "One"]
    assert listed(database, office, p_filter=Jsonb({"types": ["vendor"]})) == ["Del Rosario Plumbing"]
    assert listed(database, office, p_filter=Jsonb({"source": "google"})) == ["Maria José Ibáñez"]
    assert listed(database, office, p_filter=Jsonb({"city": "denver"})) == ["Rosa Delgado"]
    assert listed(database, office, p_filter=Jsonb({"has": "email"})) == ["Rosa Delgado"]
    assert len(listed(database, office, p_filter=Jsonb({"has": "phone"}))) == 3
    assert listed(database, office, p_filter=Jsonb({"created_to": "2000-01-01"})) == []
    assert len(listed(database, office, p_filter=Jsonb({"created_from": "2000-01-01", "types": [], "city": None}))) == 7
    assert search(database, office, "rosa", types=["vendor"]) == ["Del Rosario Plumbing"]


def test_a_filter_is_data_and_never_sql(database: Connection[Any], office: Company) -> None:
    """Quotes stay inside."""
    assert listed(database, office, p_filter=Jsonb({"city": "x') or true --", "source": "' or ''='"})) == []


def test_duplicates_are_found_by_number_address_and_name(database: Connection[Any], office: Company) -> None:
    """The likeliest first, with what matched; the one that is being edited is left out."""
    find = "select name, matched_on, id from public.find_duplicates(%s, %s, %s, %s)"
    rows = ask(
        database, office.people["estimator"], find,
        ["Rosa Delgdo", ["+13035550142", "+13035550143"], ["ROSA.D@example.com"], None],
    ).rows  # fmt: skip
    assert [(row[0], row[1]) for row in rows] == [
        ("Rosa Delgado", ["email", "name", "phone"]),
        ("Bartholomew Featherstonehaugh-Oyelaran", ["phone"]),
    ]
    assert ask(database, office.people["owner"], find, ["Rosa Delgado", [], [], rows[0][2]]).rows == ()
    assert ask(database, office.people["owner"], find, [None, None, None, None]).rows == ()


def test_possible_duplicates_are_pairs_until_somebody_says_otherwise(
    database: Connection[Any], office: Company
) -> None:
    """Same number, address or full name; two who are known to be two are not shown again."""
    twin = add(database, office, "Rosa Delgado", phones=["+13035550142"])
    pairs = "select names, matched_on, first_id, second_id from public.duplicate_pairs()"
    rows = ask(database, office.people["dispatcher"], pairs).rows
    assert [row[:2] for row in rows] == [(["Rosa Delgado", "Rosa Delgado"], ["name", "phone"])]
    assert twin in rows[0][2:]
    tell(database, office, "select public.keep_apart(%s, %s)", [rows[0][3], rows[0][2]])
    assert ask(database, office.people["dispatcher"], pairs).rows == ()


def test_a_name_takes_the_place_of_a_number(database: Connection[Any], office: Company) -> None:
    """Contacts without a name are listed and found by their number."""
    unnamed = add(database, office, None, phones=["+13035550177"])
    assert search(database, office, "0177") == [None]
    assert save(database, office, id=str(unnamed), version=1, name="Ana").state is None
    assert search(database, office, "0177") == ["Ana"]
