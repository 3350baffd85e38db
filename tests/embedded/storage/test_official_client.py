"""The official Python client against the embedded Storage, method by method."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from storage3 import SyncStorageClient
from storage3.exceptions import StorageApiError

from tests.embedded.stacks import StackInfo
from tests.embedded.storage.desk import ARCHIVE, LETTERS, PRIVATE, PUBLIC, Person


def test_buckets_from_making_to_deleting(service: Person) -> None:
    client = service.client
    options = {"public": True, "file_size_limit": 1024, "allowed_mime_types": ["text/plain"]}
    assert client.create_bucket("desk-python", options=options) == {"name": "desk-python"}  # type: ignore[arg-type]
    bucket = client.get_bucket("desk-python")
    assert (bucket.public, bucket.file_size_limit, bucket.allowed_mime_types) == (True, 1024, ["text/plain"])
    assert bucket.owner == ""
    assert client.update_bucket("desk-python", {"public": False}) == {"message": "Successfully updated"}
    changed = next(bucket for bucket in client.list_buckets() if bucket.id == "desk-python")
    assert (changed.public, changed.file_size_limit, changed.type) == (False, 1024, "STANDARD")
    client.from_("desk-python").upload("note.txt", b"hello")
    with pytest.raises(StorageApiError, match="not empty"):
        client.delete_bucket("desk-python")
    client.empty_bucket("desk-python")
    assert client.delete_bucket("desk-python") == {"message": "Successfully deleted"}
    with pytest.raises(StorageApiError, match="Bucket not found"):
        client.get_bucket("desk-python")


def test_upload_download_update_and_remove(ann: Person, tmp_path: Path) -> None:
    files, name = ann.client.from_(PRIVATE), ann.path("letters/first.txt")
    uploaded = files.upload(name, b"one", {"content-type": "text/plain", "metadata": {"from": "ann"}})
    assert (uploaded.path, uploaded.full_path) == (name, f"{PRIVATE}/{name}")
    assert files.download(name) == b"one"
    assert files.exists(name)
    local = tmp_path / "second.txt"
    local.write_bytes(b"two")
    files.update(name, local, {"cache-control": "60"})
    assert files.download(name) == b"two"
    info = files.info(name)
    assert (info["size"], info["cache_control"], info["content_type"]) == (3, "max-age=60", "text/plain")
    assert [removed["name"] for removed in files.remove([name, ann.path("nothing")])] == [name]
    assert not files.exists(name)


def test_a_second_upload_needs_upsert(ann: Person) -> None:
    files, name = ann.client.from_(PRIVATE), ann.path("draft.txt")
    files.upload(name, b"one")
    with pytest.raises(StorageApiError) as taken:
        files.upload(name, b"two")
    assert (taken.value.status, taken.value.code) == ("409", "Duplicate")
    files.upload(name, b"two", {"upsert": "true"})
    assert files.download(name) == b"two"


def test_copy_move_and_list(ann: Person) -> None:
    files = ann.client.from_(PRIVATE)
    files.upload(ann.path("a.txt"), b"a", {"metadata": {"kind": "letter"}})
    copied = files.copy(ann.path("a.txt"), ann.path("b.txt"))
    assert copied["Key"] == f"{PRIVATE}/{ann.path('b.txt')}"
    assert files.move(ann.path("b.txt"), ann.path("sub/c.txt"))["message"] == "Successfully moved"
    assert files.info(ann.path("sub/c.txt"))["metadata"] == {"kind": "letter"}
    assert [(entry["name"], entry["id"] is None) for entry in files.list(ann.tenant)] == [
        ("a.txt", False),
        ("sub", True),
    ]
    page = files.list_v2({"prefix": ann.path(""), "with_delimiter": True})
    assert [folder.name for folder in page.folders] == [ann.path("sub/")]
    assert [found.name for found in page.objects] == [ann.path("a.txt")]
    assert not page.hasNext


def test_signed_and_public_urls(ann: Person, http: httpx.Client) -> None:
    files, name = ann.client.from_(PRIVATE), ann.path("my note.txt")
    files.upload(name, b"signed")
    url = files.create_signed_url(name, 60, {"download": "kept.txt"})["signedURL"]
    answer = http.get(str(url))
    assert (answer.content, answer.status_code) == (b"signed", 200)
    assert answer.headers["content-disposition"] == "attachment; filename=kept.txt; filename*=UTF-8''kept.txt;"
    many = files.create_signed_urls([name, ann.path("nothing")], 60)
    assert http.get(str(many[0]["signedURL"])).content == b"signed"
    assert (many[1]["signedURL"], bool(many[1]["error"])) == (None, True)
    shown = ann.client.from_(PUBLIC)
    shown.upload(ann.path("shown.txt"), b"public")
    assert http.get(shown.get_public_url(ann.path("shown.txt"))).content == b"public"


def test_upload_to_a_signed_url(ann: Person, visitor: Person) -> None:
    signed = ann.client.from_(PRIVATE).create_signed_upload_url(ann.path("sent.txt"))
    visitor.client.from_(PRIVATE).upload_to_signed_url(signed["path"], signed["token"], b"from outside")
    assert ann.client.from_(PRIVATE).download(ann.path("sent.txt")) == b"from outside"


def test_both_kinds_of_key_that_are_no_tokens(desk: StackInfo, http: httpx.Client) -> None:
    """The clients send these keys as token too; the gateway turns them into one."""

    def client(key: str) -> SyncStorageClient:
        headers = {"apikey": key, "authorization": f"Bearer {key}"}
        return SyncStorageClient(f"{desk.api_url}/storage/v1/", headers, http_client=http)

    letters = client(desk.keys.publishable).from_(LETTERS)
    letters.upload("by-key.txt", b"letter")
    with pytest.raises(StorageApiError, match="Object not found"):
        letters.download("by-key.txt")
    service = client(desk.keys.secret)
    assert service.from_(LETTERS).download("by-key.txt") == b"letter"
    assert service.get_bucket(ARCHIVE).name == ARCHIVE
