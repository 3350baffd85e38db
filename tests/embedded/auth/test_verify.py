"""GET and POST /verify: links and codes."""

from __future__ import annotations

import base64
import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import psycopg
import pytest

from tests.embedded.auth.support import PASSWORD, Api, SentMail, error_of, fragment_of, mails_to, new_email, room_with
from tests.embedded.stacks import PLAIN

VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


def signed_up(api: Api, *, redirect_to: str = "", **body: Any) -> tuple[str, SentMail]:
    """Sign up and return the address with the mail."""
    email = new_email()
    answer = api.post("/signup", {"email": email, "password": PASSWORD} | body, params={"redirect_to": redirect_to})
    assert answer.status_code == 200
    return email, mails_to(api.info, email)[0]


@pytest.mark.parametrize("kind", ["signup", "email"])
def test_a_token_hash_confirms_and_signs_in(api: Api, kind: str) -> None:
    email, mail = signed_up(api)
    session = api.post("/verify", {"type": kind, "token_hash": mail.token_hash}).json()
    assert session["user"]["email"] == email
    assert session["user"]["email_confirmed_at"]
    assert session["user"]["user_metadata"]["email_verified"] is True
    assert session["user"]["identities"][0]["identity_data"]["email_verified"] is True
    claims = jwt.decode(session["access_token"], api.info.keys.jwt_secret, ["HS256"], audience="authenticated")
    assert [method["method"] for method in claims["amr"]] == ["otp"]


@pytest.mark.parametrize("kind", ["signup", "email"])
def test_a_typed_code_confirms_and_signs_in(api: Api, kind: str) -> None:
    email, mail = signed_up(api)
    answer = api.post("/verify", {"type": kind, "email": email.upper(), "token": mail.code})
    assert answer.json()["user"]["email"] == email


def test_a_link_is_followed_once(api: Api) -> None:
    email, mail = signed_up(api)
    first = httpx.get(mail.link, verify=PLAIN)
    assert (first.status_code, first.headers["location"].split("#")[0]) == (303, "http://127.0.0.1:3000")
    members = fragment_of(first.headers["location"])
    assert (members["type"], members["token_type"], members["expires_in"]) == ("signup", "bearer", "60")
    assert api.call("GET", "/user", token=members["access_token"]).json()["email"] == email
    again = httpx.get(mail.link, verify=PLAIN)
    assert again.status_code == 303
    assert fragment_of(again.headers["location"]) == {
        "error": "access_denied",
        "error_code": "otp_expired",
        "error_description": "Email link is invalid or has expired",
    }


def test_one_token_used_by_many_at_once_gives_one_session(api: Api) -> None:
    _, mail = signed_up(api)
    body = {"type": "signup", "token_hash": mail.token_hash}
    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(lambda _: api.post("/verify", body).status_code, range(5)))
    assert sorted(answers) == [200, 403, 403, 403, 403]


def test_an_old_token_is_refused(api: Api, tmp_path: Path) -> None:
    email, mail = signed_up(api)
    with psycopg.connect(api.info.admin_url) as connection:
        connection.execute(
            "update auth.users set confirmation_sent_at = now() - interval '61 minutes' where email = %s", (email,)
        )
    code = {"type": "signup", "email": email, "token": mail.code}
    assert error_of(api.post("/verify", code)) == (403, "otp_expired")
    assert error_of(api.post("/verify", {"type": "signup", "token_hash": mail.token_hash})) == (403, "otp_expired")
    with room_with(api.info, tmp_path, {"email": {"otp_expiry": 7200}}) as room:
        assert room.post("/verify", json=code).status_code == 200


def test_a_token_does_not_serve_another_purpose_or_address(api: Api) -> None:
    _, mail = signed_up(api)
    other = {"type": "signup", "email": new_email(), "token": mail.code}
    assert error_of(api.post("/verify", other)) == (403, "otp_expired")
    recovery = {"type": "recovery", "token_hash": mail.token_hash}
    assert error_of(api.post("/verify", recovery)) == (403, "otp_expired")


@pytest.mark.parametrize("target", ["http://127.0.0.1:9999/any?x=1", "https://app.example.com/a/b?next=1&y=2"])
def test_allowed_targets_are_kept_with_their_query(api: Api, target: str) -> None:
    _, mail = signed_up(api, redirect_to=target)
    location = httpx.get(mail.link, verify=PLAIN).headers["location"]
    assert location.split("#")[0] == target


