"""Rows of auth.sessions: what a project's own functions read of them, and what happens when they delete one."""

from __future__ import annotations

from collections.abc import Iterator

import jwt
import psycopg
import pytest
from psycopg.rows import DictRow, dict_row

from tests.embedded.auth.browsing import sign_in
from tests.embedded.auth.support import Api, Authenticator, error_of, new_email

Connection = psycopg.Connection[DictRow]


@pytest.fixture
def postgres(api: Api) -> Iterator[Connection]:
    """The role that owns a project's security definer functions."""
    with psycopg.connect(api.info.database_url, autocommit=True, row_factory=dict_row) as connection:
        yield connection


def session_id(session: dict[str, str]) -> str:
    """Return the session that an access token belongs to."""
    return str(jwt.decode(session["access_token"], options={"verify_signature": False})["session_id"])


def row_of(postgres: Connection, session: dict[str, str]) -> DictRow:
    """Return the session's row."""
    row = postgres.execute("select * from auth.sessions where id = %s", (session_id(session),)).fetchone()
    assert row is not None
    return row


def test_a_session_tells_where_and_when_somebody_signed_in(api: Api, postgres: Connection) -> None:
    user = api.user()
    headers = {"User-Agent": "Firefox on Linux", "apikey": api.info.keys.secret, "Sb-Forwarded-For": "203.0.113.7"}
    body = {"email": user["email"], "password": "correct horse"}
    session = api.post("/token?grant_type=password", body, headers=headers).json()
    row = row_of(postgres, session)
    assert (str(row["user_id"]), row["user_agent"], str(row["ip"])) == (user["id"], "Firefox on Linux", "203.0.113.7")
    assert (row["aal"], row["factor_id"], row["not_after"], row["tag"]) == ("aal1", None, None, None)
    assert row["refreshed_at"] is None
    headers |= {"User-Agent": "Firefox 2", "Sb-Forwarded-For": "203.0.113.8"}
    api.post("/token?grant_type=refresh_token", {"refresh_token": session["refresh_token"]}, headers=headers)
    again = row_of(postgres, session)
    assert (again["user_agent"], str(again["ip"])) == ("Firefox 2", "203.0.113.8")
    assert again["refreshed_at"] > again["created_at"].replace(tzinfo=None)
    assert again["created_at"] == row["created_at"]


def test_sign_ins_by_a_provider_are_sessions_too(api: Api, postgres: Connection) -> None:
    row = row_of(postgres, sign_in(api, new_email()).fragment)
    assert (row["aal"], str(row["ip"]), bool(row["user_agent"])) == ("aal1", "127.0.0.1", True)


def test_a_deleted_session_is_over_at_once(api: Api, postgres: Connection) -> None:
    email = api.user()["email"]
    ended, kept = api.sign_in(email), api.sign_in(email)
    postgres.execute("delete from auth.sessions where id = %s", (session_id(ended),))
    answer = api.call("GET", "/user", token=ended["access_token"])
    assert error_of(answer) == (403, "session_not_found")
    assert answer.json()["msg"] == "Session from session_id claim in JWT does not exist"
    assert error_of(api.refresh(ended["refresh_token"])) == (400, "refresh_token_not_found")
    rows = postgres.execute("select from auth.refresh_tokens where session_id = %s", (session_id(ended),)).fetchall()
    assert rows == []
    assert api.call("GET", "/user", token=kept["access_token"]).status_code == 200


def test_a_session_may_have_an_end_of_its_own(api: Api, postgres: Connection) -> None:
    session = api.sign_in(api.user()["email"])
    postgres.execute(
        "update auth.sessions set not_after = now() - interval '1 second' where id = %s", (session_id(session),)
    )
    assert error_of(api.refresh(session["refresh_token"])) == (400, "session_expired")


def test_a_projects_functions_see_second_factors(api: Api, postgres: Connection) -> None:
    person = Authenticator(api, api.sign_in(api.user()["email"]))
    person.enroll()
    person.verify(person.code())
    row = postgres.execute(
        "select status::text, factor_type::text from auth.mfa_factors where user_id = %s",
        (person.session["user"]["id"],),
    ).fetchone()
    assert row == {"status": "verified", "factor_type": "totp"}


@pytest.mark.parametrize(
    "table", ["users", "identities", "sessions", "refresh_tokens", "mfa_factors", "mfa_challenges", "mfa_amr_claims"]
)
def test_migrations_may_work_on_the_tables_as_on_hosted_projects(postgres: Connection, table: str) -> None:
    statement = "select has_table_privilege(%s, %s, %s) as granted"
    for right in ("select", "insert", "update", "delete"):
        for role, granted in (("postgres", True), ("authenticated", False), ("service_role", False)):
            assert postgres.execute(statement, (role, f"auth.{table}", right)).fetchone() == {"granted": granted}
