"""An owner connects the company's Twilio account: tested first, kept encrypted, shown masked."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from tests.service.processes import running_service
from tests.support.companies import SECOND_ACCOUNT, THIRD_ACCOUNT, Company, add_number, new_company, some_number
from tests.support.people import Person, demo_person, new_person
from tests.support.stack import RunningStack
from tests.support.texts import inbound_text, post_signed

NOTHING = {
    "configured": False,
    "account_sid_last4": None,
    "auth_token_last4": None,
    "has_next_auth_token": False,
    "verified_at": None,
    "encryption_key_id": None,
}
GOOD = {"account_sid": SECOND_ACCOUNT.sid, "auth_token": SECOND_ACCOUNT.token}


class Api:
    """Our API in one person's name."""

    def __init__(self, stack: RunningStack, person: Person) -> None:
        self.http = httpx.Client(base_url=f"{stack.service_url}/api/v1", headers=person.headers, timeout=20)

    def call(self, method: str, path: str = "", body: Any = None) -> httpx.Response:
        return self.http.request(method, f"/twilio-settings{path}", json=body)


@pytest.fixture
def company(stack: RunningStack) -> Company:
    return new_company(stack, "Settings Company")


@pytest.fixture
def owner(stack: RunningStack, company: Company) -> Iterator[Api]:
    api = Api(stack, company.owner)
    with api.http:
        yield api


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, str(answer.json()["code"])


def configured_url(stack: RunningStack) -> str:
    """Where the sandbox's second account sends the texts of its number."""
    listing = httpx.get(
        f"{stack.sandbox_url}/2010-04-01/Accounts/{SECOND_ACCOUNT.sid}/IncomingPhoneNumbers.json",
        auth=(SECOND_ACCOUNT.sid, SECOND_ACCOUNT.token),
    ).raise_for_status()
    return str(listing.json()["incoming_phone_numbers"][0]["sms_url"])


def test_from_nothing_to_kept_and_gone(stack: RunningStack, owner: Api, company: Company) -> None:
    assert owner.call("GET").json() == NOTHING
    assert code(owner.call("POST", "/test")) == (422, "twilio_not_set_up")
    kept = owner.call("PUT", body=GOOD).raise_for_status()
    summary = kept.json()
    assert (summary["configured"], summary["account_sid_last4"], summary["auth_token_last4"]) == (
        True, SECOND_ACCOUNT.sid[-4:], SECOND_ACCOUNT.token[-4:],
    )  # fmt: skip
    assert owner.call("GET").json() == summary
    tested = owner.call("POST", "/test").raise_for_status()
    assert tested.json()["ok"] is True
    assert tested.json()["numbers"] == list(SECOND_ACCOUNT.numbers)
    assert SECOND_ACCOUNT.token not in kept.text + tested.text + stack.log("service")
    form = inbound_text(SECOND_ACCOUNT, some_number(), "before it is gone")
    assert post_signed(stack, company.tenant_id, "sms", form, SECOND_ACCOUNT.token).status_code == 200
    assert owner.call("DELETE").status_code == 204
    assert owner.call("GET").json() == NOTHING
    assert code(owner.call("POST", "/test")) == (422, "twilio_not_set_up")


def test_credentials_that_twilio_refuses_are_not_kept(owner: Api) -> None:
    for body in ({**GOOD, "auth_token": secrets.token_hex(16)}, {**GOOD, "account_sid": f"AC{secrets.token_hex(16)}"}):
        assert code(owner.call("PUT", body=body)) == (422, "twilio_refused")
        assert owner.call("GET").json() == NOTHING
    owner.call("PUT", body=GOOD).raise_for_status()
    before = owner.call("GET").json()
    owner.call("PUT", body={**GOOD, "auth_token": secrets.token_hex(16)})
    assert owner.call("GET").json() == before


@pytest.mark.parametrize(
    "changes",
    [
        {"account_sid": "SM" + "0" * 32},
        {"account_sid": ""},
        {"auth_token": "short"},
        {"auth_token": "é" * 32},
        {"x": 1},
    ],
)
def test_what_cannot_be_credentials_is_refused_unasked(owner: Api, changes: dict[str, object]) -> None:
    answer = owner.call("PUT", body={**GOOD, **changes})
    assert code(answer) == (422, "invalid_input")


