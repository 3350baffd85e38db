"""POST /recover, /otp, /magiclink and /resend."""

from __future__ import annotations

import pytest

from tests.embedded.auth.support import PASSWORD, Api, error_of, mails_to, new_email


def test_a_recovery_link_signs_in_to_choose_a_new_password(api: Api) -> None:
    user = api.user()
    elsewhere = api.sign_in(user["email"])
    assert api.post("/recover", {"email": user["email"]}).json() == {}
    [mail] = mails_to(api.info, user["email"])
    session = api.post("/verify", {"type": "recovery", "token_hash": mail.token_hash}).json()
    changed = api.call("PUT", "/user", {"password": "a new password"}, token=session["access_token"])
    assert changed.status_code == 200
    assert api.sign_in(user["email"], "a new password")
    assert error_of(api.refresh(elsewhere["refresh_token"])) == (400, "refresh_token_not_found")


def test_recovering_an_unconfirmed_address_confirms_it(api: Api) -> None:
    email = new_email()
    api.post("/signup", {"email": email, "password": PASSWORD})
    api.post("/recover", {"email": email})
    mail = mails_to(api.info, email)[0]
    answer = api.post("/verify", {"type": "recovery", "email": email, "token": mail.code}).json()
    assert answer["user"]["email_confirmed_at"]


@pytest.mark.parametrize(
    ("path", "body"), [("/recover", {}), ("/resend", {"type": "signup"}), ("/resend", {"type": "email_change"})]
)
def test_an_unknown_address_gets_the_same_answer_and_no_mail(api: Api, path: str, body: dict[str, str]) -> None:
    email = new_email()
    answer = api.post(path, body | {"email": email})
    assert (answer.status_code, answer.json()) == (200, {})
    assert mails_to(api.info, email) == []


@pytest.mark.parametrize("path", ["/otp", "/magiclink"])
def test_a_magic_link_signs_a_known_person_in(api: Api, path: str) -> None:
    user = api.user()
    assert api.post(path, {"email": user["email"]}).json() == {}
    [mail] = mails_to(api.info, user["email"])
    session = api.post("/verify", {"type": "magiclink", "token_hash": mail.token_hash}).json()
    assert session["user"]["id"] == user["id"]


def test_a_magic_link_registers_a_new_person(api: Api) -> None:
    email = new_email()
    api.post("/otp", {"email": email, "data": {"name": "New"}})
    [mail] = mails_to(api.info, email)
    session = api.post("/verify", {"type": "email", "email": email, "token": mail.code}).json()
    assert session["user"]["user_metadata"]["name"] == "New"


def test_a_magic_link_for_known_people_only_registers_nobody(api: Api) -> None:
    answer = api.post("/otp", {"email": new_email(), "create_user": False})
    assert error_of(answer) == (422, "otp_disabled")


def test_a_sign_up_mail_can_be_sent_again(api: Api) -> None:
    email = new_email()
    api.post("/signup", {"email": email, "password": PASSWORD})
    assert api.post("/resend", {"type": "signup", "email": email}).json() == {}
    newest, _ = mails_to(api.info, email)
    assert api.post("/verify", {"type": "signup", "token_hash": newest.token_hash}).status_code == 200
    api.post("/resend", {"type": "signup", "email": email})
    assert len(mails_to(api.info, email)) == 2


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("/recover", {}, (400, "validation_failed")),
        ("/recover", {"email": "x"}, (400, "validation_failed")),
        ("/magiclink", {}, (400, "validation_failed")),
        ("/otp", {}, (400, "validation_failed")),
        ("/otp", {"phone": "1"}, (501, "not_implemented")),
        ("/otp", {"email": "a@example.com", "phone": "1"}, (400, "validation_failed")),
        ("/otp", {"email": "a@example.com", "channel": "sms"}, (400, "validation_failed")),
        ("/resend", {"email": "a@example.com"}, (400, "validation_failed")),
        ("/resend", {"type": "signup"}, (400, "validation_failed")),
        ("/resend", {"type": "sms", "phone": "1"}, (501, "not_implemented")),
        ("/resend", {"type": "signup", "email": "a@example.com", "phone": "1"}, (400, "validation_failed")),
    ],
)
def test_unusable_requests_for_mails_are_refused(
    api: Api, path: str, body: dict[str, str], expected: tuple[int, str]
) -> None:
    assert error_of(api.post(path, body)) == expected
