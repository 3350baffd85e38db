"""Buckets: rights, limits and names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.embedded.storage.desk import DUPLICATE, NO_BUCKET, PRIVATE, ROW_SECURITY, TOO_LARGE, Person, refusal

NAME = "desk-made"


@pytest.fixture
def made(service: Person) -> Iterator[str]:
    """A bucket of this test."""
    assert service.send("POST", "/bucket", json={"name": NAME}).json() == {"name": NAME}
    yield NAME
    service.send("POST", f"/bucket/{NAME}/empty")
    service.send("DELETE", f"/bucket/{NAME}")


def test_people_without_a_policy_make_and_change_no_buckets(ann: Person, made: str) -> None:
    assert refusal(ann.send("POST", "/bucket", json={"name": "desk-of-ann"})) == ROW_SECURITY
    assert refusal(ann.send("PUT", f"/bucket/{made}", json={"public": True})) == NO_BUCKET
    assert refusal(ann.send("DELETE", f"/bucket/{made}")) == NO_BUCKET
    assert ann.send("GET", f"/bucket/{made}").json()["public"] is False


def test_people_see_the_buckets_that_a_policy_shows(ann: Person, visitor: Person, made: str) -> None:
    assert {bucket["id"] for bucket in ann.send("GET", "/bucket").json()} >= {PRIVATE, made}
    assert visitor.send("GET", "/bucket").json() == []


def test_a_list_can_be_searched_sorted_and_cut(service: Person) -> None:
    query = {"search": "DESK-", "sortColumn": "name", "sortOrder": "desc", "limit": 2, "offset": 1}
    names = [bucket["name"] for bucket in service.send("GET", "/bucket", params=query).json()]
    assert names == ["desk-photos", "desk-letterbox"]
    answer = service.send("GET", "/bucket", params={"sortColumn": "owner; drop table x"})
    assert refusal(answer)[3] == "querystring/sortColumn must be equal to one of the allowed values"


def test_a_change_leaves_what_it_does_not_name(service: Person, made: str) -> None:
    change = {"id": made, "name": made, "public": True, "file_size_limit": "20KB", "allowed_mime_types": ["image/*"]}
    assert service.send("PUT", f"/bucket/{made}", json=change).json() == {"message": "Successfully updated"}
    service.send("PUT", f"/bucket/{made}", json={"public": False})
    bucket = service.send("GET", f"/bucket/{made}").json()
    assert (bucket["public"], bucket["file_size_limit"], bucket["allowed_mime_types"]) == (False, 20_000, ["image/*"])
    service.send("PUT", f"/bucket/{made}", json={"file_size_limit": None, "allowed_mime_types": None})
    bucket = service.send("GET", f"/bucket/{made}").json()
    assert (bucket["file_size_limit"], bucket["allowed_mime_types"]) == (None, None)


def test_a_bucket_that_exists_or_never_did(service: Person, made: str) -> None:
    assert refusal(service.send("POST", "/bucket", json={"name": made})) == DUPLICATE
    for method, path in (("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/empty")):
        assert refusal(service.send(method, f"/bucket/nowhere{path}", json={"public": True})) == NO_BUCKET


@pytest.mark.parametrize("name", ["a/b", "", "x" * 101, "ü", "a\nb", None])
def test_names_that_no_bucket_has(service: Person, name: str | None) -> None:
    assert refusal(service.send("POST", "/bucket", json={"name": name}))[1] == "400"


def test_limits_and_types_must_make_sense(service: Person) -> None:
    def answer(**body: Any) -> tuple[int, str, str, str]:
        return refusal(service.send("POST", "/bucket", json={"name": "desk-odd", **body}))

    assert answer(file_size_limit="51MB", public="maybe")[3] == "body/public must be boolean"
    assert answer(file_size_limit=60_000_000) == TOO_LARGE
    assert answer(file_size_limit="much")[3].startswith("Invalid file size format")
    assert answer(allowed_mime_types=["image"])[2] == "invalid_mime_type"
    assert answer(type="VECTOR")[:2] == (501, "501")


def test_a_bucket_with_objects_is_emptied_first(service: Person, made: str) -> None:
    service.upload(made, "a.txt")
    expected = (400, "409", "ResourceNotEmpty", "The bucket you tried to delete is not empty")
    assert refusal(service.send("DELETE", f"/bucket/{made}")) == expected
    assert service.send("POST", f"/bucket/{made}/empty").status_code == 200
    assert service.send("DELETE", f"/bucket/{made}").json() == {"message": "Successfully deleted"}


def test_migrations_declare_buckets_again_and_again(database: psycopg.Connection[Any]) -> None:
    """As `postgres`, with and without a conflict."""
    for public in (True, False):
        database.execute(
            "insert into storage.buckets (id, name, public) values ('desk-declared', 'desk-declared', %s)"
            " on conflict (id) do update set public = excluded.public",
            (public,),
        )
    row = database.execute("select public, type::text from storage.buckets where id = 'desk-declared'").fetchone()
    assert row == (False, "STANDARD")
