"""Tokens, roles and row level security."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests.embedded.rest.conftest import Api

ANN = "aaaaaaaa-0000-0000-0000-000000000001"
BEN = "bbbbbbbb-0000-0000-0000-000000000002"
SHOW = "return=representation"


@pytest.fixture
def ann(api: Api) -> Api:
    """Give the API as Ann, who has written one page."""
    person = api.as_user(ANN)
    assert person.post("/diaries", {"text": "Ann's page"}).status_code == 201
    return person


@pytest.fixture
def ben(api: Api, ann: Api) -> Api:
    """Give the API as Ben, who has written one page too."""
    person = api.as_user(BEN)
    assert person.post("/diaries", {"text": "Ben's page"}).status_code == 201
    return person


def pages(api: Api) -> list[str]:
    return [row["text"] for row in api.rows("/diaries?select=text&order=id")]


def test_people_see_their_own_rows(api: Api, ann: Api, ben: Api) -> None:
    assert pages(ann) == ["Ann's page"]
    assert pages(ben) == ["Ben's page"]
    assert pages(api) == ["Ann's page", "Ben's page"]
    assert ann.get("/diaries?select=text", Prefer="count=exact").headers["content-range"] == "0-0/1"


def test_people_do_not_change_the_rows_of_others(api: Api, ann: Api, ben: Api) -> None:
    assert ben.patch("/diaries?select=id&id=eq.1", {"text": "x"}, Prefer=SHOW).json() == []
    assert ben.delete("/diaries?select=id&id=eq.1", Prefer=SHOW).json() == []
    assert ann.patch("/diaries?select=id&id=eq.1", {"text": "y"}, Prefer=SHOW).json() == [{"id": 1}]
    assert pages(api) == ["y", "Ben's page"]


def test_people_do_not_write_in_the_name_of_others(api: Api, ann: Api) -> None:
    response = ann.post("/diaries", {"text": "forged", "owner": BEN})
    assert (response.status_code, response.json()["code"]) == (403, "42501")
    assert pages(api) == ["Ann's page"]


def test_only_granted_columns(ann: Api) -> None:
    assert ann.get("/diaries?select=secret").status_code == 403
    assert ann.get("/diaries").status_code == 403
    assert ann.post("/diaries?select=id,text", {"text": "more"}, Prefer=SHOW).json() == [{"id": 2, "text": "more"}]
    assert ann.post("/diaries", {"text": "more"}, Prefer=SHOW).status_code == 403
    assert ann.patch("/diaries?id=eq.1", {"owner": ANN}).status_code == 403


def test_anonymous_callers_are_asked_to_sign_in(api: Api, ann: Api) -> None:
    response = api.as_anonymous().get("/diaries?select=id")
    assert (response.status_code, response.json()["code"]) == (401, "42501")
    assert response.headers["www-authenticate"] == "Bearer"


def test_two_people_at_once_never_mix(ann: Api, ben: Api) -> None:
    """Connections are shared and statements prepared: neither may carry anything from one caller to the next."""
    people = [(ann, ["Ann's page"]), (ben, ["Ben's page"])] * 60

    def ask(person: tuple[Api, list[str]]) -> bool:
        return pages(person[0]) == person[1]

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, people))


def test_an_error_leaves_nothing_behind(ann: Api, ben: Api) -> None:
    for _ in range(12):
        assert ann.get("/diaries?select=id&id=eq.x").status_code == 400
        assert pages(ben) == ["Ben's page"]


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        ({"exp": -60}, "JWT expired"),
        ({"nbf": 60}, "JWT not yet valid"),
        ({"iat": 60}, "JWT issued at future"),
    ],
)
def test_times_of_tokens(api: Api, now: int, claims: dict[str, int], message: str) -> None:
    times = {name: now + seconds for name, seconds in claims.items()}
    response = api.with_claims({"role": "authenticated", **times}).get("/clients")
    assert response.status_code == 401
    assert response.json() == {"code": "PGRST303", "message": message, "details": None, "hint": None}
    expected = f'Bearer error="invalid_token", error_description="{message}"'
    assert response.headers["www-authenticate"] == expected


def test_thirty_seconds_of_skew(api: Api, now: int) -> None:
    times = {"exp": now - 10, "nbf": now + 10, "iat": now + 10}
    assert api.with_claims({"role": "service_role", **times}).get("/clients").status_code == 200


def test_times_must_be_numbers(api: Api) -> None:
    response = api.with_claims({"role": "authenticated", "exp": 9999999999}).get("/clients")
    assert response.status_code == 200
    response = api.with_claims({"role": "authenticated", "nbf": "soon"}).get("/clients")
    assert response.json()["message"] == "The JWT 'nbf' claim must be a number"


def test_forged_signature(api: Api) -> None:
    forged = api.with_claims({"role": "service_role"}, secret="another-secret-of-at-least-32-characters")
    response = forged.get("/clients")
    assert response.status_code == 401
    assert response.json() == {
        "code": "PGRST301",
        "message": "No suitable key or wrong key type",
        "details": "None of the keys was able to decode the JWT",
        "hint": None,
    }


def test_a_token_without_signature_is_refused(api: Api) -> None:
    header, payload, _ = (api.token or "").split(".")
    for token in (f"{header}.{payload}.", "eyJhbGciOiJub25lIn0.eyJyb2xlIjoic2VydmljZV9yb2xlIn0."):
        response = api.get("/clients", Authorization=f"Bearer {token}")
        assert (response.status_code, response.json()["code"]) == (401, "PGRST301")


@pytest.mark.parametrize(
    ("token", "message"),
    [("abc", "Expected 3 parts in JWT; got 1"), ("a.b.c", "JWT cryptographic operation failed")],
)
def test_unreadable_tokens(api: Api, token: str, message: str) -> None:
    response = api.get("/clients", Authorization=f"Bearer {token}")
    assert response.status_code == 401
    assert response.json()["message"] == message


def test_unknown_and_forbidden_roles(api: Api) -> None:
    response = api.with_claims({"role": "nobody"}).get("/clients")
    assert (response.status_code, response.json()["code"]) == (401, "22023")
    response = api.with_claims({"role": "supabase_admin"}).get("/clients")
    assert (response.status_code, response.json()["code"]) == (403, "42501")


def test_a_token_without_role_is_anonymous(api: Api) -> None:
    assert api.with_claims({"sub": ANN}).get("/rpc/whoami").json()["role"] == "anon"


def test_settings_of_the_role_hold(api: Api, database: psycopg.Connection[Any]) -> None:
    database.execute(
        "create function public.patience() returns text language sql as 'select current_setting($$statement_timeout$$)'"
    )
    try:
        assert api.as_anonymous().post("/rpc/patience").json() == "3s"
        assert api.as_user(ANN).post("/rpc/patience").json() == "8s"
    finally:
        database.execute("drop function public.patience()")
