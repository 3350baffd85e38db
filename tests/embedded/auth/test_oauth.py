"""Sign-in with an OAuth provider through the page that stands in for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import jwt
import psycopg
import pytest
from supabase_local.auth.oauth.profiles import Codes, Profile

from tests.embedded.auth.browsing import APP, CHALLENGE, VERIFIER, Page, Returned, consent, provider_page, sign_in
from tests.embedded.auth.support import Api, error_of, new_email, room_with
from tests.embedded.stacks import PLAIN

ANN = Profile("google", "ann@example.com", "Ann", verified=True)


def user_of(api: Api, returned: Returned) -> dict[str, Any]:
    """Return whom the tokens in a redirect belong to."""
    answer = api.call("GET", "/user", token=returned.fragment["access_token"])
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_implicit_flow_ends_with_tokens_in_the_fragment(api: Api) -> None:
    email = new_email()
    returned = sign_in(api, email, name="Ann Lee")
    assert (returned.address, returned.query) == (APP, {})
    assert set(returned.fragment) == {
        "access_token", "expires_at", "expires_in", "provider_token", "refresh_token", "token_type",
    }  # fmt: skip
    claims = jwt.decode(returned.fragment["access_token"], options={"verify_signature": False})
    assert ([entry["method"] for entry in claims["amr"]], claims["email"]) == (["oauth"], email)
    assert claims["app_metadata"] == {"provider": "google", "providers": ["google"]}
    assert api.refresh(returned.fragment["refresh_token"]).status_code == 200


def test_the_provider_tells_about_the_person(api: Api) -> None:
    email = new_email()
    user = user_of(api, sign_in(api, email.upper(), name="Ann Lee"))
    assert (user["email"], bool(user["email_confirmed_at"])) == (email, True)
    metadata = user["user_metadata"]
    assert metadata | {"name": "Ann Lee", "full_name": "Ann Lee", "email": email, "email_verified": True} == metadata
    [identity] = user["identities"]
    assert (identity["provider"], identity["email"], identity["id"]) == ("google", email, metadata["sub"])
    assert identity["identity_data"] == metadata


def test_the_pkce_flow_ends_with_a_code_for_the_holder_of_the_verifier(api: Api) -> None:
    returned = consent(provider_page(api, **CHALLENGE), new_email())
    assert (returned.address, set(returned.query), returned.fragment) == (APP, {"code"}, {})
    body = {"auth_code": returned.query["code"], "code_verifier": "x" * 43}
    assert error_of(api.post("/token?grant_type=pkce", body)) == (400, "bad_code_verifier")
    session = api.post("/token?grant_type=pkce", body | {"code_verifier": VERIFIER}).json()
    assert session["user"]["app_metadata"]["provider"] == "google"
    assert session["provider_token"].startswith("stand-in-")
    assert error_of(api.post("/token?grant_type=pkce", body | {"code_verifier": VERIFIER}))[1] == "flow_state_not_found"


def test_somebody_who_comes_back_has_the_same_account(api: Api) -> None:
    email = new_email()
    first = user_of(api, sign_in(api, email, name="Ann"))
    again = user_of(api, sign_in(api, email, name="Ann Lee"))
    assert again["id"] == first["id"]
    assert again["user_metadata"]["full_name"] == "Ann Lee"


@pytest.mark.parametrize(
    ("provider", "message"),
    [
        ("gitlab", "Unsupported provider: provider is not enabled"),
        ("nobody", "Unsupported provider: Provider nobody could not be found"),
        ("", "Unsupported provider: Provider  could not be found"),
    ],
)
def test_a_provider_that_is_not_enabled_is_refused(api: Api, provider: str, message: str) -> None:
    answer = httpx.get(f"{api.info.api_url}/auth/v1/authorize", params={"provider": provider}, verify=PLAIN)
    assert answer.status_code == 400
    assert answer.json() == {"code": 400, "error_code": "validation_failed", "msg": message}


def test_what_else_the_client_asks_for_reaches_the_provider(api: Api) -> None:
    page = httpx.URL(provider_page(api, "GitHub", scopes="repo,gist", prompt="consent", login_hint="a@example.com"))
    assert page.params["scope"] == "email profile repo gist"
    assert (page.params["prompt"], page.params["provider"], page.params["response_type"]) == (
        "consent",
        "github",
        "code",
    )
    assert page.params["redirect_uri"] == f"{api.info.api_url}/auth/v1/callback"
    assert "code_challenge" not in page.params
    [email] = [field for field in Page(httpx.get(page, verify=PLAIN).text).fields if field.get("type") == "email"]
    assert email["value"] == "a@example.com"


def test_people_are_sent_only_where_the_project_allows(api: Api) -> None:
    returned = consent(provider_page(api, redirect_to="https://evil.example.com/"), new_email())
    assert returned.address == "http://127.0.0.1:3000"


def test_a_bad_challenge_is_refused_at_once(api: Api) -> None:
    params = {"provider": "google", "code_challenge": "short", "code_challenge_method": "s256"}
    answer = httpx.get(f"{api.info.api_url}/auth/v1/authorize", params=params, verify=PLAIN)
    assert error_of(answer) == (400, "validation_failed")


def test_invitations_by_oauth_are_not_offered(api: Api) -> None:
    params = {"provider": "google", "invite_token": "x"}
    answer = httpx.get(f"{api.info.api_url}/auth/v1/authorize", params=params, verify=PLAIN)
    assert error_of(answer) == (501, "not_implemented")


def test_somebody_who_denies_comes_back_with_an_error(api: Api) -> None:
    returned = consent(provider_page(api), "", decision="deny")
    expected = {"error": "access_denied", "error_description": "The user denied the request"}
    assert (returned.address, returned.query, returned.fragment) == (APP, expected, expected)


def test_the_page_says_what_it_is_and_offers_known_people(api: Api) -> None:
    known = api.user(user_metadata={"full_name": "Bo <b>"})
    api.sign_in(known["email"])
    answer = httpx.get(provider_page(api), verify=PLAIN)
    page = Page(answer.text)
    assert "This page stands in for Google in development." in page.text
    assert f"Bo <b> ({known['email']})" in page.text
    assert {"Continue", "Deny"} <= set(page.text.split())
    assert "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("email", ["", "nobody", "a@b@c", "<script>@example.com"])
def test_the_page_asks_again_for_a_wrong_address(api: Api, email: str) -> None:
    answer = httpx.post(provider_page(api), data={"email": email, "decision": "approve"}, verify=PLAIN)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    ("name", "value"),
    [("redirect_uri", "https://evil.example.com/"), ("client_id", "other"), ("provider", "gitlab"), ("provider", "x")],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_page_sends_nobody_elsewhere(api: Api, method: str, name: str, value: str) -> None:
    page = httpx.URL(provider_page(api)).copy_merge_params({name: value})
    answer = httpx.request(method, page, verify=PLAIN)
    assert answer.status_code == 400
    assert "Sign-in is not possible" in answer.text


def callback(api: Api, **params: str) -> Returned:
    """Call the callback with what is not a provider's answer."""
    answer = httpx.get(f"{api.info.api_url}/auth/v1/callback", params=params, verify=PLAIN)
    assert answer.status_code in {302, 303}
    return Returned(answer.headers["location"])