def test_the_companys_numbers_in_the_account_are_pointed_at_us(
    stack: RunningStack, owner: Api, company: Company
) -> None:
    add_number(stack, company.owner, some_number())  # one that the account does not have
    owner.call("PUT", body=GOOD).raise_for_status()
    public = stack.settings_env["FIELDLITE_PUBLIC_URL"]
    assert str(company.tenant_id) not in configured_url(stack)  # its number is not the company's yet
    add_number(stack, company.owner, SECOND_ACCOUNT.numbers[0])
    owner.call("POST", "/connect-numbers").raise_for_status()
    assert configured_url(stack) == f"{public}/api/twilio/webhook/{company.tenant_id}/sms#rc=5&rp=all"


def test_a_next_token_is_kept_beside_the_current_one(stack: RunningStack, owner: Api, company: Company) -> None:
    following = secrets.token_hex(16)
    kept = owner.call("PUT", body={**GOOD, "next_auth_token": following}).raise_for_status()
    assert kept.json()["has_next_auth_token"] is True
    for token in (SECOND_ACCOUNT.token, following):
        form = inbound_text(SECOND_ACCOUNT, some_number(), "during a rotation")
        assert post_signed(stack, company.tenant_id, "sms", form, token).status_code == 200


def test_another_account_replaces_the_first(stack: RunningStack, owner: Api, company: Company) -> None:
    owner.call("PUT", body=GOOD).raise_for_status()
    owner.call("PUT", body={"account_sid": THIRD_ACCOUNT.sid, "auth_token": THIRD_ACCOUNT.token}).raise_for_status()
    for account, status in ((SECOND_ACCOUNT, 403), (THIRD_ACCOUNT, 200)):
        form = inbound_text(account, some_number(), "which account")
        answers = {post_signed(stack, company.tenant_id, "sms", form, account.token).status_code for _ in range(4)}
        assert status in answers
    assert owner.call("POST", "/test").json()["numbers"] == list(THIRD_ACCOUNT.numbers)


def test_nothing_is_kept_while_twilio_does_not_answer(
    stack: RunningStack, owner: Api, company: Company, tmp_path: Path
) -> None:
    nowhere = {**stack.settings_env, "FIELDLITE_TWILIO_API_BASE_URL": "http://127.0.0.1:9"}
    with running_service(nowhere, tmp_path / "service.log") as url:
        answer = httpx.put(f"{url}/api/v1/twilio-settings", json=GOOD, headers=company.owner.headers, timeout=20)
        assert code(answer) == (503, "twilio_unavailable")
        assert SECOND_ACCOUNT.token not in answer.text + (tmp_path / "service.log").read_text()
    assert owner.call("GET").json() == NOTHING


@pytest.mark.parametrize("role", ["dispatcher", "estimator", "tech", "bookkeeper"])
def test_only_owners_and_managers_may(stack: RunningStack, role: str) -> None:
    api = Api(stack, demo_person(stack, role))
    with api.http:
        for method, path, body in (("GET", "", None), ("PUT", "", GOOD), ("POST", "/test", None), ("DELETE", "", None)):
            assert code(api.call(method, path, body)) == (403, "not_allowed")
    manager = Api(stack, demo_person(stack, "manager"))
    with manager.http:
        assert manager.call("GET").json()["configured"] is True


def test_a_person_without_a_company_is_told_so(stack: RunningStack) -> None:
    api = Api(stack, new_person(stack))
    with api.http:
        assert code(api.call("GET")) == (403, "no_company")


@pytest.mark.parametrize("token", ["made-up", "e30.e30.c2ln"])
def test_a_token_that_is_none_opens_nothing(stack: RunningStack, company: Company, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    answer = httpx.get(f"{stack.service_url}/api/v1/twilio-settings", headers=headers)
    assert code(answer) == (401, "no_session")


def test_what_is_kept_is_ciphertext(
    owner: Api, company: Company, database: psycopg.Connection[tuple[object, ...]]
) -> None:
    owner.call("PUT", body=GOOD).raise_for_status()
    (row,) = database.execute(
        "select settings::text from public.twilio_settings as settings where tenant_id = %s", (company.tenant_id,)
    ).fetchall()
    for secret in (SECOND_ACCOUNT.sid, SECOND_ACCOUNT.token):
        assert secret not in str(row[0])
        assert secret.encode().hex() not in str(row[0])
