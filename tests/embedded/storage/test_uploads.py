"""Files on their way in: bodies and forms, limits, names, and many at once."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from tests.embedded.storage.desk import (
    DUPLICATE,
    LIMITED,
    NO_BUCKET,
    NO_OBJECT,
    OWNED_FOLDER,
    PRIVATE,
    TOO_LARGE,
    Person,
    new_person,
    refusal,
    stored_files,
)

MEBIBYTE = 1 << 20
METADATA = {"from": "ann", "pages": 3}


def versions(database: psycopg.Connection[Any], person: Person) -> list[str]:
    """Return the names of the files of a person's tenant."""
    rows = database.execute(
        "select version from storage.objects where path_tokens[1] = %s order by created_at", (person.tenant,)
    )
    return [version for (version,) in rows]


def test_a_body_brings_type_cache_control_and_metadata_in_headers(ann: Person) -> None:
    name = ann.put_in(
        PRIVATE,
        "body.bin",
        b"\x00\xff",
        content_type="application/x-thing",
        cache_control="max-age=7",
        x_metadata=base64.b64encode(json.dumps(METADATA).encode()).decode(),
    )
    info = ann.send("GET", f"/object/info/{PRIVATE}/{name}").json()
    assert (info["content_type"], info["cache_control"], info["size"]) == ("application/x-thing", "max-age=7", 2)
    assert (info["metadata"], info["bucket_id"], info["name"]) == (METADATA, PRIVATE, name)
    got = ann.send("GET", f"/object/{PRIVATE}/{name}")
    assert (got.content, got.headers["cache-control"]) == (b"\x00\xff", "max-age=7")


def test_a_form_brings_them_in_fields_before_the_file(ann: Person) -> None:
    name = ann.path("form.txt")
    answer = ann.send(
        "POST",
        f"/object/{PRIVATE}/{name}",
        data={"cacheControl": "60", "metadata": json.dumps(METADATA)},
        files={"": ("anything.txt", b"in a form", "text/plain;charset=UTF-8")},
    )
    assert answer.json()["Key"] == f"{PRIVATE}/{name}"
    info = ann.send("GET", f"/object/info/{PRIVATE}/{name}").json()
    assert (info["content_type"], info["cache_control"], info["metadata"]) == ("text/plain", "max-age=60", METADATA)
    assert info["id"] == answer.json()["Id"]


def test_a_form_without_a_file_or_cut_short_leaves_nothing(ann: Person, database: psycopg.Connection[Any]) -> None:
    boundary = {"content-type": "multipart/form-data; boundary=frontier"}
    head = b'--frontier\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nbytes'
    field = b'--frontier\r\ncontent-disposition: form-data; name="cacheControl"\r\n\r\n60\r\n--frontier--\r\n'
    for body in (head, field, b"no form", b""):
        answer = ann.send("POST", f"/object/{PRIVATE}/{ann.path('x')}", content=body, headers=boundary)
        assert refusal(answer)[1:] == ("400", "InvalidRequest", "No content provided")
    assert versions(database, ann) == []


def test_put_makes_or_replaces(ann: Person) -> None:
    path = f"/object/{PRIVATE}/{ann.path('put.txt')}"
    first = ann.send("PUT", path, content=b"one").json()
    assert ann.send("PUT", path, content=b"two").json() == first
    assert ann.send("GET", path).content == b"two"


def test_replaced_and_deleted_files_leave_the_disk(ann: Person, database: psycopg.Connection[Any]) -> None:
    name = ann.put_in(PRIVATE, "short-lived.txt")
    (first,) = versions(database, ann)
    ann.put_in(PRIVATE, "short-lived.txt", b"new", x_upsert="true")
    (second,) = versions(database, ann)
    assert first != second
    assert {first, second} & stored_files(ann.info) == {second}
    assert ann.send("DELETE", f"/object/{PRIVATE}/{name}").json() == {"message": "Successfully deleted"}
    assert second not in stored_files(ann.info)


@pytest.mark.parametrize("size", [1001, 2 * MEBIBYTE])
@pytest.mark.parametrize("as_form", [True, False])
def test_a_bucket_refuses_files_above_its_limit(ann: Person, size: int, as_form: bool) -> None:
    path, content = f"/object/{LIMITED}/{ann.path('big.png')}", b"x" * size
    if as_form:
        answer = ann.send("POST", path, files={"file": ("big.png", content, "image/png")})
    else:
        answer = ann.send("POST", path, content=content, headers={"content-type": "image/png"})
    assert refusal(answer) == TOO_LARGE
    assert refusal(ann.send("GET", path)) == NO_OBJECT
    assert list(Path(ann.info.data_dir, OWNED_FOLDER, "incoming").iterdir()) == []


def test_a_file_of_just_the_limit_is_taken(ann: Person) -> None:
    ann.put_in(LIMITED, "fits.png", b"x" * 1000, content_type="image/png")


def test_no_file_is_larger_than_the_project_allows_even_when_its_length_is_not_told(ann: Person) -> None:
    """The project's limit is the CLI's 50 MiB; the bytes are counted as they come, and stay out of memory."""

    def chunks() -> Iterator[bytes]:
        block = bytes(MEBIBYTE)
        for _ in range(51):
            yield block

    assert refusal(ann.send("POST", f"/object/{PRIVATE}/{ann.path('huge')}", content=chunks())) == TOO_LARGE
    claimed = {"content-length": str(51 * MEBIBYTE)}
    answer = ann.send("POST", f"/object/{PRIVATE}/{ann.path('huge')}", content=chunks(), headers=claimed)
    assert refusal(answer) == TOO_LARGE


