"""Accounts and sessions against a real Supabase Auth, through the service's routes."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import httpx
import psycopg
import pytest

from tests.service.browsers import COOKIE, Browser, browser, mailed_tokens
from tests.support.companies import new_company
from tests.support.people import NEW_PASSWORD, Person, new_person, some_address
from tests.support.stack import RunningStack

AUTH_BURST = 30
"""Attempts that Auth lets one address make before it slows it down."""


@pytest.fixture
def page(stack: RunningStack) -> Iterator[Browser]:
    with browser(stack.service_url) as opened:
        yield opened


@pytest.fixture
def person(stack: RunningStack) -> Person:
    return new_person(stack)


def new_email() -> str:
    return f"{secrets.token_hex(6)}@people.example"


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, str(answer.json()["code"])


def can_use(stack: RunningStack, access_token: str) -> bool:
    """Whether Auth still knows the session of this access token."""
    headers = {"apikey": stack.publishable_key, "Authorization": f"Bearer {access_token}"}
    return httpx.get(f"{stack.supabase_url}/auth/v1/user", headers=headers).status_code == 200


def companies(stack: RunningStack, access_token: str) -> list[str]:
    """What the Data API shows to an access token of the person's companies."""
    headers = {"apikey": stack.publishable_key, "Authorization": f"Bearer {access_token}"}
    answer = httpx.get(f"{stack.supabase_url}/rest/v1/tenants", params={"select": "name"}, headers=headers)
    return [str(row["name"]) for row in answer.raise_for_status().json()]


def test_from_sign_up_to_sign_out(stack: RunningStack, page: Browser) -> None:
    email = new_email()
    assert page.auth("sign-up", email=email, password=NEW_PASSWORD, display_name="Dana").status_code == 202
    assert code(page.auth("sign-in", email=email, password=NEW_PASSWORD)) == (403, "email_not_confirmed")
    (token,) = mailed_tokens(stack, email, "signup")
    session = page.auth("confirm", token_hash=token, type="signup").raise_for_status().json()
    assert set(session) == {"access_token", "expires_at", "user", "aal", "needs_second_factor"}
    assert (session["aal"], session["needs_second_factor"]) == ("aal1", False)
    assert (session["user"]["email"], session["user"]["display_name"]) == (email, "Dana")
    renewed = page.auth("refresh").raise_for_status().json()
    assert can_use(stack, renewed["access_token"])
    assert page.auth("sign-out", scope="local").status_code == 204
    assert page.cookie is None
    assert not can_use(stack, renewed["access_token"])
    assert code(page.auth("refresh")) == (401, "no_session")


def test_a_link_works_once(stack: RunningStack, page: Browser) -> None:
    email = new_email()
    page.auth("sign-up", email=email, password=NEW_PASSWORD, display_name="Dana")
    (token,) = mailed_tokens(stack, email, "signup")
    assert page.auth("confirm", token_hash=token, type="signup").status_code == 200
    assert code(page.auth("confirm", token_hash=token, type="signup")) == (422, "link_expired")
    assert code(page.auth("confirm", token_hash="made-up", type="signup")) == (422, "link_expired")


def test_nobody_learns_which_addresses_have_an_account(page: Browser, person: Person) -> None:
    def answers(email: str) -> list[tuple[int, str, list[str]]]:
        tries = [page.auth("sign-up", email=email, password=NEW_PASSWORD, display_name="X") for _ in range(2)]
        tries += [page.auth(route, email=email) for route in ("resend", "magic-link", "recover") for _ in range(2)]
        return [(answer.status_code, answer.text, sorted(answer.headers)) for answer in tries]

    assert answers(new_email()) == answers(person.email)
    wrong = [page.auth("sign-in", email=email, password="wrong") for email in (new_email(), person.email)]
    assert [code(answer) for answer in wrong] == [(401, "invalid_credentials")] * 2


def test_a_password_that_auth_does_not_accept_is_said(page: Browser) -> None:
    answer = page.auth("sign-up", email=new_email(), password="short", display_name="X")
    assert code(answer) == (422, "weak_password")


def test_the_refresh_token_is_in_a_cookie_that_no_script_can_read(page: Browser, person: Person) -> None:
    answer = page.auth("sign-in", email=person.email, password=person.password)
    header = answer.headers["Set-Cookie"]
    assert header.startswith(f"{COOKIE}=")
    parts = {part.strip() for part in header.split(";")[1:]}
    assert {"HttpOnly", "SameSite=Strict", "Path=/api/v1/auth", "Max-Age=604800"} <= parts
    assert "Secure" not in parts  # the tests' public address is plain http
    assert page.cookie is not None
    assert page.cookie not in answer.text


