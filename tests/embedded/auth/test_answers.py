"""The shape of answers: errors in both API versions, bad bodies, public documents, and what is not offered."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.embedded.auth.support import PASSWORD, Api, error_of, new_email


def test_errors_have_the_shape_of_the_api_version_asked_for(api: Api) -> None:
    first = api.call("GET", "/user")
    assert first.json() == {"code": 403, "error_code": "bad_jwt", "msg": "invalid claim: missing sub claim"}
    second = api.call("GET", "/user", headers={"x-supabase-api-version": "2024-01-01"})
    assert second.json() == {"code": "bad_jwt", "message": "invalid claim: missing sub claim"}
    assert second.headers["x-supabase-api-version"] == "2024-01-01"
    assert first.headers["x-sb-error-code"] == second.headers["x-sb-error-code"] == "bad_jwt"
    odd = api.call("GET", "/user", headers={"x-supabase-api-version": "tomorrow"})
    assert odd.json() == first.json()


def test_a_weak_password_names_its_reasons_in_both_versions(api: Api) -> None:
    body = {"email": new_email(), "password": "x"}
    newer = api.post("/signup", body, headers={"x-supabase-api-version": "2024-01-01"})
    assert newer.json() == {
        "code": "weak_password",
        "message": "Password should be at least 6 characters.",
        "weak_password": {"reasons": ["length"]},
    }


def test_without_a_bearer_token_nobody_is_known(api: Api) -> None:
    for header in ("Basic abc", "Bearer", "Bearer a b"):
        answer = api.call("GET", "/user", headers={"authorization": header})
        assert answer.status_code in {401, 403}


BAD_BODIES = [
    b"",
    b"{",
    b"[]",
    b'"text"',
    b"\xff\xfe",
    b'{"email": NaN}',
    b'{"email": 1e999}',
    b"[" * 100_000,
    b'{"data": {"\\u0000": 1}, "email": "a@example.com", "password": "abcdef"}',
    b'{"email": ' + b"9" * 5000 + b"}",
]
POSTS = ["/signup", "/token?grant_type=password", "/token?grant_type=refresh_token", "/verify", "/recover", "/otp"]


@pytest.mark.parametrize("path", POSTS)
def test_bad_bodies_are_refused_never_failed(api: Api, path: str) -> None:
    for body in BAD_BODIES:
        status = api.client.post(path, content=body).status_code
        assert 400 <= status < 500, (body[:60], status)


def test_lone_surrogates_become_replacement_characters(api: Api) -> None:
    body = b'{"email": "%s", "password": "abcdef", "data": {"name": "a\\ud800b"}}' % new_email().encode()
    assert api.client.post("/signup", content=body).json()["user_metadata"]["name"] == "a\ufffdb"


def test_public_documents(api: Api) -> None:
    assert api.call("GET", "/health").json()["name"] == "GoTrue"
    assert api.call("GET", "/.well-known/jwks.json").json() == {"keys": []}
    settings = api.call("GET", "/settings").json()
    assert settings["external"]["email"] is True
    assert {name for name, enabled in settings["external"].items() if enabled} == {"email", "google", "github"}
    assert (settings["disable_signup"], settings["mailer_autoconfirm"]) == (False, False)


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("DELETE", "/factors/recovery-codes", "recovery codes"),
        ("GET", "/user/oauth/grants", "the OAuth server"),
        ("GET", "/reauthenticate", "reauthentication"),
        ("POST", "/sso", "single sign-on"),
        ("GET", "/sso/saml/metadata", "single sign-on"),
        ("GET", "/admin/audit", "the audit log"),
        ("GET", "/admin/oauth/clients", "the OAuth server"),
    ],
)
def test_what_is_not_offered_says_so_by_name(api: Api, method: str, path: str, name: str) -> None:
    answer = api.call(method, path)
    assert error_of(answer) == (501, "not_implemented")
    assert name in answer.json()["msg"]


@pytest.fixture
def guarded_users(api: Api) -> Iterator[None]:
    """A project's own trigger that refuses some people, as projects write them."""
    with psycopg.connect(api.info.database_url, autocommit=True) as connection:
        connection.execute(
            """
            create function public.refuse() returns trigger language plpgsql as $$
            begin
              if new.email like 'pt-%' then raise sqlstate 'PT418' using message = 'no teapots', hint = 'tea'; end if;
              if new.email like 'raise-%' then raise exception 'not you'; end if;
              return new;
            end $$
            """
        )
        connection.execute(
            "create trigger refuse before insert on auth.users for each row execute function public.refuse()"
        )
        yield
        connection.execute("drop trigger refuse on auth.users")
        connection.execute("drop function public.refuse()")


@pytest.mark.usefixtures("guarded_users")
def test_what_a_projects_trigger_raises_is_passed_on(api: Api) -> None:
    teapot = {"email": f"pt-{new_email()}", "password": PASSWORD}
    answer = api.post("/signup", teapot)
    assert (answer.status_code, answer.json()) == (418, {"code": "PT418", "message": "no teapots", "hint": "tea"})
    newer = api.post("/signup", teapot, headers={"x-supabase-api-version": "2024-01-01"})
    assert (newer.status_code, newer.json()["code"]) == (500, "unexpected_failure")
    raised = api.post("/signup", {"email": f"raise-{new_email()}", "password": PASSWORD})
    assert (raised.status_code, raised.json()) == (500, {"code": "P0001", "message": "not you"})
