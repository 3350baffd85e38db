"""The admin endpoints: for the secret key only."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import psycopg
import pytest

from tests.embedded.auth.support import PASSWORD, Api, error_of, fragment_of, mails_to, new_email
from tests.embedded.stacks import PLAIN


@pytest.fixture(scope="session")
def admin(api: Api) -> str:
    """The token that the secret key stands for."""
    return api.info.keys.service_role


NOBODY = "00000000-0000-4000-8000-00000000dead"

ENDPOINTS = [
    ("GET", "/admin/users"),
    ("POST", "/admin/users"),
    ("GET", f"/admin/users/{NOBODY}"),
    ("PUT", f"/admin/users/{NOBODY}"),
    ("DELETE", f"/admin/users/{NOBODY}"),
    ("POST", "/admin/generate_link"),
    ("POST", "/invite"),
]


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_people_and_the_publishable_key_are_no_admins(api: Api, method: str, path: str) -> None:
    person = api.sign_in("seeded@example.com", "seeded-password")["access_token"]
    for token in (None, api.info.keys.anon, person):
        assert error_of(api.call(method, path, {}, token=token)) == (403, "not_admin")
    assert error_of(api.call(method, path, {}, token="x.y.z")) == (403, "bad_jwt")


def test_the_secret_key_alone_is_enough(api: Api) -> None:
    key = {"apikey": api.info.keys.secret}
    assert httpx.get(f"{api.info.api_url}/auth/v1/admin/users", headers=key, verify=PLAIN).status_code == 200


def test_a_user_is_created_with_what_the_admin_says(api: Api, admin: str) -> None:
    user_id, email = str(uuid4()), new_email()
    body = {
        "id": user_id,
        "email": email.upper(),
        "user_metadata": {"name": "Ann"},
        "app_metadata": {"plan": "pro"},
        "role": "staff",
    }
    user = api.post("/admin/users", body, token=admin).json()
    assert (user["id"], user["email"], user["role"]) == (user_id, email, "staff")
    assert user["user_metadata"] == {"name": "Ann"}
    assert user["app_metadata"] == {"provider": "email", "providers": ["email"], "plan": "pro"}
    assert "email_confirmed_at" not in user
    assert mails_to(api.info, email) == []
    assert api.call("GET", f"/admin/users/{user_id}", token=admin).json() == user


def test_a_password_hash_is_taken_over(api: Api, admin: str) -> None:
    with psycopg.connect(api.info.database_url) as connection:
        row = connection.execute("select extensions.crypt('from elsewhere', extensions.gen_salt('bf', 4))").fetchone()
    assert row is not None
    for prefix in ("$2a$", "$2b$", "$2y$"):
        body = {"email": new_email(), "password_hash": prefix + row[0][4:], "email_confirm": True}
        user = api.post("/admin/users", body, token=admin).json()
        assert api.sign_in(user["email"], "from elsewhere")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, "validation_failed")),
        ({"email": "x"}, (400, "validation_failed")),
        ({"email": "seeded@example.com"}, (422, "email_exists")),
        ({"email": "a@example.com", "id": "x"}, (400, "validation_failed")),
        ({"email": "a@example.com", "id": "00000000-0000-0000-0000-000000000000"}, (400, "validation_failed")),
        ({"email": "a@example.com", "id": "11111111-1111-4111-8111-111111111111"}, (422, "email_exists")),
        ({"email": "a@example.com", "password": "x" * 73}, (400, "validation_failed")),
        ({"email": "a@example.com", "password": "x", "password_hash": "y"}, (400, "validation_failed")),
        ({"email": "a@example.com", "password_hash": "$argon2id$v=19$x"}, (501, "not_implemented")),
        ({"email": "a@example.com", "ban_duration": "soon"}, (400, "validation_failed")),
        ({"email": "a@example.com", "ban_duration": "999999999h"}, (400, "validation_failed")),
        ({"phone": "15005550006"}, (501, "not_implemented")),
    ],
)
def test_unusable_users_are_refused(api: Api, admin: str, body: dict[str, str], expected: tuple[int, str]) -> None:
    assert error_of(api.post("/admin/users", body, token=admin)) == expected


def test_a_user_is_changed(api: Api, admin: str) -> None:
    user = api.user(user_metadata={"keep": 1, "drop": 2})
    session = api.sign_in(user["email"])
    new = new_email()
    body = {
        "email": new,
        "email_confirm": True,
        "password": "a new password",
        "user_metadata": {"drop": None},
        "app_metadata": {"plan": "pro"},
        "role": "staff",
    }
    changed = api.call("PUT", f"/admin/users/{user['id']}", body, token=admin).json()
    assert (changed["email"], changed["role"]) == (new, "staff")
    assert changed["user_metadata"] == {"keep": 1, "email_verified": True}
    assert changed["app_metadata"]["plan"] == "pro"
    assert changed["identities"][0]["identity_data"]["email"] == new
    assert api.sign_in(new, "a new password")
    assert error_of(api.refresh(session["refresh_token"])) == (400, "refresh_token_not_found")


def test_an_address_of_somebody_else_is_not_given(api: Api, admin: str) -> None:
    answer = api.call("PUT", f"/admin/users/{api.user()['id']}", {"email": "Seeded@example.com"}, token=admin)
    assert error_of(answer) == (422, "email_exists")


def test_a_deleted_user_is_gone_with_everything_of_theirs(api: Api, admin: str) -> None:
    user = api.user()
    api.sign_in(user["email"])
    answer = api.call("DELETE", f"/admin/users/{user['id']}", token=admin)
    assert (answer.status_code, answer.json()) == (200, {})
    with psycopg.connect(api.info.admin_url) as connection:
        for table, column in (("identities", "user_id"), ("sessions", "user_id"), ("refresh_tokens", "user_id")):
            left = connection.execute(f"select from auth.{table} where {column}::text = %s", (user["id"],)).fetchall()
            assert left == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_unknown_and_malformed_ids_are_not_found(api: Api, admin: str, method: str) -> None:
    assert error_of(api.call(method, f"/admin/users/{uuid4()}", {}, token=admin)) == (404, "user_not_found")
    assert error_of(api.call(method, "/admin/users/me", {}, token=admin)) == (404, "validation_failed")


def test_soft_deletion_is_named_as_missing(api: Api, admin: str) -> None:
    user = api.user()
    answer = api.call("DELETE", f"/admin/users/{user['id']}", {"should_soft_delete": True}, token=admin)
    assert error_of(answer) == (501, "not_implemented")
    assert api.call("GET", f"/admin/users/{user['id']}", token=admin).status_code == 200


def test_users_are_listed_in_pages(api: Api, admin: str) -> None:
    newest = [api.user()["id"] for _ in range(3)][::-1]
    first = api.call("GET", "/admin/users?page=1&per_page=2", token=admin)
    second = api.call("GET", "/admin/users?page=2&per_page=2", token=admin)
    assert [user["id"] for user in first.json()["users"] + second.json()["users"]][:3] == newest
    assert first.json()["aud"] == "authenticated"
    total = int(first.headers["x-total-count"])
    last = -(-total // 2)
    assert first.headers["link"] == (
        f'</admin/users?page=2&per_page=2>; rel="next", </admin/users?page={last}&per_page=2>; rel="last"'
    )
    beyond = api.call("GET", f"/admin/users?page={last + 1}&per_page=2", token=admin)
    assert beyond.json()["users"] == []
    assert 'rel="next"' not in beyond.headers["link"]


def test_users_are_found_by_words(api: Api, admin: str) -> None:
    user = api.user(user_metadata={"full_name": f"Zoë {uuid4().hex}"})
    for words in (user["email"][:20], user["user_metadata"]["full_name"].upper()):
        found = api.call("GET", "/admin/users", token=admin, params={"filter": words}).json()["users"]
        assert [one["id"] for one in found] == [user["id"]]


@pytest.mark.parametrize("query", ["page=x", "page=0", "per_page=0", "per_page=-1", "per_page=99999999999999999999"])
def test_impossible_pages_are_refused(api: Api, admin: str, query: str) -> None:
    assert error_of(api.call("GET", f"/admin/users?{query}", token=admin)) == (400, "validation_failed")


def test_an_invited_person_follows_the_link_and_chooses_a_password(api: Api, admin: str) -> None:
    email = new_email()
    invited = api.post("/invite", {"email": email, "data": {"team": "blue"}}, token=admin).json()
    assert invited["invited_at"]
    [mail] = mails_to(api.info, email)
    session = api.post("/verify", {"type": "invite", "token_hash": mail.token_hash}).json()
    assert session["user"]["user_metadata"]["team"] == "blue"
    api.call("PUT", "/user", {"password": PASSWORD}, token=session["access_token"])
    assert api.sign_in(email)
    assert error_of(api.post("/invite", {"email": email}, token=admin)) == (422, "email_exists")


@pytest.mark.parametrize("kind", ["magiclink", "recovery"])
def test_a_link_for_a_known_person_is_given_but_not_sent(api: Api, admin: str, kind: str) -> None:
    user = api.user()
    body = {"type": kind, "email": user["email"]}
    link = api.post(
        "/admin/generate_link", body, token=admin, params={"redirect_to": "https://app.example.com/x"}
    ).json()
    assert (link["id"], link["verification_type"]) == (user["id"], kind)
    assert link["redirect_to"] == "https://app.example.com/x"
    assert mails_to(api.info, user["email"]) == []
    location = httpx.get(link["action_link"], verify=PLAIN).headers["location"]
    assert urlsplit(location).netloc == "app.example.com"
    assert fragment_of(location)["type"] == kind
    assert error_of(api.post("/verify", {"type": kind, "token_hash": link["hashed_token"]})) == (403, "otp_expired")


@pytest.mark.parametrize("kind", ["signup", "invite", "magiclink"])
def test_a_link_for_an_unknown_address_creates_the_person(api: Api, admin: str, kind: str) -> None:
    body = {"type": kind, "email": new_email(), "password": PASSWORD, "data": {"name": "New"}}
    link = api.post("/admin/generate_link", body, token=admin).json()
    proof = {"type": "email", "email": body["email"], "token": link["email_otp"]}
    session = api.post("/verify", proof).json()
    assert session["user"]["id"] == link["id"]
    assert session["user"]["user_metadata"]["name"] == "New"


def test_links_for_a_new_address_change_it(api: Api, admin: str) -> None:
    user, new = api.user(), new_email()
    links: list[dict[str, Any]] = []
    for kind in ("email_change_current", "email_change_new"):
        body = {"type": kind, "email": user["email"], "new_email": new}
        links.append(api.post("/admin/generate_link", body, token=admin).json())
    for link in links:
        answer = api.post("/verify", {"type": "email_change", "token_hash": link["hashed_token"]})
    assert answer.json()["user"]["email"] == new


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"type": "unheard", "email": "a@example.com"}, (400, "validation_failed")),
        ({"type": "magiclink", "email": "x"}, (400, "validation_failed")),
        ({"type": "recovery", "email": "nobody@example.com"}, (404, "user_not_found")),
        ({"type": "signup", "email": "nobody@example.com"}, (400, "validation_failed")),
        ({"type": "signup", "email": "seeded@example.com", "password": "x"}, (422, "email_exists")),
        ({"type": "email_change_new", "email": "seeded@example.com", "new_email": "x"}, (400, "validation_failed")),
    ],
)
def test_unusable_links_are_refused(api: Api, admin: str, body: dict[str, str], expected: tuple[int, str]) -> None:
    assert error_of(api.post("/admin/generate_link", body, token=admin)) == expected