@pytest.mark.parametrize(
    ("mime_type", "taken"),
    [("image/png", True), ("image/x-new", True), ("text/plain", True), ("text/html", False), ("image", False)],
)
def test_a_bucket_takes_the_types_of_its_list(ann: Person, mime_type: str, taken: bool) -> None:
    answer = ann.upload(LIMITED, ann.path("file"), content_type=mime_type)
    if taken:
        assert answer.status_code == 200
    else:
        message = f"mime type {mime_type} is not supported"
        assert refusal(answer) == (400, "415", "invalid_mime_type", message)


def test_an_empty_folder_has_a_placeholder_of_any_type_and_no_bytes(ann: Person) -> None:
    name = ann.path("new folder/.emptyFolderPlaceholder")
    assert refusal(ann.upload(LIMITED, name, b"x", content_type="application/octet-stream")) == TOO_LARGE
    assert ann.upload(LIMITED, name, b"", content_type="application/octet-stream").status_code == 200


@pytest.mark.parametrize(
    "name",
    ["../up.txt", "a/../../up.txt", "..%2Fup.txt", "%2e%2e/up.txt", "a/./b", "a\\b", "%C3%BC.txt", "a%00b", "{x}", ""],
)
def test_names_that_could_escape_are_refused(service: Person, name: str) -> None:
    """Sent as written: the client's own URL handling would tidy some of them up."""
    target = {"target": f"/storage/v1/object/{PRIVATE}/{name}".encode()}
    answer = service.send("POST", f"/object/{PRIVATE}/name", content=b"x", extensions=target)
    assert refusal(answer)[1:3] == ("400", "InvalidKey")


def test_destinations_and_buckets_have_proper_names_too(service: Person) -> None:
    target = {"bucketId": PRIVATE, "sourceKey": "a", "destinationKey": "../b"}
    for operation in ("move", "copy"):
        assert refusal(service.send("POST", f"/object/{operation}", json=target))[2] == "InvalidKey"
    assert refusal(service.upload("de%2Fsk", "a.txt"))[2] in ("Bucket not found", "Invalid Input")
    assert refusal(service.upload("no-such-desk", "a.txt")) == NO_BUCKET
    assert refusal(service.upload(PRIVATE, "n" * 1025))[3] == "KeyTooLongError"


def test_files_never_get_the_objects_name(ann: Person, database: psycopg.Connection[Any]) -> None:
    ann.put_in(PRIVATE, "payroll 2026.txt")
    (version,) = versions(database, ann)
    names = [path.name for path in Path(ann.info.data_dir, OWNED_FOLDER).rglob("*")]
    assert version in names
    assert not any("payroll" in name for name in names)


def test_a_row_made_by_hand_has_no_bytes_and_says_so(ann: Person, database: psycopg.Connection[Any]) -> None:
    for number, version in enumerate((None, "../../../stack.json", "6f1fb7b5-0d7c-4f0c-9f0a-0c2f1b6f3c11")):
        name = ann.path(f"by-hand-{number}")
        database.execute(
            "insert into storage.objects (bucket_id, name, version) values (%s, %s, %s)", (PRIVATE, name, version)
        )
        answer = ann.send("GET", f"/object/{PRIVATE}/{name}")
        assert refusal(answer) == (400, "404", "Not found", "The resource was not found")
        assert answer.headers["cache-control"] == "no-store"
        away = {"bucketId": PRIVATE, "sourceKey": name, "destinationKey": f"{name}-copy"}
        assert refusal(ann.send("POST", "/object/copy", json=away))[1] == "404"
        assert ann.send("DELETE", f"/object/{PRIVATE}/{name}").status_code == 200


def test_many_upserts_of_one_object_leave_one_whole_file(ann: Person, database: psycopg.Connection[Any]) -> None:
    """Each writer sends bytes of its own; what is read, meanwhile and afterwards, is one writer's, whole."""
    name, contents = ann.path("busy.bin"), [bytes([number]) * 200_000 for number in range(8)]

    def write(content: bytes) -> bytes:
        with httpx.Client(timeout=30) as http:
            person = Person(ann.info, http, ann.token, ann.id, ann.tenant)
            assert person.upload(PRIVATE, name, content, x_upsert="true").status_code == 200
            return person.send("GET", f"/object/{PRIVATE}/{name}").content

    with ThreadPoolExecutor(len(contents)) as pool:
        assert set(pool.map(write, contents)) <= set(contents)
    (version,) = versions(database, ann)
    stored = Path(ann.info.data_dir, OWNED_FOLDER, "files", version)
    assert stored.read_bytes() == ann.send("GET", f"/object/{PRIVATE}/{name}").content


def test_of_many_uploads_without_upsert_one_wins(ann: Person, database: psycopg.Connection[Any]) -> None:
    name = ann.path("first-come.txt")

    def write(number: int) -> tuple[int, ...] | tuple[int, str, str, str]:
        with httpx.Client(timeout=30) as http:
            person = new_person(ann.info, http, ann.tenant)
            answer = person.upload(PRIVATE, name, str(number).encode())
            return (200,) if answer.status_code == 200 else refusal(answer)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(write, range(6)))
    assert sorted(answers, key=len) == [(200,), *[DUPLICATE] * 5]
    assert len(versions(database, ann)) == 1