def state_of(api: Api) -> str:
    """Return the state of a sign-in that has begun."""
    return httpx.URL(provider_page(api)).params["state"]


@pytest.mark.parametrize(("state", "code"), [("", "bad_oauth_callback"), ("x.y.z", "bad_oauth_state")])
def test_without_a_state_of_ours_people_land_on_the_site_with_an_error(api: Api, state: str, code: str) -> None:
    returned = callback(api, state=state, code="x")
    assert returned.address == "http://127.0.0.1:3000"
    assert (returned.query["error"], returned.query["error_code"]) == ("invalid_request", code)


def test_an_access_token_is_no_state(api: Api) -> None:
    token = api.sign_in(api.user()["email"])["access_token"]
    assert callback(api, state=token, code="x").query["error_code"] == "bad_oauth_state"


def test_a_code_that_the_provider_does_not_know_is_refused(api: Api) -> None:
    returned = callback(api, state=state_of(api), code="made-up")
    assert returned.query["error"] == returned.fragment["error"] == "server_error"
    assert returned.query["error_description"] == "Unable to exchange external code: made-up"
    missing = callback(api, state=state_of(api))
    assert (missing.query["error"], missing.query["error_code"]) == ("invalid_request", "bad_oauth_callback")


def test_a_providers_answer_counts_once(api: Api) -> None:
    form = {"email": new_email(), "verified": "1"}
    location = httpx.post(provider_page(api), data=form, verify=PLAIN).headers["location"]
    answers = [Returned(httpx.get(location, verify=PLAIN).headers["location"]) for _ in range(2)]
    assert "access_token" in answers[0].fragment
    assert answers[1].query["error"] == "server_error"


