"""A file on its way through the running product: uploaded, checked, imported by the worker, and taken out again."""

from __future__ import annotations

import csv
import io
import uuid
from typing import Any

import httpx
import pytest
from psycopg import Connection

from tests.sandbox.running import wait_for
from tests.support.companies import Company, new_company, rest
from tests.support.members import new_member
from tests.support.people import Person
from tests.support.stack import RunningStack

FILE = (
    "Name;Telefon;E-Mail;Firma;Tags;Note\r\n"
    'Jürgen Groß;303-555-0142;jürgen@example.com;=Groß & Söhne;VIP;"zwei\nZeilen"\r\n'
    "Ann;call me;;;;\r\n"
    ";;no address;;;\r\n"
).encode("cp1252")


@pytest.fixture(scope="module")
def company(stack: RunningStack) -> Company:
    return new_company(stack, "Importing Plumbing")


@pytest.fixture
def bookkeeper(stack: RunningStack, database: Connection[Any], company: Company) -> Person:
    return new_member(stack, database, company, "bookkeeper")


def send(
    stack: RunningStack, person: Person, content: bytes, *, name: str = "book.csv", import_id: str | None = None
) -> httpx.Response:
    return httpx.post(
        f"{stack.service_url}/api/v1/imports",
        data={"id": import_id or str(uuid.uuid4())},
        files={"file": (name, content, "text/csv")},
        headers=person.headers,
        timeout=20,
    )


def download(stack: RunningStack, person: Person, **query: str) -> httpx.Response:
    url = f"{stack.service_url}/api/v1/contacts/export"
    return httpx.get(url, params=query, headers=person.headers, timeout=20)


def do_import(stack: RunningStack, person: Person, content: bytes) -> dict[str, Any]:
    """Upload, check and run with what is proposed; return the import when it is done."""
    made = send(stack, person, content).raise_for_status().json()
    rest(stack, person, "POST", "rpc/check_import", {"p_import": made["id"], "p_mapping": made["mapping"]})
    wait_for(lambda: look(stack, person, made["id"])["status"] == "checked", seconds=30)
    rest(stack, person, "POST", "rpc/start_import", {"p_import": made["id"]})
    wait_for(lambda: look(stack, person, made["id"])["status"] == "done", seconds=30)
    return look(stack, person, made["id"])


def look(stack: RunningStack, person: Person, import_id: str) -> dict[str, Any]:
    (found,) = rest(stack, person, "GET", f"import_list?id=eq.{import_id}")
    return dict(found)


def test_a_file_comes_in_goes_out_and_comes_in_again(stack: RunningStack, company: Company) -> None:
    """Nothing is lost on the way, and the export of what is there changes nothing."""
    owner = company.owner
    done = do_import(stack, owner, FILE)
    counts = ("create_count", "update_count", "skip_count", "error_count", "warning_count")
    assert [done[count] for count in counts] == [2, 0, 0, 1, 1]
    assert (done["encoding"], done["delimiter"]) == ("windows-1252", ";")

    exported = download(stack, owner).raise_for_status()
    assert exported.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert exported.headers["Content-Disposition"].startswith('attachment; filename="contacts-20')
    assert exported.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(exported.content.decode("utf-8-sig"), newline="")))
    assert [(row["Name"], row["Organization"], row["Phone"], row["Email"], row["Tags"]) for row in rows] == [
        ("Ann", "", "call me", "", ""),
        ("Jürgen Groß", "'=Groß & Söhne", "'+13035550142", "jürgen@example.com", "VIP"),
    ]

    again = do_import(stack, owner, exported.content)
    assert [again[count] for count in counts] == [0, 0, 2, 0, 1]
    assert do_import(stack, owner, FILE)["skip_count"] == 2


def test_cards_go_to_address_books(stack: RunningStack, company: Company) -> None:
    """All of a search, or one contact."""
    owner = company.owner
    do_import(stack, owner, b"Name,Phone\nZoe Cardholder,303-555-0177\n")
    found = download(stack, owner, format="vcf", query="Cardholder").raise_for_status()
    assert "FN:Zoe Cardholder\r\n" in found.text
    (zoe,) = rest(stack, owner, "GET", "contact_list?name=eq.Zoe%20Cardholder")
    assert download(stack, owner, format="vcf", contact=zoe["id"]).text == found.text
    assert "Zoe" not in download(stack, owner, format="csv", filter='{"types": ["vendor"]}').raise_for_status().text


def test_a_search_goes_out_whole(stack: RunningStack, database: Connection[Any], company: Company) -> None:
    """Two hundred, as many as the list shows of it: more than are asked for at once."""
    database.execute(
        "insert into public.contacts (tenant_id, name) select %s, 'Tulip ' || n from generate_series(1, 130) as n",
        [company.tenant_id],
    )
    cards = download(stack, company.owner, format="vcf", query="Tulip").raise_for_status().text
    assert cards.count("BEGIN:VCARD") == 130


def test_the_same_file_again_is_the_same_import(stack: RunningStack, company: Company) -> None:
    """A lost answer is no second import; another file under the id is refused."""
    first = send(stack, company.owner, FILE).raise_for_status().json()
    assert send(stack, company.owner, FILE, import_id=first["id"]).json() == first
    refusal = send(stack, company.owner, FILE + b"x;;;;;\r\n", import_id=first["id"])
    assert (refusal.status_code, refusal.json()["code"]) == (409, "id_taken")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [(b"", 422, "empty_file"), (b"PK\x03\x04", 422, "not_csv"), (b"x" * (21 * 1024 * 1024), 413, "too_large")],
    ids=["empty", "spreadsheet", "large"],
)
def test_what_cannot_be_read_is_refused(
    stack: RunningStack, company: Company, content: bytes, status: int, code: str
) -> None:
    answer = send(stack, company.owner, content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_roles_import_or_export_as_the_page_says(
    stack: RunningStack, database: Connection[Any], company: Company, bookkeeper: Person
) -> None:
    """A bookkeeper takes contacts along and brings none; a dispatcher the other way round; strangers nothing."""
    dispatcher = new_member(stack, database, company, "dispatcher")
    assert send(stack, bookkeeper, FILE).status_code == 403
    assert send(stack, dispatcher, FILE).status_code == 201
    assert download(stack, bookkeeper).status_code == 200
    assert download(stack, dispatcher).status_code == 403
    stranger = new_company(stack, "Another Company")
    assert "Jürgen" not in download(stack, stranger.owner).raise_for_status().text


@pytest.mark.parametrize("query", [{"format": "xlsx"}, {"filter": "[]"}, {"contact": "x"}])
def test_an_export_refuses_what_it_does_not_know(stack: RunningStack, company: Company, query: dict[str, str]) -> None:
    answer = download(stack, company.owner, **query)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
