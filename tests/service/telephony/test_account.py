"""Accounts are verified and their numbers pointed at us, at the sandbox through the official SDK."""

from __future__ import annotations

from uuid import UUID

import pytest
import responses

from service.settings import Settings
from service.telephony.account import configure_numbers, verify_account
from service.telephony.client import TWILIO_API, twilio_client
from service.telephony.errors import TelephonyRefused, TelephonyUnavailable
from tests.sandbox.running import Sandbox
from tests.service.settings_values import make_settings
from tests.support.companies import DEMO_ACCOUNT

TENANT = UUID("3f0c9f0e-5a5e-4f0b-8a53-111111111111")
ACCOUNT_URL = f"{TWILIO_API}/2010-04-01/Accounts/{DEMO_ACCOUNT.sid}.json"
NUMBERS_URL = f"{TWILIO_API}/2010-04-01/Accounts/{DEMO_ACCOUNT.sid}/IncomingPhoneNumbers.json"


def test_an_account_that_twilio_accepts_is_described(configured: Settings) -> None:
    account = verify_account(configured, DEMO_ACCOUNT.sid, DEMO_ACCOUNT.token)
    assert (account.name, account.numbers) == ("Sandbox account 1", ["+13035550100"])


@pytest.mark.parametrize(("sid", "token"), [(DEMO_ACCOUNT.sid, "wrong"), ("AC" + "9" * 32, DEMO_ACCOUNT.token)])
def test_credentials_that_twilio_refuses_are_refused_with_its_code(configured: Settings, sid: str, token: str) -> None:
    with pytest.raises(TelephonyRefused) as refusal:
        verify_account(configured, sid, token)
    assert (refusal.value.code, refusal.value.message) == (20003, "Authenticate")
    with pytest.raises(TelephonyRefused):
        configure_numbers(configured, sid, token, TENANT, ["+13035550100"])


def test_an_account_that_is_not_active_is_refused() -> None:
    with responses.RequestsMock() as twilio:
        twilio.get(ACCOUNT_URL, json={"sid": DEMO_ACCOUNT.sid, "status": "suspended"})
        with pytest.raises(TelephonyRefused, match="suspended"):
            verify_account(make_settings(), DEMO_ACCOUNT.sid, "token")


@pytest.mark.parametrize(("status", "body"), [(500, "{}"), (503, "gateway says no"), (429, '{"code": 20429}')])
def test_a_twilio_that_cannot_answer_is_unavailable(status: int, body: str) -> None:
    with responses.RequestsMock() as twilio:
        twilio.get(ACCOUNT_URL, status=status, body=body)
        with pytest.raises(TelephonyUnavailable):
            verify_account(make_settings(), DEMO_ACCOUNT.sid, "token")


def test_a_twilio_that_fails_half_way_is_unavailable() -> None:
    with responses.RequestsMock() as twilio:
        twilio.get(ACCOUNT_URL, json={"sid": DEMO_ACCOUNT.sid, "status": "active", "friendly_name": "A"})
        twilio.get(NUMBERS_URL, status=502, body="<html>")
        with pytest.raises(TelephonyUnavailable):
            verify_account(make_settings(), DEMO_ACCOUNT.sid, "token")


def test_an_address_where_nobody_listens_is_unavailable() -> None:
    with pytest.raises(TelephonyUnavailable):
        verify_account(make_settings(twilio_api_base_url="http://127.0.0.1:9"), DEMO_ACCOUNT.sid, "token")


def test_numbers_are_pointed_at_our_webhook_with_retries_and_a_fallback(configured: Settings) -> None:
    configure_numbers(configured, DEMO_ACCOUNT.sid, DEMO_ACCOUNT.token, TENANT, ["+13035550100", "+13035559999"])
    with twilio_client(configured.twilio_api_base_url, DEMO_ACCOUNT.sid, DEMO_ACCOUNT.token) as client:
        number = client.incoming_phone_numbers.list()[0]
    address = f"http://crm.test:8000/api/twilio/webhook/{TENANT}/sms"
    assert number.sms_url == f"{address}#rc=5&rp=all"
    assert number.sms_fallback_url == f"{address}?fallback=1#rc=5&rp=all"
    assert (number.sms_method, number.sms_fallback_method) == ("POST", "POST")


def test_numbers_that_are_right_already_are_left_alone(configured: Settings, sandbox: Sandbox) -> None:
    for _ in range(2):
        configure_numbers(configured, DEMO_ACCOUNT.sid, DEMO_ACCOUNT.token, TENANT, ["+13035550100"])
    methods = [entry["method"] for entry in sandbox.get("requests")["requests"]]
    assert methods == ["GET", "POST", "GET"]


def test_numbers_that_are_not_the_companys_are_left_alone(configured: Settings, sandbox: Sandbox) -> None:
    configure_numbers(configured, DEMO_ACCOUNT.sid, DEMO_ACCOUNT.token, TENANT, [])
    assert [entry["method"] for entry in sandbox.get("requests")["requests"]] == ["GET"]
