"""What a person may do with a file is what the project's policies say, for every operation."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.embedded.stacks import StackInfo
from tests.embedded.storage.desk import (
    ARCHIVE,
    DUPLICATE,
    LETTERS,
    NO_BUCKET,
    NO_OBJECT,
    PRIVATE,
    PUBLIC,
    ROW_SECURITY,
    Person,
    new_person,
    refusal,
    sign,
)


def test_a_colleague_sees_the_tenants_files_and_a_stranger_does_not(ann: Person, bob: Person) -> None:
    name = ann.put_in(PRIVATE, "plan.txt")
    colleague = new_person(ann.info, ann.http, ann.tenant)
    assert colleague.send("GET", f"/object/{PRIVATE}/{name}").content == b"text"
    for path in ("", "/authenticated", "/info", "/info/authenticated"):
        assert refusal(bob.send("GET", f"/object{path}/{PRIVATE}/{name}")) == NO_OBJECT
    assert bob.send("HEAD", f"/object/{PRIVATE}/{name}").status_code == 400
    assert refusal(bob.send("POST", f"/object/sign/{PRIVATE}/{name}", json={"expiresIn": 60})) == NO_OBJECT
    assert bob.send("POST", f"/object/list/{PRIVATE}", json={"prefix": ann.tenant}).json() == []


def test_a_stranger_changes_nothing(ann: Person, bob: Person) -> None:
    name = ann.put_in(PRIVATE, "plan.txt")
    assert refusal(bob.upload(PRIVATE, name)) == ROW_SECURITY
    assert refusal(bob.upload(PRIVATE, name, x_upsert="true")) == ROW_SECURITY
    assert refusal(bob.send("PUT", f"/object/{PRIVATE}/{name}", content=b"x")) == ROW_SECURITY
    assert refusal(bob.send("DELETE", f"/object/{PRIVATE}/{name}")) == NO_OBJECT
    assert bob.send("DELETE", f"/object/{PRIVATE}", json={"prefixes": [name]}).json() == []
    away = {"bucketId": PRIVATE, "sourceKey": name, "destinationKey": bob.path("mine.txt")}
    assert refusal(bob.send("POST", "/object/move", json=away)) == NO_OBJECT
    assert refusal(bob.send("POST", "/object/copy", json=away)) == NO_OBJECT
    assert refusal(bob.send("POST", f"/object/upload/sign/{PRIVATE}/{name}")) == ROW_SECURITY
    assert ann.send("GET", f"/object/{PRIVATE}/{name}").content == b"text"


def test_nothing_is_moved_or_copied_into_a_strangers_folder(ann: Person, bob: Person) -> None:
    name = ann.put_in(PRIVATE, "gift.txt")
    gift = {"bucketId": PRIVATE, "sourceKey": name, "destinationKey": bob.path("gift.txt")}
    assert refusal(ann.send("POST", "/object/move", json=gift)) == ROW_SECURITY
    assert refusal(ann.send("POST", "/object/copy", json=gift)) == ROW_SECURITY


def test_an_upsert_needs_the_policies_to_select_insert_and_update(ann: Person) -> None:
    """The letter box lets insert only, the window has no policy to update: as on hosted, an upsert fails in both."""
    assert ann.upload(LETTERS, ann.path("one.txt")).status_code == 200
    assert refusal(ann.upload(LETTERS, ann.path("two.txt"), x_upsert="true")) == ROW_SECURITY
    name = ann.put_in(PUBLIC, "one.txt")
    assert refusal(ann.upload(PUBLIC, name, x_upsert="true")) == ROW_SECURITY
    assert ann.upload(PRIVATE, ann.put_in(PRIVATE, "one.txt"), b"new", x_upsert="true").status_code == 200


def test_files_move_and_copy_between_buckets(ann: Person) -> None:
    name = ann.put_in(PRIVATE, "year.txt", b"2025")
    to_archive = {"bucketId": PRIVATE, "sourceKey": name, "destinationKey": name, "destinationBucket": ARCHIVE}
    copied = ann.send("POST", "/object/copy", json=to_archive).json()
    assert (copied["Key"], copied["bucket_id"], copied["owner"]) == (f"{ARCHIVE}/{name}", ARCHIVE, ann.id)
    assert refusal(ann.send("POST", "/object/move", json=to_archive)) == DUPLICATE
    assert refusal(ann.send("POST", "/object/copy", json=to_archive)) == DUPLICATE
    assert ann.send("POST", "/object/copy", json=to_archive, headers={"x-upsert": "true"}).status_code == 200
    renamed = {**to_archive, "destinationKey": ann.path("moved.txt")}
    assert ann.send("POST", "/object/move", json=renamed).json()["Key"] == ann.path("moved.txt")
    assert refusal(ann.send("GET", f"/object/{PRIVATE}/{name}")) == NO_OBJECT
    for there in (name, ann.path("moved.txt")):
        assert ann.send("GET", f"/object/{ARCHIVE}/{there}").content == b"2025"


def test_the_archive_lets_nothing_be_deleted(ann: Person) -> None:
    name = ann.put_in(ARCHIVE, "kept.txt")
    assert refusal(ann.send("DELETE", f"/object/{ARCHIVE}/{name}")) == NO_OBJECT
    emptied = ann.send("POST", f"/bucket/{ARCHIVE}/empty")
    assert emptied.json()["message"].endswith("you may have SELECT but not DELETE permissions")
    assert ann.send("GET", f"/object/{ARCHIVE}/{name}").content == b"text"


def test_a_visitor_reads_what_is_public_and_nothing_else(ann: Person, visitor: Person) -> None:
    shown, hidden = ann.put_in(PUBLIC, "shown.txt"), ann.put_in(PRIVATE, "hidden.txt")
    url = f"{ann.info.api_url}/storage/v1"
    assert ann.http.get(f"{url}/object/public/{PUBLIC}/{shown}").content == b"text"
    assert ann.http.get(f"{url}/object/{PUBLIC}/{shown}").content == b"text"
    assert refusal(ann.http.get(f"{url}/object/public/{PRIVATE}/{hidden}")) == NO_BUCKET
    assert refusal(ann.http.get(f"{url}/object/{PRIVATE}/{hidden}")) == NO_BUCKET
    assert refusal(visitor.send("GET", f"/object/{PRIVATE}/{hidden}")) == NO_OBJECT
    assert visitor.send("GET", "/bucket").json() == []
    assert refusal(visitor.send("GET", f"/bucket/{PRIVATE}")) == NO_BUCKET


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"role": "authenticated", "exp": 1}, '"exp" claim timestamp check failed'),
        ({"role": "authenticated", "nbf": 2**33}, '"nbf" claim timestamp check failed'),
    ],
)
def test_tokens_out_of_their_time_are_refused(ann: Person, claims: dict[str, Any], words: str) -> None:
    headers = {"authorization": f"Bearer {sign(ann.info, claims)}"}
    answer = ann.send("GET", "/bucket", headers=headers)
    assert refusal(answer) == (400, "403", "Unauthorized", words)


def test_tokens_of_another_project_or_none_at_all_are_refused(ann: Person) -> None:
    url = f"{ann.info.api_url}/storage/v1/bucket"
    for token, words in ((ann.token[:-4] + "AAAA", "signature verification failed"), ("x", "Invalid Compact JWS")):
        answer = ann.http.get(url, headers={"authorization": f"Bearer {token}"})
        assert refusal(answer) == (400, "403", "Unauthorized", words)
    assert refusal(ann.http.get(url)) == (400, "403", "Unauthorized", "Invalid Compact JWS")


def test_rows_are_not_deleted_by_hand(ann: Person, database: psycopg.Connection[Any]) -> None:
    name = ann.put_in(PRIVATE, "kept.txt")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="Use the Storage API instead"):
        database.execute("delete from storage.objects where name = %s", (name,))


def test_policies_may_ask_for_the_operation(ann: Person, desk: StackInfo) -> None:
    """A restrictive policy that forbids lists: the file itself can be read."""
    name = ann.put_in(PRIVATE, "unlisted.txt")
    policy = '"Desk: no lists" on storage.objects'
    with psycopg.connect(desk.database_url, autocommit=True) as connection:
        connection.execute(
            f"create policy {policy} as restrictive for select to authenticated"
            " using (not storage.allow_only_operation('object.list'))"
        )
        try:
            assert ann.send("POST", f"/object/list/{PRIVATE}", json={"prefix": ann.tenant}).json() == []
            assert ann.send("GET", f"/object/{PRIVATE}/{name}").content == b"text"
        finally:
            connection.execute(f"drop policy {policy}")
