"""Lists: folders that are no rows, sorting, searching, offsets and pages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.embedded.stacks import StackInfo
from tests.embedded.storage.desk import PRIVATE, Person, new_person, refusal

NAMES = ("b.txt", "a.txt", "Zebra.txt", "mail/2025/x.txt", "mail/2026/y.txt", "mail.txt", "100_sure.txt")


@pytest.fixture(scope="module")
def shelf(desk: StackInfo, http: Any) -> Person:
    """Somebody with files of these names, made in this order; `b.txt` changed last."""
    person = new_person(desk, http)
    for name in NAMES:
        person.put_in(PRIVATE, name)
    person.put_in(PRIVATE, "b.txt", b"new", x_upsert="true")
    return person


def listed(person: Person, folder: str = "", **options: Any) -> list[str]:
    """Return the names of a folder in the person's own; folders end with a slash."""
    body = {"prefix": f"{person.tenant}/{folder}", **options}
    answer = person.send("POST", f"/object/list/{PRIVATE}", json=body)
    assert answer.status_code == 200, answer.text
    return [entry["name"] + ("/" if entry["id"] is None else "") for entry in answer.json()]


def pages(person: Person, limit: int, **options: Any) -> list[list[str]]:
    """Return the names of all pages, without the person's folder; folders, then objects, of each page."""
    result: list[list[str]] = []
    cursor: dict[str, str] = {}
    while True:
        body = {"prefix": person.path(""), "limit": limit, **options, **cursor}
        page = person.send("POST", f"/object/list-v2/{PRIVATE}", json=body).json()
        result.append([entry["name"].removeprefix(person.path("")) for entry in page["folders"] + page["objects"]])
        if not page["hasNext"]:
            assert "nextCursor" not in page
            return result
        cursor = {"cursor": page["nextCursor"]}


def test_names_sort_without_case_and_folders_among_files(shelf: Person) -> None:
    names = ["100_sure.txt", "a.txt", "b.txt", "mail.txt", "mail/", "Zebra.txt"]
    assert listed(shelf) == names
    assert listed(shelf, sortBy={"column": "name", "order": "desc"}) == names[::-1]


def test_times_sort_files_behind_the_folders(shelf: Person) -> None:
    created = ["mail/", "b.txt", "a.txt", "Zebra.txt", "mail.txt", "100_sure.txt"]
    assert listed(shelf, sortBy={"column": "created_at"}) == created
    changed = ["mail/", "b.txt", "100_sure.txt", "mail.txt", "Zebra.txt", "a.txt"]
    assert listed(shelf, sortBy={"column": "updated_at", "order": "desc"}) == changed
    assert listed(shelf, sortBy={"column": "last_accessed_at"})[0] == "mail/"


def test_limit_and_offset_give_a_part(shelf: Person) -> None:
    assert listed(shelf, limit=2, offset=1) == ["a.txt", "b.txt"]
    assert listed(shelf, limit=2, offset=5) == ["Zebra.txt"]
    assert listed(shelf, offset=10**12) == []


def test_a_folder_shows_what_is_in_it(shelf: Person) -> None:
    assert listed(shelf, "mail") == listed(shelf, "mail/") == ["2025/", "2026/"]
    assert listed(shelf, "mail/2026") == ["y.txt"]
    assert listed(shelf, "nothing") == []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ma", ["mail.txt", "mail/"]),
        ("ZEB", ["Zebra.txt"]),
        ("mail/20", ["mail/2025/", "mail/2026/"]),
        ("100_", ["100_sure.txt"]),
        ("%", []),
        ("_", []),
        ("ail", []),
    ],
)
def test_a_search_finds_beginnings_of_names(shelf: Person, search: str, found: list[str]) -> None:
    assert listed(shelf, search=search) == found


def test_an_entry_has_what_the_clients_show(shelf: Person) -> None:
    body = {"prefix": shelf.tenant, "search": "a.txt"}
    (entry,) = shelf.send("POST", f"/object/list/{PRIVATE}", json=body).json()
    assert set(entry) == {"name", "id", "updated_at", "created_at", "last_accessed_at", "metadata"}
    assert entry["created_at"].endswith("Z")
    metadata = entry["metadata"]
    assert (metadata["size"], metadata["mimetype"], metadata["contentLength"]) == (4, "text/plain", 4)


def test_pages_hold_whole_names_in_byte_order(shelf: Person) -> None:
    names = sorted(NAMES)
    assert pages(shelf, 3) == [names[:3], names[3:6], names[6:]]
    assert pages(shelf, 1000, sortBy={"column": "name", "order": "desc"}) == [names[::-1]]


def test_pages_with_folders(shelf: Person) -> None:
    assert pages(shelf, 2, with_delimiter=True) == [
        ["100_sure.txt", "Zebra.txt"],
        ["a.txt", "b.txt"],
        ["mail/", "mail.txt"],
    ]
    within = shelf.send(
        "POST", f"/object/list-v2/{PRIVATE}", json={"prefix": shelf.path("mail/"), "with_delimiter": True}
    ).json()
    assert [folder["name"] for folder in within["folders"]] == [shelf.path("mail/2025/"), shelf.path("mail/2026/")]
    assert within["objects"] == []


@pytest.mark.parametrize("column", ["created_at", "updated_at"])
@pytest.mark.parametrize("order", ["asc", "desc"])
def test_pages_in_the_order_of_a_time_miss_and_repeat_nothing(shelf: Person, column: str, order: str) -> None:
    sort = {"column": column, "order": order}
    found = [name for page in pages(shelf, 2, sortBy=sort) for name in page]
    expected = list(NAMES) if column == "created_at" else [*NAMES[1:], NAMES[0]]
    assert found == (expected if order == "asc" else expected[::-1])


def test_a_cursor_of_another_kind_is_refused(shelf: Person) -> None:
    for cursor in ("x", "e30=", "WzEsMl0="):
        answer = shelf.send("POST", f"/object/list-v2/{PRIVATE}", json={"cursor": cursor})
        assert refusal(answer)[1:3] == ("400", "InvalidParameter")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "body must have required property 'prefix'"),
        ({"prefix": "", "limit": 0}, "body/limit must be >= 1"),
        ({"prefix": "", "limit": "many"}, "body/limit must be integer"),
        ({"prefix": "", "sortBy": {"column": "id"}}, "body/sortBy/column must be equal to one of the allowed values"),
        ({"prefix": []}, "body/prefix must be string"),
    ],
)
def test_bodies_that_do_not_fit_are_refused(shelf: Person, body: dict[str, Any], message: str) -> None:
    answer = shelf.send("POST", f"/object/list/{PRIVATE}", json=body)
    assert refusal(answer) == (400, "400", "Error", message)


def test_a_body_that_is_no_json_is_refused(shelf: Person) -> None:
    for body in (b"{", b"[]", b"[" * 100_000):
        assert refusal(shelf.send("POST", f"/object/list/{PRIVATE}", content=body))[1] == "400"
