"""POST /signup: who gets in, who must confirm, and what nobody may find out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.embedded.auth.support import PASSWORD, Api, error_of, mails_to, new_email, room_with
from tests.embedded.stacks import StackInfo


def test_a_new_person_gets_a_mail_and_no_session(api: Api) -> None:
    email = new_email()
    answer = api.post("/signup", {"email": email.upper(), "password": PASSWORD, "data": {"name": "Ann"}})
    user = answer.json()
    assert answer.status_code == 200
    assert "access_token" not in user
    assert (user["email"], user["aud"], user["role"]) == (email, "authenticated", "authenticated")
    assert user["app_metadata"] == {"provider": "email", "providers": ["email"]}
    assert user["user_metadata"] == {
        "sub": user["id"],
        "email": email,
        "email_verified": False,
        "phone_verified": False,
        "name": "Ann",
    }
    assert user["identities"][0]["id"] == user["id"]
    assert "email_confirmed_at" not in user
    [mail] = mails_to(api.info, email)
    assert mail.subject == "Welcome Ann & friends"
    assert "Hello Ann," in mail.html


def test_the_data_of_a_person_cannot_claim_a_verified_address(api: Api) -> None:
    email = new_email()
    data = {"email_verified": True, "sub": "somebody-else", "email": "boss@example.com"}
    user = api.post("/signup", {"email": email, "password": PASSWORD, "data": data}).json()
    assert user["user_metadata"]["email_verified"] is False
    assert (user["user_metadata"]["sub"], user["user_metadata"]["email"]) == (user["id"], email)


def test_a_name_in_a_mail_is_text_not_html(api: Api) -> None:
    email = new_email()
    api.post("/signup", {"email": email, "password": PASSWORD, "data": {"name": "<script>x</script>"}})
    assert "&lt;script&gt;" in mails_to(api.info, email)[0].html


def test_a_confirmed_address_looks_like_a_new_one_and_gets_no_mail(api: Api) -> None:
    known = api.user()
    answer = api.post("/signup", {"email": known["email"], "password": PASSWORD, "data": {"a": 1}})
    assert answer.status_code == 200
    assert answer.json()["id"] != known["id"]
    assert answer.json()["identities"] == []
    assert answer.json()["user_metadata"] == {"a": 1}
    assert mails_to(api.info, known["email"]) == []


def test_signing_up_again_before_confirming_sends_another_mail_and_keeps_the_password(api: Api) -> None:
    email = new_email()
    first = api.post("/signup", {"email": email, "password": PASSWORD}).json()
    second = api.post("/signup", {"email": email, "password": "another password"}).json()
    assert second["id"] == first["id"]
    newest, oldest = mails_to(api.info, email)
    assert error_of(api.post("/verify", {"type": "signup", "token_hash": oldest.token_hash})) == (403, "otp_expired")
    assert api.post("/verify", {"type": "signup", "token_hash": newest.token_hash}).status_code == 200
    assert api.sign_in(email)["user"]["id"] == first["id"]


def test_concurrent_sign_ups_of_one_address_make_one_user(api: Api) -> None:
    email = new_email()
    body = {"email": email, "password": PASSWORD}
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: api.post("/signup", body), range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_without_confirmations_a_new_person_is_signed_in_and_a_known_one_refused(
    auth_stack: StackInfo, tmp_path: Path
) -> None:
    email = new_email()
    with room_with(auth_stack, tmp_path, {}) as room:
        answer = room.post("/signup", json={"email": email, "password": PASSWORD})
        assert answer.json()["user"]["email_confirmed_at"]
        assert answer.json()["token_type"] == "bearer"
        again = room.post("/signup", json={"email": email.title(), "password": PASSWORD})
    assert error_of(again) == (422, "user_already_exists")


def test_a_second_mail_too_soon_is_refused(auth_stack: StackInfo, tmp_path: Path) -> None:
    email = new_email()
    with room_with(auth_stack, tmp_path, {"email": {"enable_confirmations": True, "max_frequency": "1m"}}) as room:
        body = {"email": email, "password": PASSWORD}
        assert room.post("/signup", json=body).status_code == 200
        again = room.post("/signup", json=body)
        resent = room.post("/resend", json={"type": "signup", "email": email})
    assert error_of(again) == error_of(resent) == (429, "over_email_send_rate_limit")
    assert again.json()["msg"] == "For security purposes, you can only request this after 60 seconds."


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (422, "anonymous_provider_disabled")),
        ({"email": "a@example.com"}, (400, "validation_failed")),
        ({"email": "a@example.com", "password": "short"}, (422, "weak_password")),
        ({"email": "a@example.com", "password": "x" * 73}, (400, "validation_failed")),
        ({"email": "a@example.com", "password": "é" * 37}, (400, "validation_failed")),
        ({"email": "no address", "password": PASSWORD}, (400, "validation_failed")),
        ({"email": f"{'a' * 250}@example.com", "password": PASSWORD}, (400, "validation_failed")),
        ({"email": "a@example.com\n", "password": PASSWORD}, (400, "validation_failed")),
        ({"phone": "15005550006", "password": PASSWORD}, (400, "phone_provider_disabled")),
        ({"email": "a@example.com", "phone": "1", "password": PASSWORD}, (400, "validation_failed")),
        ({"email": 5, "password": PASSWORD}, (400, "bad_json")),
        ({"email": "a@example.com", "password": PASSWORD, "data": "text"}, (400, "bad_json")),
        ({"email": "a@example.com", "password": PASSWORD, "data": {"x": "\x00"}}, (400, "bad_json")),
        ({"email": "a@example.com", "password": PASSWORD, "code_challenge": "x" * 43}, (400, "validation_failed")),
    ],
)
def test_unusable_sign_ups_are_refused(api: Api, body: dict[str, object], expected: tuple[int, str]) -> None:
    assert error_of(api.post("/signup", body)) == expected


def test_weak_passwords_are_named_with_reasons(auth_stack: StackInfo, tmp_path: Path) -> None:
    settings = {"minimum_password_length": 10, "password_requirements": "lower_upper_letters_digits"}
    with room_with(auth_stack, tmp_path, settings) as room:
        answer = room.post("/signup", json={"email": new_email(), "password": "only low"})
    assert error_of(answer) == (422, "weak_password")
    assert answer.json()["weak_password"] == {"reasons": ["length", "characters"]}


def test_a_closed_project_takes_nobody(auth_stack: StackInfo, tmp_path: Path) -> None:
    with room_with(auth_stack, tmp_path, {"enable_signup": False}) as room:
        answer = room.post("/signup", json={"email": new_email(), "password": PASSWORD})
        link = room.post("/otp", json={"email": new_email()})
    assert error_of(answer) == error_of(link) == (422, "signup_disabled")
