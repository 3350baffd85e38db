"""Second factors: enrolling an authenticator app, proving it, and what its sessions may do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.embedded.auth.support import PASSWORD, Api, Authenticator, error_of, room_with


@pytest.fixture
def person(api: Api) -> Authenticator:
    """Somebody signed in by password."""
    return Authenticator(api, api.sign_in(api.user()["email"]))


@pytest.fixture
def proved(person: Authenticator) -> Authenticator:
    """Somebody who has just enrolled and verified an app."""
    person.enroll()
    assert person.verify(person.code()).status_code == 200
    return person


def another_device(person: Authenticator) -> Authenticator:
    """Sign the same person in elsewhere."""
    return Authenticator(person.api, person.api.sign_in(person.session["user"]["email"]), person.factor)


def test_enrolling_shows_the_secret_once(person: Authenticator) -> None:
    factor = person.enroll()
    assert set(factor) == {"id", "type", "friendly_name", "totp"}
    assert (factor["type"], factor["friendly_name"]) == ("totp", "phone")
    assert factor["totp"]["qr_code"].startswith("<svg ")
    assert factor["totp"]["uri"].startswith("otpauth://totp/127.0.0.1%3A3000:person-")
    assert f"secret={factor['totp']['secret']}" in factor["totp"]["uri"]
    [listed] = person.call("GET", "/user").json()["factors"]
    assert (listed["id"], listed["status"], listed["factor_type"]) == (factor["id"], "unverified", "totp")
    assert "secret" not in listed
    assert person.claims()["aal"] == "aal1"


def test_an_issuer_can_be_chosen(person: Authenticator) -> None:
    answer = person.call("POST", "/factors", {"factor_type": "totp", "issuer": "Ridgeline"}).json()
    assert answer["totp"]["uri"].startswith("otpauth://totp/Ridgeline:")
    assert person.call("POST", "/factors", {"factor_type": "totp", "issuer": "x" * 3000}).status_code == 500


def test_the_right_code_raises_the_session(person: Authenticator) -> None:
    person.enroll()
    before = person.claims()
    answer = person.verify(person.code())
    assert answer.status_code == 200
    claims = person.claims()
    assert (claims["aal"], claims["session_id"]) == ("aal2", before["session_id"])
    assert {entry["method"] for entry in claims["amr"]} == {"password", "totp"}
    assert [factor["status"] for factor in answer.json()["user"]["factors"]] == ["verified"]
    with psycopg.connect(person.api.info.database_url) as connection:
        row = connection.execute(
            "select aal::text, factor_id::text from auth.sessions where id = %s", (claims["session_id"],)
        ).fetchone()
    assert row == ("aal2", person.factor["id"])


def test_a_raised_session_stays_raised_when_it_is_refreshed(proved: Authenticator) -> None:
    proved.session = proved.api.refresh(proved.session["refresh_token"]).json()
    assert proved.claims()["aal"] == "aal2"


def test_verifying_ends_the_sessions_that_have_not_proved_it(person: Authenticator) -> None:
    elsewhere = another_device(person)
    person.enroll()
    person.verify(person.code())
    assert error_of(elsewhere.call("GET", "/user")) == (403, "session_not_found")
    assert error_of(person.api.refresh(elsewhere.session["refresh_token"])) == (400, "refresh_token_not_found")


def test_verifying_removes_factors_that_were_never_finished(person: Authenticator) -> None:
    person.enroll("begun")
    person.enroll("finished")
    person.verify(person.code())
    factors = person.call("GET", "/user").json()["factors"]
    assert [(factor["friendly_name"], factor["status"]) for factor in factors] == [("finished", "verified")]


@pytest.mark.parametrize("code", ["000000", "12345", "abcdef", "\uff11\uff12\uff13\uff14\uff15\uff16"])
def test_a_wrong_code_changes_nothing(person: Authenticator, code: str) -> None:
    person.enroll()
    answer = person.verify(code)
    assert error_of(answer) == (422, "mfa_verification_failed")
    assert answer.json()["msg"] == "Invalid TOTP code entered"
    assert person.call("GET", "/user").json()["factors"][0]["status"] == "unverified"


def test_a_code_of_a_clock_that_is_a_little_wrong_counts(proved: Authenticator) -> None:
    assert error_of(another_device(proved).verify(proved.code(3))) == (422, "mfa_verification_failed")
    assert another_device(proved).verify(proved.code(1)).status_code == 200


def test_a_code_counts_once(proved: Authenticator) -> None:
    code = proved.code(1)
    assert another_device(proved).verify(code).status_code == 200
    assert error_of(another_device(proved).verify(code)) == (422, "mfa_verification_failed")


def test_of_two_devices_with_the_same_code_one_gets_in(proved: Authenticator) -> None:
    code = proved.code(1)
    devices = [another_device(proved) for _ in range(2)]
    with ThreadPoolExecutor(2) as threads:
        statuses = sorted(threads.map(lambda device: device.verify(code).status_code, devices))
    assert statuses[0] == 200
    assert statuses[1] in {403, 422}


def test_a_challenge_can_be_answered_once_and_from_where_it_was_asked_for(proved: Authenticator) -> None:
    challenge = proved.challenge()
    assert proved.verify(proved.code(1), challenge).status_code == 200
    assert error_of(proved.verify(proved.code(-1), challenge)) == (422, "mfa_ip_address_mismatch")
    challenge, proved.address = proved.challenge(), "2001:db8::ffff"
    assert error_of(proved.verify(proved.code(-1), challenge)) == (422, "mfa_ip_address_mismatch")


def test_a_challenge_expires_after_five_minutes(person: Authenticator) -> None:
    person.enroll()
    challenge = person.challenge()
    with psycopg.connect(person.api.info.admin_url) as connection:
        connection.execute(
            "update auth.mfa_challenges set created_at = created_at - interval '301 seconds' where id = %s",
            (challenge,),
        )
    assert error_of(person.verify(person.code(), challenge)) == (422, "mfa_challenge_expired")
    assert error_of(person.verify(person.code(), challenge)) == (422, "mfa_factor_not_found")


def test_malformed_requests_are_refused(person: Authenticator) -> None:
    factor = person.enroll()["id"]
    verify = f"/factors/{factor}/verify"
    assert error_of(person.call("POST", verify, {"code": "", "challenge_id": str(uuid4())})) == (
        400,
        "validation_failed",
    )
    assert error_of(person.call("POST", verify, {"code": "1", "challenge_id": "x"})) == (400, "bad_json")
    assert error_of(person.call("POST", verify, {"code": "1"})) == (422, "mfa_factor_not_found")
    assert error_of(person.call("POST", "/factors/x/challenge")) == (404, "validation_failed")
    assert error_of(person.call("POST", "/factors", {"factor_type": "carrier pigeon"})) == (400, "validation_failed")
    assert error_of(person.call("POST", "/factors", {"factor_type": "phone"})) == (422, "mfa_phone_enroll_not_enabled")
    assert error_of(person.api.call("POST", "/factors", {})) == (403, "bad_jwt")


def test_nobody_can_use_the_factor_of_somebody_else(api: Api, person: Authenticator) -> None:
    factor = person.enroll()["id"]
    stranger = Authenticator(api, api.sign_in(api.user()["email"]))
    for method, path in (("POST", "challenge"), ("POST", "verify"), ("DELETE", "")):
        answer = stranger.call(method, f"/factors/{factor}/{path}".rstrip("/"), {})
        assert error_of(answer) == (404, "mfa_factor_not_found")
    assert person.call("POST", f"/factors/{factor}/challenge").status_code == 200


def test_names_are_unique_for_each_person(api: Api, person: Authenticator) -> None:
    person.enroll("phone")
    answer = person.call("POST", "/factors", {"factor_type": "totp", "friendly_name": "phone"})
    assert error_of(answer) == (422, "mfa_factor_name_conflict")
    assert answer.json()["msg"] == 'A factor with the friendly name "phone" for this user already exists'
    assert Authenticator(api, api.sign_in(api.user()["email"])).enroll("phone")


def test_there_is_a_largest_number_of_factors(person: Authenticator) -> None:
    with ThreadPoolExecutor(4) as threads:
        bodies = [{"factor_type": "totp", "friendly_name": str(number)} for number in range(4)]
        answers = list(threads.map(lambda body: person.call("POST", "/factors", body), bodies))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 422]
    assert {answer.json().get("error_code") for answer in answers} == {None, "too_many_enrolled_mfa_factors"}


def test_factors_that_were_begun_long_ago_are_forgotten(person: Authenticator) -> None:
    old = person.enroll("old")["id"]
    with psycopg.connect(person.api.info.admin_url) as connection:
        connection.execute(
            "update auth.mfa_factors set created_at = created_at - interval '301 seconds' where id = %s", (old,)
        )
    person.enroll("new")
    assert [factor["friendly_name"] for factor in person.call("GET", "/user").json()["factors"]] == ["new"]


def test_another_factor_or_password_or_address_takes_the_second_factor(proved: Authenticator) -> None:
    lower = another_device(proved)
    assert error_of(lower.call("POST", "/factors", {"factor_type": "totp"})) == (403, "insufficient_aal")
    for change in ({"password": "another password"}, {"password": PASSWORD}, {"email": "new@example.com"}):
        assert error_of(lower.call("PUT", "/user", change)) == (401, "insufficient_aal")
    assert error_of(lower.call("DELETE", f"/factors/{proved.factor['id']}")) == (422, "insufficient_aal")
    assert lower.call("PUT", "/user", {"data": {"size": 1}}).status_code == 200
    assert proved.call("PUT", "/user", {"password": "another password"}).status_code == 200


def test_removing_the_last_factor_lowers_the_session_with_its_next_token(proved: Authenticator) -> None:
    answer = proved.call("DELETE", f"/factors/{proved.factor['id']}")
    assert answer.json() == {"id": proved.factor["id"]}
    assert proved.claims()["aal"] == "aal2"
    proved.session = proved.api.refresh(proved.session["refresh_token"]).json()
    assert (proved.claims()["aal"], [entry["method"] for entry in proved.claims()["amr"]]) == ("aal1", ["password"])
    assert "factors" not in proved.session["user"]


def test_an_unfinished_factor_can_be_removed_by_anybody_signed_in(proved: Authenticator) -> None:
    begun = proved.enroll("second")["id"]
    assert another_device(proved).call("DELETE", f"/factors/{begun}").status_code == 200


@pytest.mark.parametrize("setting", ["enroll_enabled", "verify_enabled"])
def test_a_project_may_switch_factors_off(person: Authenticator, tmp_path: Path, setting: str) -> None:
    factor = person.enroll()["id"]
    totp = {"enroll_enabled": True, "verify_enabled": True} | {setting: False}
    headers = {"authorization": f"Bearer {person.session['access_token']}"}
    with room_with(person.api.info, tmp_path, {"mfa": {"totp": totp}}) as room:
        enrolled = room.post("/factors", json={"factor_type": "totp", "friendly_name": "x"}, headers=headers)
        challenged = room.post(f"/factors/{factor}/challenge", headers=headers)
        verified = room.post(f"/factors/{factor}/verify", json={"code": "1"}, headers=headers)
    if setting == "enroll_enabled":
        assert error_of(enrolled) == (422, "mfa_totp_enroll_not_enabled")
        assert challenged.status_code == 200
    else:
        assert enrolled.status_code == 200
        assert error_of(challenged) == error_of(verified) == (422, "mfa_totp_verify_not_enabled")


def test_codes_cannot_be_guessed(person: Authenticator) -> None:
    person.enroll()
    challenge = person.challenge()
    answers = [person.verify("000000", challenge) for _ in range(32)]
    assert error_of(answers[0]) == (422, "mfa_verification_failed")
    assert error_of(answers[-1]) == (429, "over_request_rate_limit")


def test_admins_list_rename_and_delete_factors(proved: Authenticator) -> None:
    api, user_id, factor_id = proved.api, proved.session["user"]["id"], proved.factor["id"]
    path, admin = f"/admin/users/{user_id}/factors", api.info.keys.service_role
    [listed] = api.call("GET", path, token=admin).json()
    assert (listed["id"], listed["status"]) == (factor_id, "verified")
    assert (
        api.call("PUT", f"{path}/{factor_id}", {"friendly_name": "work"}, token=admin).json()["friendly_name"] == "work"
    )
    assert error_of(api.call("GET", path, token=proved.session["access_token"])) == (403, "not_admin")
    assert error_of(api.call("DELETE", f"{path}/{uuid4()}", token=admin)) == (404, "mfa_factor_not_found")
    assert api.call("DELETE", f"{path}/{factor_id}", token=admin).json()["id"] == factor_id
    assert api.call("GET", path, token=admin).json() == []
