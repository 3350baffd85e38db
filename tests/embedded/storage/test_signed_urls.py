"""Signed URLs open one object, one way, for a time."""

from __future__ import annotations

import time
from typing import Any

import httpx
import jwt
import pytest

from tests.embedded.storage.desk import DUPLICATE, NO_OBJECT, PRIVATE, Person, refusal, sign


def signed(person: Person, name: str, seconds: int = 60) -> str:
    """Return the path of a signed URL below `/storage/v1`."""
    answer = person.send("POST", f"/object/sign/{PRIVATE}/{name}", json={"expiresIn": seconds})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["signedURL"])


def follow(person: Person, path: str, method: str = "GET", **options: Any) -> httpx.Response:
    """Follow a URL as somebody without any key."""
    return person.http.request(method, f"{person.info.api_url}/storage/v1{path}", **options)


def token_of(path: str) -> str:
    """Return the token of a signed URL."""
    return httpx.URL(path).params["token"]


def test_a_signed_url_needs_no_key_and_says_when_it_ends(ann: Person) -> None:
    path = signed(ann, ann.put_in(PRIVATE, "a.txt"))
    answer = follow(ann, path, headers={"range": "bytes=1-2"})
    assert (answer.status_code, answer.content) == (206, b"ex")
    claims = jwt.decode(token_of(path), options={"verify_signature": False})
    assert (claims["url"], claims["exp"] - claims["iat"]) == (f"{PRIVATE}/{ann.path('a.txt')}", 60)
    assert "expires" in answer.headers
    assert "cache-control" not in answer.headers


def test_an_expired_signed_url_is_refused(ann: Person) -> None:
    name = ann.put_in(PRIVATE, "a.txt")
    claims = {"url": f"{PRIVATE}/{name}", "scope": "download", "exp": int(time.time()) - 1}
    answer = follow(ann, f"/object/sign/{PRIVATE}/{name}?token={sign(ann.info, claims)}")
    assert refusal(answer) == (400, "400", "InvalidJWT", '"exp" claim timestamp check failed')


def test_a_token_opens_no_other_object(ann: Person) -> None:
    token = token_of(signed(ann, ann.put_in(PRIVATE, "a.txt")))
    other = ann.put_in(PRIVATE, "b.txt")
    for path in (f"/object/sign/{PRIVATE}/{other}", f"/object/sign/desk-archive/{ann.path('a.txt')}"):
        assert refusal(follow(ann, f"{path}?token={token}"))[2:] == ("InvalidSignature", "Invalid signature")


def test_tokens_for_one_way_do_not_go_the_other(ann: Person) -> None:
    name = ann.put_in(PRIVATE, "a.txt")
    upload = ann.send("POST", f"/object/upload/sign/{PRIVATE}/{name}", headers={"x-upsert": "true"}).json()["token"]
    download = token_of(signed(ann, name))
    assert refusal(follow(ann, f"/object/sign/{PRIVATE}/{name}?token={upload}"))[2] == "InvalidSignature"
    answer = follow(ann, f"/object/upload/sign/{PRIVATE}/{name}?token={download}", "PUT", content=b"x")
    assert refusal(answer)[2] == "InvalidSignature"


@pytest.mark.parametrize("kind", ["person", "key"])
def test_no_other_token_of_the_project_is_a_signature(ann: Person, kind: str) -> None:
    name = ann.put_in(PRIVATE, "a.txt")
    token = ann.token if kind == "person" else ann.info.keys.service_role
    assert refusal(follow(ann, f"/object/sign/{PRIVATE}/{name}?token={token}"))[2] == "InvalidSignature"


def test_a_signature_is_nobodys_token(ann: Person) -> None:
    name = ann.put_in(PRIVATE, "a.txt")
    headers = {"authorization": f"Bearer {token_of(signed(ann, name))}"}
    assert refusal(ann.send("GET", f"/object/{PRIVATE}/{name}", headers=headers)) == NO_OBJECT


def test_a_forged_or_missing_token_is_refused(ann: Person) -> None:
    name = ann.put_in(PRIVATE, "a.txt")
    path = f"/object/sign/{PRIVATE}/{name}"
    forged = jwt.encode({"url": f"{PRIVATE}/{name}", "exp": 2**33}, "x" * 40, algorithm="HS256")
    assert refusal(follow(ann, f"{path}?token={forged}"))[2:] == ("InvalidJWT", "signature verification failed")
    assert refusal(follow(ann, f"{path}?token=x"))[2:] == ("InvalidJWT", "Invalid Compact JWS")
    assert refusal(follow(ann, path))[3] == "querystring must have required property 'token'"


def test_a_signed_url_dies_with_its_object(ann: Person) -> None:
    name = ann.put_in(PRIVATE, "a.txt")
    path = signed(ann, name)
    ann.send("DELETE", f"/object/{PRIVATE}/{name}")
    assert refusal(follow(ann, path)) == NO_OBJECT


@pytest.mark.parametrize("seconds", [0, -1, 1.5, "soon", None])
def test_the_time_must_be_a_number_of_seconds(ann: Person, seconds: object) -> None:
    name = ann.put_in(PRIVATE, "a.txt")
    answer = ann.send("POST", f"/object/sign/{PRIVATE}/{name}", json={"expiresIn": seconds})
    assert refusal(answer)[:3] == (400, "400", "Error")


def test_many_urls_at_once_say_which_there_are_none_of(ann: Person, bob: Person) -> None:
    mine, theirs = ann.put_in(PRIVATE, "a.txt"), bob.put_in(PRIVATE, "b.txt")
    body = {"expiresIn": "60", "paths": [mine, theirs, ann.path("nothing")]}
    first, *others = ann.send("POST", f"/object/sign/{PRIVATE}", json=body).json()
    assert follow(ann, first["signedURL"]).content == b"text"
    assert [(entry["signedURL"], entry["path"]) for entry in others] == [
        (None, theirs),
        (None, ann.path("nothing")),
    ]
    assert all(entry["error"].startswith("Either the object does not exist") for entry in others)


def test_an_upload_url_takes_one_object_for_its_owner(ann: Person) -> None:
    path = ann.send("POST", f"/object/upload/sign/{PRIVATE}/{ann.path('in.txt')}").json()["url"]
    assert follow(ann, path, "PUT", content=b"one").json() == {"Key": f"{PRIVATE}/{ann.path('in.txt')}"}
    assert refusal(follow(ann, path, "PUT", content=b"two")) == DUPLICATE
    listed = ann.send("POST", f"/object/list/{PRIVATE}", json={"prefix": ann.tenant}).json()
    assert [entry["name"] for entry in listed] == ["in.txt"]
    (deleted,) = ann.send("DELETE", f"/object/{PRIVATE}", json={"prefixes": [ann.path("in.txt")]}).json()
    assert (deleted["owner"], deleted["owner_id"]) == (ann.id, ann.id)


def test_an_upload_url_for_an_upsert_replaces(ann: Person) -> None:
    name = ann.put_in(PRIVATE, "in.txt")
    answer = ann.send("POST", f"/object/upload/sign/{PRIVATE}/{name}", headers={"x-upsert": "true"})
    assert follow(ann, answer.json()["url"], "PUT", content=b"two").status_code == 200
    assert ann.send("GET", f"/object/{PRIVATE}/{name}").content == b"two"
    assert refusal(ann.send("POST", f"/object/upload/sign/{PRIVATE}/{name}")) == DUPLICATE
