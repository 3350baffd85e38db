"""Files on their way out: parts, conditions and what browsers are told."""

from __future__ import annotations

import pytest

from tests.embedded.storage.desk import PRIVATE, PUBLIC, Person, refusal

TEN = b"0123456789"


@pytest.fixture
def ten(ann: Person) -> str:
    """Path of a file of ten bytes."""
    return f"/object/{PRIVATE}/{ann.put_in(PRIVATE, 'ten.txt', TEN)}"


@pytest.mark.parametrize(
    ("asked", "content", "content_range"),
    [
        ("bytes=2-5", b"2345", "bytes 2-5/10"),
        ("Bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-99", TEN, "bytes 0-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
        ("bytes=0-0", b"0", "bytes 0-0/10"),
    ],
)
def test_a_range_gives_a_part(ann: Person, ten: str, asked: str, content: bytes, content_range: str) -> None:
    answer = ann.send("GET", ten, headers={"range": asked})
    assert (answer.status_code, answer.content, answer.headers["content-range"]) == (206, content, content_range)
    assert answer.headers["content-length"] == str(len(content))


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_a_range_behind_the_end_cannot_be_satisfied(ann: Person, ten: str, asked: str) -> None:
    answer = ann.send("GET", ten, headers={"range": asked})
    assert refusal(answer)[:3] == (416, "416", "InvalidRange")
    assert answer.headers["content-range"] == "bytes */10"


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes=5-2", "bytes=-", "bytes=0-1,4-5", "bytes=a-b"])
def test_what_is_no_single_range_gives_the_whole(ann: Person, ten: str, asked: str) -> None:
    answer = ann.send("GET", ten, headers={"range": asked})
    assert (answer.status_code, answer.content) == (200, TEN)


def test_a_range_of_another_version_gives_the_whole(ann: Person, ten: str) -> None:
    etag = ann.send("GET", ten).headers["etag"]
    for condition, status in ((etag, 206), ('"another"', 200)):
        headers = {"range": "bytes=0-1", "if-range": condition}
        assert ann.send("GET", ten, headers=headers).status_code == status


def test_the_etag_is_the_bytes_checksum_and_saves_the_way(ann: Person, ten: str) -> None:
    answer = ann.send("GET", ten)
    etag, modified = answer.headers["etag"], answer.headers["last-modified"]
    assert etag == '"781e5e245d69b566979b86e28d23f2c7"'  # md5 of 0123456789
    for name, value in (
        ("if-none-match", etag),
        ("if-none-match", f'"x", W/{etag}'),
        ("if-none-match", "*"),
        ("if-modified-since", modified),
    ):
        unchanged = ann.send("GET", ten, headers={name: value})
        assert (unchanged.status_code, unchanged.content, unchanged.headers["etag"]) == (304, b"", etag)
    for name, value in (
        ("if-none-match", '"x"'),
        ("if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("if-modified-since", "yesterday"),
    ):
        assert ann.send("GET", ten, headers={name: value}).status_code == 200


def test_head_tells_without_the_bytes(ann: Person, ten: str) -> None:
    answer = ann.send("HEAD", ten)
    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (200, b"", "10")
    assert answer.headers["content-type"] == "text/plain"
    assert ann.send("HEAD", f"/object/{PRIVATE}/{ann.path('nothing')}").status_code == 400


@pytest.mark.parametrize(
    ("query", "disposition"),
    [
        ("?download", "attachment;"),
        ("?download=", "attachment;"),
        ("?download=plan.txt", "attachment; filename=plan.txt; filename*=UTF-8''plan.txt;"),
        ("?download=a%22%0A;b.txt", "attachment; filename=a%22%0A%3Bb.txt; filename*=UTF-8''a%22%0A%3Bb.txt;"),
        ("", None),
    ],
)
def test_download_makes_browsers_save_the_file(ann: Person, ten: str, query: str, disposition: str | None) -> None:
    assert ann.send("GET", f"{ten}{query}").headers.get("content-disposition") == disposition


def test_pages_are_served_as_text(ann: Person) -> None:
    name = ann.put_in(PUBLIC, "page.html", b"<script>", content_type="text/html; charset=utf-8")
    answer = ann.http.get(f"{ann.info.api_url}/storage/v1/object/public/{PUBLIC}/{name}")
    assert (answer.headers["content-type"], answer.content) == ("text/plain", b"<script>")


def test_a_type_that_cannot_be_a_header_is_refused(ann: Person) -> None:
    form = {"contentType": "text/plain\r\nset-cookie: a=b"}
    name = ann.path("odd.txt")
    assert ann.send("POST", f"/object/{PRIVATE}/{name}", data=form, files={"file": ("a", b"x")}).status_code == 200
    answer = ann.send("GET", f"/object/{PRIVATE}/{name}")
    assert refusal(answer)[1:3] == ("400", "invalid_header_char")
    assert "set-cookie" not in answer.headers


def test_an_empty_file_is_a_file(ann: Person) -> None:
    name = ann.put_in(PRIVATE, "empty", b"")
    answer = ann.send("GET", f"/object/{PRIVATE}/{name}")
    assert (answer.status_code, answer.content) == (200, b"")


def test_info_is_open_in_public_buckets_only(ann: Person) -> None:
    shown, hidden = ann.put_in(PUBLIC, "a.txt"), ann.put_in(PRIVATE, "a.txt")
    url = f"{ann.info.api_url}/storage/v1/object/info/public"
    assert ann.http.get(f"{url}/{PUBLIC}/{shown}").json()["size"] == 4
    assert refusal(ann.http.get(f"{url}/{PRIVATE}/{hidden}"))[2] == "Bucket not found"
    assert ann.http.head(f"{ann.info.api_url}/storage/v1/object/public/{PUBLIC}/{shown}").status_code == 200
