"""POST /token?grant_type=password, and the tokens that it gives."""

from __future__ import annotations

import statistics
import time

import jwt
import pytest

from tests.embedded.auth.support import PASSWORD, Api, error_of, new_email


def test_a_session_has_the_claims_of_hosted_auth(api: Api) -> None:
    user = api.user(app_metadata={"plan": "pro"}, user_metadata={"name": "Ann"})
    session = api.sign_in(user["email"].upper())
    claims = jwt.decode(session["access_token"], api.info.keys.jwt_secret, ["HS256"], audience="authenticated")
    assert claims.pop("exp") - claims["iat"] == 60
    assert session["expires_at"] == claims.pop("iat") + 60
    assert claims.pop("session_id")
    [method] = claims.pop("amr")
    assert method["method"] == "password"
    assert claims == {
        "iss": f"{api.info.api_url}/auth/v1",
        "sub": user["id"],
        "aud": "authenticated",
        "email": user["email"],
        "phone": "",
        "app_metadata": {"provider": "email", "providers": ["email"], "plan": "pro"},
        "user_metadata": {"name": "Ann", "email_verified": True},
        "role": "authenticated",
        "aal": "aal1",
        "is_anonymous": False,
    }
    assert (session["token_type"], session["expires_in"]) == ("bearer", 60)
    assert session["user"]["last_sign_in_at"]


def test_a_seeded_person_can_sign_in(api: Api) -> None:
    session = api.sign_in("seeded@example.com", "seeded-password")
    assert session["user"]["identities"][0]["email"] == "seeded@example.com"


@pytest.mark.parametrize("password", ["wrong", "", PASSWORD + "x", "x" * 100_000])
def test_a_wrong_password_is_refused(api: Api, password: str) -> None:
    answer = api.post("/token?grant_type=password", {"email": api.user()["email"], "password": password})
    assert error_of(answer) == (400, "invalid_credentials")
    assert answer.json()["msg"] == "Invalid login credentials"


def test_what_follows_72_bytes_of_a_password_counts(api: Api) -> None:
    user = api.user(password="x" * 72)
    assert api.sign_in(user["email"], "x" * 72)
    answer = api.post("/token?grant_type=password", {"email": user["email"], "password": "x" * 73})
    assert error_of(answer) == (400, "invalid_credentials")


def test_an_unknown_address_looks_like_a_wrong_password_and_takes_as_long(api: Api) -> None:
    known = api.user(password=PASSWORD)["email"]

    def seconds(email: str) -> float:
        started = time.perf_counter()
        answer = api.post("/token?grant_type=password", {"email": email, "password": "wrong"})
        assert error_of(answer) == (400, "invalid_credentials")
        return time.perf_counter() - started

    unknown_times, known_times = zip(*((seconds(new_email()), seconds(known)) for _ in range(5)), strict=True)
    # Without a hash to check, an answer would take a tenth of the time.
    assert statistics.median(unknown_times) > statistics.median(known_times) / 3


def test_an_unconfirmed_person_is_told_so_only_with_the_right_password(api: Api) -> None:
    email = new_email()
    api.post("/signup", {"email": email, "password": PASSWORD})
    right = api.post("/token?grant_type=password", {"email": email, "password": PASSWORD})
    wrong = api.post("/token?grant_type=password", {"email": email, "password": "wrong"})
    assert (error_of(right), error_of(wrong)) == ((400, "email_not_confirmed"), (400, "invalid_credentials"))


def test_a_banned_person_cannot_sign_in_or_refresh(api: Api) -> None:
    user = api.user()
    session = api.sign_in(user["email"])
    admin = api.info.keys.service_role
    api.call("PUT", f"/admin/users/{user['id']}", {"ban_duration": "24h"}, token=admin)
    answer = api.post("/token?grant_type=password", {"email": user["email"], "password": PASSWORD})
    assert error_of(answer) == error_of(api.refresh(session["refresh_token"])) == (400, "user_banned")
    api.call("PUT", f"/admin/users/{user['id']}", {"ban_duration": "none"}, token=admin)
    assert api.sign_in(user["email"])


@pytest.mark.parametrize(
    ("query", "body", "expected"),
    [
        ("", {}, (400, "invalid_credentials")),
        ("grant_type=magic", {}, (400, "invalid_credentials")),
        ("grant_type=id_token", {}, (501, "not_implemented")),
        ("grant_type=web3", {}, (501, "not_implemented")),
        ("grant_type=password", {}, (400, "validation_failed")),
        ("grant_type=password", {"phone": "1", "password": "x"}, (422, "phone_provider_disabled")),
        ("grant_type=password", {"email": "a@example.com", "phone": "1"}, (400, "validation_failed")),
        ("grant_type=password", {"email": "a@example.com", "password": "\x00"}, (400, "bad_json")),
        ("grant_type=password", {"email": "%' or true --", "password": "x"}, (400, "invalid_credentials")),
        ("grant_type=pkce", {"auth_code": "x"}, (400, "validation_failed")),
        ("grant_type=pkce", {"auth_code": "x", "code_verifier": "y"}, (404, "flow_state_not_found")),
    ],
)
def test_other_requests_for_a_token_are_refused(
    api: Api, query: str, body: dict[str, str], expected: tuple[int, str]
) -> None:
    assert error_of(api.post(f"/token?{query}", body)) == expected
