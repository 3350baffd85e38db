"""The sandbox's REST API, asked by the official SDK: it answers as Twilio does."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException

from service.telephony.client import twilio_client
from tests.sandbox.running import Sandbox, wait_for
from tests.support.companies import DEMO_ACCOUNT, SECOND_ACCOUNT

COMPANY = DEMO_ACCOUNT.numbers[0]
CUSTOMER = "+13035550142"


def test_an_account_is_fetched_with_its_own_credentials(client: Any) -> None:
    account = client.api.v2010.accounts(DEMO_ACCOUNT.sid).fetch()
    assert (account.sid, account.status, account.friendly_name) == (DEMO_ACCOUNT.sid, "active", "Sandbox account 1")


@pytest.mark.parametrize(("sid", "token"), [(DEMO_ACCOUNT.sid, "wrong"), ("AC" + "9" * 32, DEMO_ACCOUNT.token)])
def test_wrong_credentials_are_refused_with_20003(sandbox: Sandbox, sid: str, token: str) -> None:
    with twilio_client(sandbox.url, sid, token) as client, pytest.raises(TwilioRestException) as refusal:
        client.api.v2010.accounts(sid).fetch()
    assert (refusal.value.status, refusal.value.code) == (401, 20003)


def test_another_accounts_resources_do_not_exist(client: Any, sandbox: Sandbox) -> None:
    with twilio_client(sandbox.url, SECOND_ACCOUNT.sid, SECOND_ACCOUNT.token) as other:
        theirs = other.messages.create(to=CUSTOMER, from_=SECOND_ACCOUNT.numbers[0], body="Hi")
    for ask in (client.api.v2010.accounts(SECOND_ACCOUNT.sid).fetch, client.messages(theirs.sid).fetch):
        with pytest.raises(TwilioRestException) as refusal:
            ask()
        assert (refusal.value.status, refusal.value.code) == (404, 20404)


def test_a_number_keeps_the_addresses_that_it_is_given(client: Any) -> None:
    number = client.incoming_phone_numbers.list(phone_number=COMPANY)[0]
    number.update(sms_url="https://crm.example/sms#rc=5", sms_fallback_url="https://crm.example/other")
    again = client.incoming_phone_numbers(number.sid).fetch()
    assert (again.sms_url, again.sms_fallback_url) == ("https://crm.example/sms#rc=5", "https://crm.example/other")
    assert (again.sms_method, again.phone_number) == ("POST", COMPANY)


def test_a_text_goes_from_queued_to_delivered(client: Any, sandbox: Sandbox) -> None:
    message = client.messages.create(to=CUSTOMER, from_=COMPANY, body="On our way")
    assert (message.status, message.direction, message.num_segments) == ("queued", "outbound-api", "1")
    wait_for(lambda: client.messages(message.sid).fetch().status == "delivered")
    assert [text["body"] for text in sandbox.texts_on(CUSTOMER)] == ["On our way"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": "+1303"}, 21211),
        ({"to": "+13035550001"}, 21211),
        ({"to": "+13035550004"}, 21610),
        ({"to": "+13035550009"}, 21614),
        ({"from_": "+13035559999"}, 21606),
        ({"from_": SECOND_ACCOUNT.numbers[0]}, 21606),
        ({"body": ""}, 21602),
        ({"body": "x" * 1601}, 21617),
    ],
)
def test_a_text_that_cannot_go_is_refused_with_twilios_code(client: Any, fields: dict[str, str], code: int) -> None:
    with pytest.raises(TwilioRestException) as refusal:
        client.messages.create(**{"to": CUSTOMER, "from_": COMPANY, "body": "Hi", **fields})
    assert (refusal.value.status, refusal.value.code) == (400, code)
    assert client.messages.list() == []


def test_a_landline_is_accepted_and_ends_undelivered(client: Any, sandbox: Sandbox) -> None:
    message = client.messages.create(to="+13035550006", from_=COMPANY, body="Hi")
    wait_for(lambda: client.messages(message.sid).fetch().status == "undelivered")
    assert client.messages(message.sid).fetch().error_code == 30006
    assert sandbox.texts_on("+13035550006") == []


def test_messages_are_listed_over_several_pages_newest_first(client: Any) -> None:
    for number in range(5):
        client.messages.create(to=CUSTOMER, from_=COMPANY, body=str(number))
    client.messages.create(to="+13035550143", from_=COMPANY, body="somebody else's")
    assert [message.body for message in client.messages.list(to=CUSTOMER, page_size=2)] == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    ("fault", "status", "code", "taken"),
    [
        ("rate_limited", 429, 20429, False),
        ("unavailable", 503, 20503, False),
        ("server_error", 500, 20500, False),
        ("server_error_after_accepting", 500, 20500, True),
    ],
)
def test_the_api_fails_on_demand(
    client: Any, sandbox: Sandbox, fault: str, status: int, code: int, *, taken: bool
) -> None:
    sandbox.switch(api_fault=fault, api_faults=1)
    with pytest.raises(TwilioRestException) as failure:
        client.messages.create(to=CUSTOMER, from_=COMPANY, body="first")
    assert (failure.value.status, failure.value.code) == (status, code)
    assert bool(client.messages.list()) is taken
    assert client.messages.create(to=CUSTOMER, from_=COMPANY, body="second").sid


def test_what_the_sandbox_does_not_play_is_said(client: Any) -> None:
    with pytest.raises(TwilioException, match="does not play GET"):
        client.calls.list()
    with pytest.raises(TwilioException, match="the sandbox has no filter DateSent"):
        client.messages.list(date_sent="2026-01-01")


def test_requests_are_logged_without_credentials(client: Any, sandbox: Sandbox) -> None:
    client.messages.create(to=CUSTOMER, from_=COMPANY, body="Hi")
    log = sandbox.get("requests")["requests"]
    assert [(entry["method"], entry["answer_status"], entry["parameters"]["Body"]) for entry in log] == [
        ("POST", 201, "Hi")
    ]
    assert DEMO_ACCOUNT.token not in str(log)


def test_a_rotated_token_is_needed_from_then_on(client: Any, sandbox: Sandbox) -> None:
    answer = httpx.put(f"{sandbox.url}/control/accounts/{DEMO_ACCOUNT.sid}/token", json={"auth_token": "new-token"})
    assert answer.status_code == 204
    with pytest.raises(TwilioException, match="20003"):
        client.messages.list()
    with twilio_client(sandbox.url, DEMO_ACCOUNT.sid, "new-token") as rotated:
        assert rotated.messages.list() == []
