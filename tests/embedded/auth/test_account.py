"""GET and PUT /user, POST /logout, and changing one's address."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jwt
import psycopg
import pytest

from tests.embedded.auth.support import Api, error_of, fragment_of, mails_to, new_email, room_with


@pytest.fixture
def session(api: Api) -> dict[str, Any]:
    """A signed-in person."""
    return api.sign_in(api.user()["email"])


def test_a_person_sees_their_own_account_without_secrets(api: Api, session: dict[str, Any]) -> None:
    answer = api.call("GET", "/user", token=session["access_token"])
    assert answer.json() == session["user"]
    assert not {name for name in answer.json() if "password" in name or "token" in name}


def test_metadata_is_merged_and_null_removes(api: Api, session: dict[str, Any]) -> None:
    token = session["access_token"]
    api.call("PUT", "/user", {"data": {"color": "red", "size": 1}}, token=token)
    answer = api.call("PUT", "/user", {"data": {"color": None, "deep": {"a": [1]}}}, token=token)
    assert answer.json()["user_metadata"] == {"email_verified": True, "size": 1, "deep": {"a": [1]}}


def test_a_new_password_ends_other_sessions_but_not_this_one(api: Api, session: dict[str, Any]) -> None:
    other = api.sign_in(session["user"]["email"])
    assert api.call("PUT", "/user", {"password": "a new password"}, token=session["access_token"]).status_code == 200
    assert error_of(api.call("GET", "/user", token=other["access_token"])) == (403, "session_not_found")
    assert api.call("GET", "/user", token=session["access_token"]).status_code == 200
    assert api.sign_in(session["user"]["email"], "a new password")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"password": "correct horse"}, (422, "same_password")),
        ({"password": "short"}, (422, "weak_password")),
        ({"password": ""}, (422, "weak_password")),
        ({"password": "x" * 73}, (400, "validation_failed")),
        ({"app_metadata": {"role": "admin"}}, (403, "not_admin")),
        ({"email": "none"}, (400, "validation_failed")),
        ({"email": "seeded@example.com"}, (422, "email_exists")),
        ({"phone": "15005550006"}, (501, "not_implemented")),
        ({"data": []}, (400, "bad_json")),
    ],
)
def test_unusable_changes_are_refused_and_change_nothing(
    api: Api, session: dict[str, Any], body: dict[str, object], expected: tuple[int, str]
) -> None:
    answer = api.call("PUT", "/user", {"data": {"seen": True}} | body, token=session["access_token"])
    assert error_of(answer) == expected
    assert "seen" not in api.call("GET", "/user", token=session["access_token"]).json()["user_metadata"]


def test_an_old_session_must_prove_itself_where_the_project_says_so(
    api: Api, session: dict[str, Any], tmp_path: Path
) -> None:
    headers = {"authorization": f"Bearer {session['access_token']}"}
    with room_with(api.info, tmp_path, {"email": {"secure_password_change": True}}) as room:
        young = room.put("/user", json={"password": "a new password"}, headers=headers)
        with psycopg.connect(api.info.admin_url) as connection:
            connection.execute(
                "update auth.sessions set created_at = now() - interval '25 hours' where user_id = %s",
                (session["user"]["id"],),
            )
        old = room.put("/user", json={"password": "another password"}, headers=headers)
    assert young.status_code == 200
    assert error_of(old) == (400, "reauthentication_needed")


@pytest.mark.parametrize(
    ("scope", "ended"),
    [("local", {"this"}), ("others", {"other"}), ("global", {"this", "other"}), ("", {"this", "other"})],
)
def test_signing_out_ends_the_sessions_of_its_scope_at_once(
    api: Api, session: dict[str, Any], scope: str, ended: set[str]
) -> None:
    sessions = {"this": session, "other": api.sign_in(session["user"]["email"])}
    answer = api.post(f"/logout?scope={scope}", token=session["access_token"])
    assert (answer.status_code, answer.content) == (204, b"")
    for name, one in sessions.items():
        seen = api.call("GET", "/user", token=one["access_token"])
        refreshed = api.refresh(one["refresh_token"])
        if name in ended:
            assert error_of(seen) == (403, "session_not_found")
            assert error_of(refreshed) == (400, "refresh_token_not_found")
        else:
            assert (seen.status_code, refreshed.status_code) == (200, 200)


def test_an_unknown_scope_of_signing_out_is_refused(api: Api, session: dict[str, Any]) -> None:
    answer = api.post("/logout?scope=everyone", token=session["access_token"])
    assert error_of(answer) == (400, "validation_failed")
    assert api.call("GET", "/user", token=session["access_token"]).status_code == 200


def test_tokens_that_do_not_stand_for_a_person_are_refused(api: Api, session: dict[str, Any]) -> None:
    secret = api.info.keys.jwt_secret
    claims = jwt.decode(session["access_token"], secret, ["HS256"], audience="authenticated")
    refusals = {
        jwt.encode(claims | {"exp": 1}, secret): "bad_jwt",
        jwt.encode(claims, "another secret, as long as the right one is"): "bad_jwt",
        jwt.encode(claims | {"sub": "x"}, secret): "bad_jwt",
        jwt.encode(claims | {"sub": "00000000-0000-4000-8000-000000000000"}, secret): "user_not_found",
        jwt.encode(claims | {"session_id": "00000000-0000-4000-8000-000000000000"}, secret): "session_not_found",
        jwt.encode(claims, "", "none"): "bad_jwt",
        "nonsense": "bad_jwt",
        api.info.keys.service_role: "bad_jwt",
    }
    for token, code in refusals.items():
        assert error_of(api.call("GET", "/user", token=token)) == (403, code), token


def test_a_deleted_person_is_signed_out(api: Api, session: dict[str, Any]) -> None:
    api.call("DELETE", f"/admin/users/{session['user']['id']}", token=api.info.keys.service_role)
    assert error_of(api.call("GET", "/user", token=session["access_token"])) == (403, "user_not_found")
    assert error_of(api.refresh(session["refresh_token"])) == (400, "refresh_token_not_found")


def test_a_new_address_counts_when_both_addresses_have_confirmed(api: Api, session: dict[str, Any]) -> None:
    old, new = session["user"]["email"], new_email()
    answer = api.call("PUT", "/user", {"email": new}, token=session["access_token"]).json()
    assert (answer["email"], answer["new_email"]) == (old, new)
    [to_old], [to_new] = mails_to(api.info, old), mails_to(api.info, new)
    first = api.post("/verify", {"type": "email_change", "token_hash": to_old.token_hash})
    assert first.json()["msg"].startswith("Confirmation link accepted")
    assert api.sign_in(old)
    second = fragment_of(api.call("GET", to_new.link).headers["location"])
    user = api.call("GET", "/user", token=second["access_token"]).json()
    assert (user["email"], user.get("new_email")) == (new, None)
    assert user["identities"][0]["identity_data"]["email"] == new
    assert error_of(api.post("/token?grant_type=password", {"email": old, "password": "x"}))[0] == 400
    assert api.sign_in(new)


def test_a_project_may_ask_only_the_new_address(api: Api, session: dict[str, Any], tmp_path: Path) -> None:
    new = new_email()
    headers = {"authorization": f"Bearer {session['access_token']}"}
    with room_with(api.info, api.info.data_dir, {"email": {"double_confirm_changes": False}}) as room:
        room.put("/user", json={"email": new}, headers=headers)
        [mail] = mails_to(api.info, new)
        answer = room.post("/verify", json={"type": "email_change", "email": new, "token": mail.code})
    assert answer.json()["user"]["email"] == new


def test_without_confirmations_one_of_the_two_addresses_is_enough(api: Api, session: dict[str, Any]) -> None:
    new = new_email()
    headers = {"authorization": f"Bearer {session['access_token']}"}
    with room_with(api.info, api.info.data_dir, {"email": {"enable_confirmations": False}}) as room:
        room.put("/user", json={"email": new}, headers=headers)
        [mail] = mails_to(api.info, new)
        answer = room.post("/verify", json={"type": "email_change", "email": new, "token": mail.code})
    assert answer.json()["user"]["email"] == new


def test_an_address_taken_meanwhile_is_not_stolen(api: Api, session: dict[str, Any]) -> None:
    new = new_email()
    api.call("PUT", "/user", {"email": new}, token=session["access_token"])
    links = [mails_to(api.info, address)[0].token_hash for address in (session["user"]["email"], new)]
    api.user(new)
    api.post("/verify", {"type": "email_change", "token_hash": links[0]})
    assert error_of(api.post("/verify", {"type": "email_change", "token_hash": links[1]})) == (422, "email_exists")
