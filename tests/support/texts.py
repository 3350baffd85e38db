"""Twilio's webhooks as Twilio sends them: real field names, signed with the account's token."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import httpx
from twilio.request_validator import RequestValidator

from tests.support.companies import TwilioAccount
from tests.support.stack import RunningStack


def new_sid(prefix: str = "SM") -> str:
    """Return a fresh Twilio id: two letters and 32 hexadecimal digits."""
    return prefix + secrets.token_hex(16)


def inbound_text(account: TwilioAccount, sender: str, body: str, **fields: str) -> dict[str, str]:
    """Return the form of an inbound text to the account's first number; ``fields`` replaces or adds."""
    sid = new_sid()
    return {
        "ToCountry": "US",
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "SmsSid": sid,
        "SmsStatus": "received",
        "Body": body,
        "To": account.numbers[0],
        "NumSegments": "1",
        "MessageSid": sid,
        "AccountSid": account.sid,
        "From": sender,
        "ApiVersion": "2010-04-01",
        **fields,
    }


def delivery_status(account: TwilioAccount, sid: str, status: str, **fields: str) -> dict[str, str]:
    """Return the form of a status callback for a text that the account sent."""
    return {
        "SmsSid": sid,
        "SmsStatus": status,
        "MessageStatus": status,
        "MessageSid": sid,
        "AccountSid": account.sid,
        "From": account.numbers[0],
        "ApiVersion": "2010-04-01",
        **fields,
    }


def post_signed(stack: RunningStack, tenant: object, path: str, form: Mapping[str, str], token: str) -> httpx.Response:
    """Post a form to ``/api/twilio/webhook/<tenant>/<path>`` with the signature that ``token`` gives it."""
    address = f"/api/twilio/webhook/{tenant}/{path}"
    signed_url = stack.settings_env["FIELDLITE_PUBLIC_URL"] + address
    signature = RequestValidator(token).compute_signature(signed_url, dict(form))
    headers = {"X-Twilio-Signature": signature, "I-Twilio-Idempotency-Token": secrets.token_hex(16)}
    return httpx.post(stack.service_url + address, data=dict(form), headers=headers, timeout=20)
