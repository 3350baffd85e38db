"""Second factors: an authenticator app is set up, asked for, and removed, through the service's routes."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import psycopg
import pytest

from tests.service.browsers import Browser, browser, mailed_tokens
from tests.service.test_sessions import can_use, code
from tests.support.people import Person, new_person
from tests.support.stack import RunningStack
from tests.support.totp import totp

Database = psycopg.Connection[tuple[object, ...]]
NO_FACTOR = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def page(stack: RunningStack) -> Iterator[Browser]:
    with browser(stack.service_url) as opened:
        yield opened


@pytest.fixture
def person(stack: RunningStack) -> Person:
    return new_person(stack)


def begin(page: Browser, token: str, name: str = "My phone") -> dict[str, str]:
    """Begin a factor; return what the app is given."""
    made: dict[str, str] = page.as_person("POST", "factors", token, {"friendly_name": name}).raise_for_status().json()
    return made


def set_up(page: Browser, token: str, name: str = "My phone") -> tuple[dict[str, str], str]:
    """Set up a factor; return it and the access token of the session that has given it."""
    factor = begin(page, token, name)
    answer = page.as_person("POST", f"factors/{factor['id']}/verify", token, {"code": totp(factor["secret"])})
    session = answer.raise_for_status().json()
    assert (session["aal"], session["needs_second_factor"]) == ("aal2", False)
    return factor, str(session["access_token"])


def test_the_code_of_the_rfc() -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [totp(secret, at) for at in (59, 1111111109, 20000000000)] == ["287082", "081804", "353130"]


def test_from_setting_up_to_removing(stack: RunningStack, page: Browser, person: Person) -> None:
    factor, strong = set_up(page, page.signed_in(person.email, person.password))
    assert factor["qr_code"].startswith("data:image/svg+xml;base64,")
    assert b"<svg" in base64.b64decode(factor["qr_code"].partition(",")[2])
    assert "FieldLite" in factor["uri"]
    (listed,) = page.as_person("GET", "factors", strong).json()["factors"]
    assert (listed["id"], listed["friendly_name"], listed["status"]) == (factor["id"], "My phone", "verified")
    assert page.auth("refresh").json()["aal"] == "aal2"
    assert page.as_person("DELETE", f"factors/{factor['id']}", strong).status_code == 204
    renewed = page.auth("refresh").json()
    assert (renewed["aal"], renewed["needs_second_factor"]) == ("aal1", False)


def test_the_next_sign_in_asks_for_the_code(stack: RunningStack, page: Browser, person: Person) -> None:
    factor, _ = set_up(page, page.signed_in(person.email, person.password))
    session = page.auth("sign-in", email=person.email, password=person.password).raise_for_status().json()
    assert (session["aal"], session["needs_second_factor"]) == ("aal1", True)
    token = session["access_token"]
    listed = page.as_person("GET", "factors", token).json()["factors"]
    assert [each["id"] for each in listed] == [factor["id"]]
    wrong = page.as_person("POST", f"factors/{factor['id']}/verify", token, {"code": "000000"})
    assert code(wrong) == (422, "wrong_code")
    right = page.as_person("POST", f"factors/{factor['id']}/verify", token, {"code": totp(factor["secret"], ahead=1)})
    assert right.json()["aal"] == "aal2"
    assert page.auth("refresh").json()["needs_second_factor"] is False


def test_without_the_code_nothing_of_the_account_changes(stack: RunningStack, page: Browser, person: Person) -> None:
    """Not even by a recovery mail: whoever reads somebody's mail does not have their phone."""
    factor, _ = set_up(page, page.signed_in(person.email, person.password))
    page.auth("recover", email=person.email)
    (token_hash,) = mailed_tokens(stack, person.email, "recovery")
    session = page.auth("confirm", token_hash=token_hash, type="recovery").raise_for_status().json()
    assert session["needs_second_factor"] is True
    token = session["access_token"]
    for method, path, body in (
        ("POST", "password", {"password": "another long password"}),
        ("POST", "email", {"email": "elsewhere@people.example"}),
        ("POST", "factors", {"friendly_name": "A thief's phone"}),
        ("DELETE", f"factors/{factor['id']}", None),
    ):
        assert code(page.as_person(method, path, token, body)) == (403, "second_factor_needed"), path


def test_a_first_factor_ends_the_sessions_without_it(stack: RunningStack, page: Browser, person: Person) -> None:
    _, strong = set_up(page, page.signed_in(person.email, person.password))
    assert can_use(stack, strong)
    assert not can_use(stack, person.access_token)


def test_what_was_begun_and_left_is_begun_anew(page: Browser, person: Person, database: Database) -> None:
    token = page.signed_in(person.email, person.password)
    first, second = begin(page, token), begin(page, token)
    assert first["secret"] != second["secret"]
    kept = database.execute("select id::text from auth.mfa_factors where user_id = %s", (person.user_id,)).fetchall()
    assert kept == [(second["id"],)]
    assert page.as_person("GET", "factors", token).json() == {"factors": []}


def test_a_name_is_given_once_and_an_unknown_factor_is_not_found(page: Browser, person: Person) -> None:
    _, strong = set_up(page, page.signed_in(person.email, person.password))
    again = page.as_person("POST", "factors", strong, {"friendly_name": "My phone"})
    assert code(again) == (409, "factor_name_taken")
    assert code(page.as_person("DELETE", f"factors/{NO_FACTOR}", strong)) == (404, "no_such_factor")
    unknown = page.as_person("POST", f"factors/{NO_FACTOR}/verify", strong, {"code": "123456"})
    assert code(unknown) == (404, "no_such_factor")


def test_somebody_elses_factor_is_as_good_as_none(stack: RunningStack, page: Browser, person: Person) -> None:
    with browser(stack.service_url) as elsewhere:
        other = new_person(stack)
        factor, _ = set_up(elsewhere, elsewhere.signed_in(other.email, other.password))
    token = page.signed_in(person.email, person.password)
    tried = page.as_person("POST", f"factors/{factor['id']}/verify", token, {"code": totp(factor["secret"])})
    assert code(tried) == (404, "no_such_factor")
    assert code(page.as_person("DELETE", f"factors/{factor['id']}", token)) == (404, "no_such_factor")


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "\uff11\uff12\uff13\uff14\uff15\uff16"])
def test_what_is_no_code_is_not_tried(page: Browser, person: Person, typed: str) -> None:
    token = page.signed_in(person.email, person.password)
    answer = page.as_person("POST", f"factors/{NO_FACTOR}/verify", token, {"code": typed})
    assert code(answer) == (422, "invalid_input")