def test_a_provider_may_answer_by_a_form(api: Api) -> None:
    form = {"email": new_email(), "verified": "1"}
    location = httpx.post(provider_page(api), data=form, verify=PLAIN).headers["location"]
    url = httpx.URL(location)
    answer = httpx.post(url.copy_with(query=None), data=dict(url.params), verify=PLAIN)
    assert "access_token" in Returned(answer.headers["location"]).fragment


def test_codes_are_for_one_provider_and_five_minutes() -> None:
    now = [1000.0]
    codes = Codes(lambda: now[0])
    assert codes.redeem(codes.issue(ANN), "github") is None
    assert codes.redeem(codes.issue(ANN), "google") == ANN
    late = codes.issue(ANN)
    now[0] += 301
    assert codes.redeem(late, "google") is None


def test_a_person_is_the_same_to_a_provider_whatever_their_name() -> None:
    assert ANN.subject == Profile("google", "ann@example.com", "Other", verified=False).subject
    assert ANN.subject != Profile("github", "ann@example.com", "Ann", verified=True).subject


def test_a_banned_person_stays_out(api: Api) -> None:
    email = new_email()
    user = user_of(api, sign_in(api, email))
    api.call("PUT", f"/admin/users/{user['id']}", {"ban_duration": "1h"}, token=api.info.keys.service_role)
    returned = sign_in(api, email)
    assert (returned.query["error"], returned.query["error_code"]) == ("access_denied", "user_banned")


def test_sign_up_can_be_closed_to_newcomers(api: Api, tmp_path: Path) -> None:
    settings = {"enable_signup": False, "external": {"google": {"enabled": True, "client_id": "x"}}}
    with room_with(api.info, tmp_path, settings) as room:
        page = room.get("/authorize?provider=google").headers["location"].replace("/auth/v1/", "/")
        location = room.post(page, data={"email": new_email(), "verified": "1"}).headers["location"]
        back = Returned(room.get(location.replace("/auth/v1/", "/")).headers["location"])
    assert (back.query["error"], back.query["error_code"]) == ("access_denied", "signup_disabled")


def test_what_a_projects_trigger_refuses_comes_back_as_an_error(api: Api) -> None:
    with psycopg.connect(api.info.database_url, autocommit=True) as connection:
        connection.execute(
            "create function public.refuse_oauth() returns trigger language plpgsql as"
            " $$ begin if new.email like 'refused-%' then raise 'no'; end if; return new; end $$"
        )
        connection.execute(
            "create trigger refuse_oauth before insert on auth.users"
            " for each row execute function public.refuse_oauth()"
        )
        try:
            returned = sign_in(api, f"refused-{new_email()}")
        finally:
            connection.execute("drop trigger refuse_oauth on auth.users")
            connection.execute("drop function public.refuse_oauth()")
    assert returned.query["error_description"] == "Database error saving new user"


def test_an_enabled_provider_needs_a_client_id(api: Api, tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match=r"auth\.external\.google\.client_id is missing"),
        room_with(api.info, tmp_path, {"external": {"google": {"enabled": True}}}),
    ):
        pass
