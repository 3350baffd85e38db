"""Signing in with a provider's account: real redirects through Supabase Auth and the page that stands in for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from flask.testing import FlaskClient

from service.errors import InvalidInput
from service.sessions.oauth import Attempt, local_path
from tests.service.browsers import COOKIE, Browser, browser
from tests.service.test_sessions import can_use, new_email
from tests.support.people import new_person
from tests.support.stack import RunningStack


@dataclass(frozen=True)
class Landing:
    """Where the browser was sent in the end."""

    path: str
    query: dict[str, str]


@pytest.fixture
def page(stack: RunningStack) -> Iterator[Browser]:
    with browser(stack.service_url) as opened:
        yield opened


def begin(page: Browser, provider: str = "google", next_path: str = "/inbox?unread=1") -> httpx.Response:
    """Press the button of a provider."""
    return page.http.get(f"/auth/oauth/{provider}", params={"next": next_path})


def consent(page: Browser, begun: httpx.Response, email: str, decision: str = "approve", verified: bool = True) -> str:
    """Answer the provider's page; return the address of our callback."""
    provider = page.http.get(begun.headers["Location"]).headers["Location"]
    form = {"email": email, "name": "Robin Example", "decision": decision, **({"verified": "1"} if verified else {})}
    to_auth = page.http.post(provider, data=form).headers["Location"]
    return page.http.get(to_auth).headers["Location"]


def land(answer: httpx.Response) -> Landing:
    """Read where our callback leads."""
    assert answer.status_code == 302
    parts = urlsplit(answer.headers["Location"])
    return Landing(parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()})


def test_the_providers_are_those_that_auth_has_switched_on(page: Browser) -> None:
    assert page.http.get("/auth/providers").raise_for_status().json() == {"providers": ["google"]}


def test_a_newcomer_signs_in_and_comes_back_to_where_they_were(stack: RunningStack, page: Browser) -> None:
    email = new_email()
    answer = page.http.get(consent(page, begin(page), email))
    assert land(answer) == Landing("/arrive", {"next": "/inbox?unread=1"})
    assert "SameSite=Strict" in next(header for header in answer.headers.get_list("Set-Cookie") if COOKIE in header)
    session = page.auth("refresh").raise_for_status().json()
    assert (session["user"]["email"], session["user"]["display_name"]) == (email, "Robin Example")
    assert can_use(stack, session["access_token"])


def test_somebody_known_signs_in_to_their_own_account(stack: RunningStack, page: Browser) -> None:
    person = new_person(stack)
    page.http.get(consent(page, begin(page), person.email))
    assert page.auth("refresh").json()["user"]["id"] == str(person.user_id)


def test_the_verifier_stays_in_a_cookie_of_the_attempt(page: Browser) -> None:
    begun = begin(page)
    header = begun.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/api/v1/auth/oauth", "Max-Age=600"} <= {
        part.strip() for part in header.split(";")
    }
    verifier = header.partition("=")[2].partition("|")[0].strip('"')
    assert verifier not in begun.headers["Location"]
    assert len(verifier) >= 43


def test_a_code_is_worth_nothing_in_another_browser(stack: RunningStack, page: Browser) -> None:
    """Whoever is made to open a stranger's callback is not signed in as the stranger."""
    callback = consent(page, begin(page), new_email())
    with browser(stack.service_url) as victim:
        assert land(victim.http.get(callback)) == Landing("/sign-in", {"problem": "attempt_over", "next": "/"})
        assert victim.cookie is None


def test_an_attempt_of_ones_own_does_not_open_a_strangers_code(stack: RunningStack, page: Browser) -> None:
    strangers_code = parse_qs(urlsplit(consent(page, begin(page), new_email())).query)["code"][0]
    with browser(stack.service_url) as victim:
        own = parse_qs(urlsplit(begin(victim).headers["Location"]).query)["redirect_to"][0]
        answer = victim.http.get(f"{own}&code={strangers_code}")
        assert land(answer).query["problem"] == "attempt_over"
        assert victim.cookie is None


def test_an_attempt_counts_once(page: Browser) -> None:
    callback = consent(page, begin(page), new_email())
    assert land(page.http.get(callback)).path == "/arrive"
    assert land(page.http.get(callback)).query["problem"] == "attempt_over"


@pytest.mark.parametrize(
    ("decision", "verified", "problem"), [("deny", True, "provider_refused"), ("approve", False, "email_not_confirmed")]
)
def test_what_goes_wrong_there_is_said_by_the_sign_in_page(
    page: Browser, decision: str, verified: bool, problem: str
) -> None:
    callback = consent(page, begin(page), new_email(), decision, verified)
    assert land(page.http.get(callback)) == Landing("/sign-in", {"problem": problem, "next": "/inbox?unread=1"})
    assert page.cookie is None


def test_a_provider_that_is_off_is_said_by_the_sign_in_page(page: Browser) -> None:
    assert land(begin(page, "github", "/jobs")) == Landing("/sign-in", {"problem": "no_such_provider", "next": "/jobs"})


def test_auth_that_is_down_is_said_by_the_sign_in_page(lonely: FlaskClient) -> None:
    answer = lonely.get("/api/v1/auth/oauth/google")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?problem=auth_unavailable&next=%2F")


@pytest.mark.parametrize("query", ["", "?attempt=", "?attempt=a/b&code=c", "?attempt=" + "a" * 50 + "&code=c"])
def test_a_callback_without_an_attempt_leads_to_the_sign_in_page(lonely: FlaskClient, query: str) -> None:
    answer = lonely.get(f"/api/v1/auth/oauth/callback{query}")
    assert answer.headers["Location"] == "/sign-in?problem=attempt_over&next=%2F"


@pytest.mark.parametrize("path", ["/", "/inbox", "/inbox?x=1#top", "/a/b"])
def test_a_path_of_ours_is_gone_back_to(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [None, "", "inbox", "//evil.test", "/\\evil.test", "https://evil.test", "/a\nb", "/a b", "/" + "a" * 501, "/ü"],
)
def test_another_sites_address_is_not_gone_to(path: str | None) -> None:
    assert local_path(path) == "/"


def test_an_attempt_survives_its_cookie_and_needs_it() -> None:
    attempt = Attempt.begin("/inbox?a=|b")
    assert Attempt.from_cookie(attempt.id, attempt.as_cookie()) == attempt
    for value in (None, "", "|/inbox"):
        with pytest.raises(InvalidInput):
            Attempt.from_cookie(attempt.id, value)
