"""Links that arrive by mail: signing in without a password, choosing a new one, changing the address."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import psycopg
import pytest

from service.sessions.own_account import FRESH_SECONDS
from tests.service.browsers import Browser, browser, mailed_tokens, mails
from tests.service.test_sessions import can_use, code, companies, new_email
from tests.support.companies import new_company
from tests.support.people import Person, new_person
from tests.support.stack import RunningStack

Database = psycopg.Connection[tuple[object, ...]]
NEXT_PASSWORD = "another long password for tests"


@pytest.fixture
def page(stack: RunningStack) -> Iterator[Browser]:
    with browser(stack.service_url) as opened:
        yield opened


@pytest.fixture
def person(stack: RunningStack) -> Person:
    return new_person(stack)


def follow(stack: RunningStack, page: Browser, email: str, kind: str) -> httpx.Response:
    """Open the newest link of a kind that was mailed to an address, and press its button."""
    return page.auth("confirm", token_hash=mailed_tokens(stack, email, kind)[0], type=kind)


def recovered(stack: RunningStack, page: Browser, email: str) -> str:
    """Sign in by a recovery mail; return the access token."""
    assert page.auth("recover", email=email).status_code == 202
    return str(follow(stack, page, email, "recovery").raise_for_status().json()["access_token"])


def test_a_magic_link_signs_in_once(stack: RunningStack, page: Browser, person: Person) -> None:
    assert page.auth("magic-link", email=person.email).status_code == 202
    session = follow(stack, page, person.email, "magiclink").raise_for_status().json()
    assert session["user"]["id"] == str(person.user_id)
    assert page.auth("refresh").status_code == 200
    assert code(follow(stack, page, person.email, "magiclink")) == (422, "link_expired")


def test_a_magic_link_makes_no_account(stack: RunningStack, page: Browser, database: Database) -> None:
    email = new_email()
    assert page.auth("magic-link", email=email).status_code == 202
    assert mails(stack, email) == []
    assert database.execute("select from auth.users where email = %s", (email,)).fetchall() == []


def test_a_forgotten_password_is_replaced_and_every_other_session_ends(stack: RunningStack, page: Browser) -> None:
    owner = new_company(stack, "Forgetful Plumbing").owner
    token = recovered(stack, page, owner.email)
    answer = page.as_person("POST", "password", token, {"password": NEXT_PASSWORD})
    assert answer.status_code == 204
    assert code(page.auth("sign-in", email=owner.email, password=owner.password)) == (401, "invalid_credentials")
    assert page.auth("sign-in", email=owner.email, password=NEXT_PASSWORD).status_code == 200
    assert not can_use(stack, owner.access_token)
    assert companies(stack, owner.access_token) == []
    assert companies(stack, token) == ["Forgetful Plumbing"]


def test_a_session_of_the_password_needs_it_to_change_it(stack: RunningStack, page: Browser, person: Person) -> None:
    token = page.signed_in(person.email, person.password)

    def change(**body: str) -> httpx.Response:
        return page.as_person("POST", "password", token, {"password": NEXT_PASSWORD, **body})

    assert code(change()) == (403, "sign_in_again")
    assert code(change(current_password="not this one")) == (422, "wrong_password")
    assert code(change(current_password=person.password, password="short")) == (422, "weak_password")
    assert code(change(current_password=person.password, password=person.password)) == (422, "same_password")
    assert change(current_password=person.password).status_code == 204
    assert page.auth("sign-in", email=person.email, password=NEXT_PASSWORD).status_code == 200


def test_trying_a_password_leaves_no_session_behind(
    stack: RunningStack, page: Browser, person: Person, database: Database
) -> None:
    token = page.signed_in(person.email, person.password)
    body = {"password": NEXT_PASSWORD, "current_password": person.password}
    assert page.as_person("POST", "password", token, body).status_code == 204
    sessions = database.execute("select from auth.sessions where user_id = %s", (person.user_id,)).fetchall()
    assert len(sessions) == 1


def test_an_old_mailed_link_is_no_proof_any_more(
    stack: RunningStack, page: Browser, person: Person, database: Database
) -> None:
    recovered(stack, page, person.email)
    database.execute(
        "update auth.mfa_amr_claims set updated_at = updated_at - make_interval(secs => %s) where session_id in "
        "(select id from auth.sessions where user_id = %s)",
        (FRESH_SECONDS + 1, person.user_id),
    )
    token = page.auth("refresh").raise_for_status().json()["access_token"]
    answer = page.as_person("POST", "password", token, {"password": NEXT_PASSWORD})
    assert code(answer) == (403, "sign_in_again")


def test_a_new_address_counts_when_both_confirmed(stack: RunningStack, page: Browser, person: Person) -> None:
    token, email = page.signed_in(person.email, person.password), new_email()
    assert page.as_person("POST", "email", token, {"email": email}).status_code == 202
    first = follow(stack, page, email, "email_change")
    assert (first.status_code, first.json()) == (202, {})
    assert page.auth("refresh").json()["user"]["email"] == person.email
    second = follow(stack, page, person.email, "email_change")
    assert second.raise_for_status().json()["user"]["email"] == email
    assert page.auth("sign-in", email=email, password=person.password).status_code == 200
    assert code(page.auth("sign-in", email=person.email, password=person.password)) == (401, "invalid_credentials")


def test_an_address_that_somebody_has_is_not_given_away(stack: RunningStack, page: Browser, person: Person) -> None:
    token, other = page.signed_in(person.email, person.password), new_person(stack)
    answers = [page.as_person("POST", "email", token, {"email": email}) for email in (other.email, new_email())]
    assert [(answer.status_code, answer.text) for answer in answers] == [(202, answers[0].text)] * 2
    assert mails(stack, other.email) == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "password", {"password": NEXT_PASSWORD}),
        ("POST", "email", {"email": "x@people.example"}),
        ("GET", "factors", None),
        ("POST", "factors", {"friendly_name": "My phone"}),
    ],
)
def test_ones_own_account_wants_a_token_and_no_cookie_is_enough(
    page: Browser, person: Person, method: str, path: str, body: object
) -> None:
    page.signed_in(person.email, person.password)
    assert code(page.http.request(method, f"/auth/{path}", json=body)) == (401, "no_session")
    for token in ("made-up", "e30.e30.c2ln"):
        assert code(page.as_person(method, path, token, body)) == (401, "no_session")