@pytest.mark.parametrize(
    "target", ["https://evil.example.com/", "//evil.example.com", "javascript:alert(1)", "http://2130706433/"]
)
def test_other_targets_are_replaced_by_the_site(api: Api, target: str) -> None:
    _, mail = signed_up(api, redirect_to=target)
    assert parse_qs(urlsplit(mail.link).query)["redirect_to"] == ["http://127.0.0.1:3000"]
    forged = mail.link.replace("redirect_to=http://127.0.0.1:3000", f"redirect_to={target}")
    assert httpx.get(forged, verify=PLAIN).headers["location"].split("#")[0] == "http://127.0.0.1:3000"


def test_a_pkce_link_gives_a_code_for_the_holder_of_the_verifier(api: Api) -> None:
    email, mail = signed_up(api, code_challenge=CHALLENGE, code_challenge_method="s256")
    location = httpx.get(mail.link, verify=PLAIN).headers["location"]
    [code] = parse_qs(urlsplit(location).query)["code"]
    assert "access_token" not in location
    wrong = api.post("/token?grant_type=pkce", {"auth_code": code, "code_verifier": "w" * 50})
    assert error_of(wrong) == (400, "bad_code_verifier")
    right = {"auth_code": code, "code_verifier": VERIFIER}
    session = api.post("/token?grant_type=pkce", right).json()
    assert session["user"]["email"] == email
    assert error_of(api.post("/token?grant_type=pkce", right)) == (404, "flow_state_not_found")


def test_a_pkce_code_expires(api: Api) -> None:
    _, mail = signed_up(api, code_challenge=VERIFIER, code_challenge_method="plain")
    [code] = parse_qs(urlsplit(httpx.get(mail.link, verify=PLAIN).headers["location"]).query)["code"]
    with psycopg.connect(api.info.admin_url) as connection:
        connection.execute(
            "update auth.flow_state set auth_code_issued_at = now() - interval '6 minutes' where auth_code = %s",
            (code,),
        )
    answer = api.post("/token?grant_type=pkce", {"auth_code": code, "code_verifier": VERIFIER})
    assert error_of(answer) == (422, "flow_state_expired")


def test_without_its_prefix_a_pkce_link_is_invalid(api: Api) -> None:
    _, mail = signed_up(api, code_challenge=CHALLENGE, code_challenge_method="s256")
    location = httpx.get(mail.link.replace("token=pkce_", "token="), verify=PLAIN).headers["location"]
    assert fragment_of(location)["error_code"] == "otp_expired"


def test_a_code_of_a_pkce_mail_can_be_typed_in(api: Api) -> None:
    email, mail = signed_up(api, code_challenge=CHALLENGE, code_challenge_method="s256")
    assert api.post("/verify", {"type": "email", "email": email, "token": mail.code}).status_code == 200


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"token_hash": "x"}, (400, "validation_failed")),
        ({"type": "signup"}, (400, "validation_failed")),
        ({"type": "signup", "token": "1", "token_hash": "x"}, (400, "validation_failed")),
        ({"type": "signup", "token": "1"}, (400, "validation_failed")),
        ({"type": "signup", "token_hash": "x", "email": "a@example.com"}, (400, "validation_failed")),
        ({"type": "signup", "token": "1", "email": "nobody"}, (422, "validation_failed")),
        ({"type": "unheard", "token_hash": "x"}, (400, "validation_failed")),
        ({"type": "signup", "token_hash": "x"}, (403, "otp_expired")),
        ({"type": "sms", "token": "1", "phone": "1"}, (501, "not_implemented")),
    ],
)
def test_unusable_proofs_are_refused(api: Api, body: dict[str, str], expected: tuple[int, str]) -> None:
    assert error_of(api.post("/verify", body)) == expected


def test_a_link_without_token_or_type_is_refused_as_json(api: Api) -> None:
    for query in ("", "type=signup", "token=x"):
        assert error_of(api.call("GET", f"/verify?{query}")) == (400, "validation_failed")
    unknown = api.call("GET", "/verify?type=unheard&token=%00x")
    assert fragment_of(unknown.headers["location"])["error_code"] == "validation_failed"