def test_two_tabs_that_refresh_at_once_both_stay_signed_in(stack: RunningStack, page: Browser, person: Person) -> None:
    page.signed_in(person.email, person.password)
    first = page.cookie
    assert first
    tokens = []
    for _ in range(2):
        page.cookie = first
        tokens.append(page.auth("refresh").raise_for_status().json()["access_token"])
    assert all(can_use(stack, token) for token in tokens)
    assert page.auth("refresh").status_code == 200


def test_a_token_that_was_used_long_ago_ends_the_session_and_the_cookie(
    page: Browser, person: Person, database: psycopg.Connection[tuple[object, ...]]
) -> None:
    """Auth forgives reuse for ten seconds; time is moved in its table instead of being waited for."""
    page.signed_in(person.email, person.password)
    stolen = page.cookie
    assert stolen
    for _ in range(2):
        page.auth("refresh").raise_for_status()
    current = page.cookie
    assert current
    database.execute(
        "update auth.refresh_tokens set updated_at = updated_at - interval '1 minute' where user_id = %s",
        (str(person.user_id),),
    )
    page.cookie = stolen
    answer = page.auth("refresh")
    assert code(answer) == (401, "no_session")
    assert f"{COOKIE}=;" in answer.headers["Set-Cookie"]
    page.cookie = current
    assert code(page.auth("refresh")) == (401, "no_session")


@pytest.mark.parametrize(
    ("scope", "here_lives", "there_lives"), [("local", False, True), ("others", True, False), ("global", False, False)]
)
def test_sign_out_ends_what_it_says(
    stack: RunningStack, page: Browser, scope: str, here_lives: bool, there_lives: bool
) -> None:
    person = new_person(stack)
    with browser(stack.service_url) as elsewhere:
        there = elsewhere.signed_in(person.email, person.password)
        here = page.signed_in(person.email, person.password)
        assert page.auth("sign-out", scope=scope).status_code == 204
        assert (can_use(stack, here), can_use(stack, there)) == (here_lives, there_lives)
        assert (page.auth("refresh").status_code == 200) is here_lives
        assert (elsewhere.auth("refresh").status_code == 200) is there_lives


@pytest.mark.parametrize("scope", ["others", "global"])
def test_the_access_tokens_of_what_ended_show_nothing_at_once(stack: RunningStack, page: Browser, scope: str) -> None:
    owner = new_company(stack, "Ending Plumbing").owner
    assert companies(stack, owner.access_token) == ["Ending Plumbing"]
    here = page.signed_in(owner.email, owner.password)
    assert page.auth("sign-out", scope=scope).status_code == 204
    assert companies(stack, owner.access_token) == []
    assert companies(stack, here) == (["Ending Plumbing"] if scope == "others" else [])


def test_a_session_is_kept_with_the_browser_and_the_address_that_began_it(
    stack: RunningStack, person: Person, database: psycopg.Connection[tuple[object, ...]]
) -> None:
    with browser(stack.service_url, "198.18.7.7") as page:
        page.http.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) Chrome/138.0"
        page.signed_in(person.email, person.password)
    (kept,) = database.execute(
        "select user_agent, host(ip) from auth.sessions where user_id = %s order by created_at desc limit 1",
        (person.user_id,),
    ).fetchall()
    assert kept == ("FieldLite (Chrome on Linux)", "198.18.7.7")


def test_signing_out_twice_is_no_error_but_ending_everything_needs_a_session(page: Browser) -> None:
    assert page.auth("sign-out", scope="local").status_code == 204
    assert code(page.auth("sign-out", scope="global")) == (401, "no_session")
    page.cookie = "made-up"
    assert page.auth("sign-out", scope="local").status_code == 204


def test_many_addresses_are_not_one_limit_and_one_address_is(page: Browser) -> None:
    def attempt(addresses: str) -> int:
        body = {"email": "nobody@people.example", "password": "wrong"}
        return page.http.post("/auth/sign-in", json=body, headers={"X-Forwarded-For": addresses}).status_code

    assert {attempt(some_address()) for _ in range(AUTH_BURST + 5)} == {401}
    # What stands left of the proxy's own entry is the visitor's claim: it buys no second limit.
    one = some_address()
    assert attempt(one) == 401
    # On a slow machine some attempts are given back meanwhile, so a few more may be needed.
    assert 429 in (attempt(f"{some_address()}, {one}") for _ in range(2 * AUTH_BURST))
    assert attempt(some_address()) == 401


def test_no_password_and_no_token_is_in_the_log(stack: RunningStack, page: Browser, person: Person) -> None:
    access_token = page.signed_in(person.email, person.password)
    page.auth("sign-in", email=person.email, password="a wrong secret word")
    page.auth("refresh")
    log = stack.log("service")
    assert "/api/v1/auth/refresh" in log
    for secret in (person.password, "a wrong secret word", access_token, page.cookie or "none", stack.secret_key):
        assert secret not in log
