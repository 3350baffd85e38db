"""Which account an identity belongs to: joined by a verified address, linked and unlinked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.embedded.auth.browsing import CHALLENGE, VERIFIER, Returned, consent, sign_in
from tests.embedded.auth.support import PASSWORD, Api, error_of, mails_to, new_email, room_with


def account(api: Api, returned: Returned) -> dict[str, Any]:
    """Return whom the tokens in a redirect belong to."""
    assert "access_token" in returned.fragment, returned.location
    return dict(api.call("GET", "/user", token=returned.fragment["access_token"]).json())


def providers(user: dict[str, Any]) -> list[str]:
    """Return how a user can sign in, oldest first."""
    names = [identity["provider"] for identity in user["identities"]]
    assert user["app_metadata"]["providers"] == list(dict.fromkeys(names))
    return names


def test_a_verified_address_joins_the_account_that_has_it(api: Api) -> None:
    known = api.user(user_metadata={"size": 1})
    user = account(api, sign_in(api, known["email"], name="Ann"))
    assert user["id"] == known["id"]
    assert providers(user) == ["email", "google"]
    assert user["user_metadata"] | {"size": 1, "full_name": "Ann"} == user["user_metadata"]
    assert api.sign_in(known["email"])["user"]["id"] == known["id"]
    third = account(api, sign_in(api, known["email"], "github"))
    assert (third["id"], providers(third)) == (known["id"], ["email", "google", "github"])


def test_an_unproved_account_loses_its_password_to_who_proves_the_address(api: Api) -> None:
    email = new_email()
    api.post("/signup", {"email": email, "password": PASSWORD, "data": {"planted": True}})
    user = account(api, sign_in(api, email, name="Ann"))
    assert providers(user) == ["google"]
    assert "planted" not in user["user_metadata"]
    assert user["email_confirmed_at"]
    refused = api.post("/token?grant_type=password", {"email": email, "password": PASSWORD})
    assert error_of(refused) == (400, "invalid_credentials")


def test_an_unverified_address_has_to_be_confirmed_first(api: Api) -> None:
    email = new_email()
    returned = sign_in(api, email, verified=False)
    assert returned.query["error"] == "access_denied"
    assert returned.query["error_code"] == "provider_email_needs_verification"
    assert returned.query["error_description"].endswith("A confirmation email has been sent to your google email")
    [mail] = mails_to(api.info, email)
    session = api.post("/verify", {"type": "signup", "token_hash": mail.token_hash}).json()
    assert providers(session["user"]) == ["google"]
    assert account(api, sign_in(api, email, verified=False))["id"] == session["user"]["id"]


def test_an_unverified_address_opens_nobodys_account(api: Api) -> None:
    known = api.user()
    returned = sign_in(api, known["email"], verified=False)
    assert returned.query["error_code"] == "provider_email_needs_verification"
    assert returned.query["error_description"].endswith("Verify the email with google in order to sign in")
    assert mails_to(api.info, known["email"]) == []
    assert providers(api.sign_in(known["email"])["user"]) == ["email"]


def test_without_confirmations_an_unverified_address_is_taken_as_it_is(api: Api, tmp_path: Path) -> None:
    settings = {"external": {"google": {"enabled": True, "client_id": "x"}}}
    with room_with(api.info, tmp_path, settings) as room:
        page = room.get("/authorize?provider=google").headers["location"].replace("/auth/v1/", "/")
        location = room.post(page, data={"email": new_email()}).headers["location"].replace("/auth/v1/", "/")
        assert "access_token" in Returned(room.get(location).headers["location"]).fragment


def link(api: Api, token: str, provider: str = "google", **query: str) -> httpx.Response:
    """Ask to link an identity of a provider to a signed-in account."""
    params = {"provider": provider, "skip_http_redirect": "true"} | query
    return api.call("GET", "/user/identities/authorize", token=token, params=params)


def test_a_signed_in_person_links_another_identity_and_unlinks_it(api: Api) -> None:
    known, other = api.user(), new_email()
    token = api.sign_in(known["email"])["access_token"]
    linked = account(api, consent(link(api, token).json()["url"], other))
    assert (linked["id"], linked["email"], providers(linked)) == (known["id"], known["email"], ["email", "google"])
    assert account(api, sign_in(api, other))["id"] == known["id"]
    identity = linked["identities"][1]["identity_id"]
    assert api.call("DELETE", f"/user/identities/{identity}", token=token).json() == {}
    assert providers(api.call("GET", "/user", token=token).json()) == ["email"]


def test_linking_by_pkce_gives_a_session_of_the_same_account(api: Api) -> None:
    known = api.user()
    page = link(api, api.sign_in(known["email"])["access_token"], **CHALLENGE).json()["url"]
    body = {"auth_code": consent(page, new_email()).query["code"], "code_verifier": VERIFIER}
    assert api.post("/token?grant_type=pkce", body).json()["user"]["id"] == known["id"]


def test_linking_can_redirect_at_once(api: Api) -> None:
    token = api.sign_in(api.user()["email"])["access_token"]
    answer = link(api, token, skip_http_redirect="")
    assert (answer.status_code, "/stand-in/authorize?" in answer.headers["location"]) == (302, True)


def test_an_identity_belongs_to_one_account(api: Api) -> None:
    email = new_email()
    owner = sign_in(api, email).fragment["access_token"]
    again = consent(link(api, owner).json()["url"], email)
    assert again.query["error_code"] == "identity_already_exists"
    assert again.query["error_description"] == "Identity is already linked"
    stranger = api.sign_in(api.user()["email"])["access_token"]
    taken = consent(link(api, stranger).json()["url"], email)
    assert taken.query["error_description"] == "Identity is already linked to another user"


def test_a_person_who_is_gone_gets_no_identity(api: Api) -> None:
    known = api.user()
    page = link(api, api.sign_in(known["email"])["access_token"]).json()["url"]
    api.call("DELETE", f"/admin/users/{known['id']}", token=api.info.keys.service_role)
    assert consent(page, new_email()).query["error_code"] == "user_not_found"


def test_the_last_identity_stays(api: Api) -> None:
    session = api.sign_in(api.user()["email"])
    identity = session["user"]["identities"][0]["identity_id"]
    answer = api.call("DELETE", f"/user/identities/{identity}", token=session["access_token"])
    assert error_of(answer) == (422, "single_identity_not_deletable")


def test_only_ones_own_identities_are_unlinked(api: Api) -> None:
    other = account(api, sign_in(api, new_email()))["identities"][0]["identity_id"]
    known = api.user()
    token = sign_in(api, known["email"]).fragment["access_token"]
    for identity, error in ((other, (422, "identity_not_found")), (uuid4(), (422, "identity_not_found"))):
        assert error_of(api.call("DELETE", f"/user/identities/{identity}", token=token)) == error
    assert error_of(api.call("DELETE", "/user/identities/x", token=token)) == (404, "validation_failed")


def test_an_address_that_goes_with_its_identity_is_replaced(api: Api) -> None:
    known, other = api.user(), new_email()
    token = api.sign_in(known["email"])["access_token"]
    user = account(api, consent(link(api, token).json()["url"], other))
    email_identity = user["identities"][0]["identity_id"]
    assert api.call("DELETE", f"/user/identities/{email_identity}", token=token).status_code == 200
    user = api.call("GET", "/user", token=token).json()
    assert (user["email"], providers(user)) == (other, ["google"])


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "authorize?provider=google"), ("DELETE", "11111111-2222-4333-8444-555555555555")]
)
def test_a_project_may_keep_linking_by_hand_off(api: Api, tmp_path: Path, method: str, path: str) -> None:
    headers = {"authorization": f"Bearer {api.sign_in(api.user()['email'])['access_token']}"}
    with room_with(api.info, tmp_path, {}) as room:
        answer = room.request(method, f"/user/identities/{path}", headers=headers)
    assert error_of(answer) == (404, "manual_linking_disabled")
