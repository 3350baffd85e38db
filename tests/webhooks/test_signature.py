"""Twilio's signature, made here by Twilio's own SDK."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from service.urls import TWILIO_OVERRIDES
from webhooks.twilio import signature
from webhooks.twilio.form import Form, readings
from webhooks.twilio.signature import Signed, signed_form

URL = "https://crm.ridgeline.test/api/twilio/webhook/0d3f9b0e-6a7c-4bb4-8df3-6f9d9f3f2a11/sms"
FIELDS = {"Body": "Hi & bye = 🔧", "From": "+13035550142", "Empty": ""}
TOKEN, OTHER = "t" * 32, "o" * 32


def sign(url: str, fields: dict[str, str], token: str = TOKEN) -> str:
    return str(RequestValidator(token).compute_signature(url, fields))


def signed(made: str, url: str = URL, body: bytes | None = None) -> Signed:
    return Signed(url, list(readings(urlencode(FIELDS).encode() if body is None else body)), made)


def test_the_right_signature_returns_the_form_that_was_signed() -> None:
    form = signed_form(signed(sign(URL, FIELDS)), [TOKEN])
    assert form is not None
    assert form.to_dict() == FIELDS


def test_the_fragment_may_or_may_not_be_signed() -> None:
    assert signed_form(signed(sign(URL + TWILIO_OVERRIDES, FIELDS)), [TOKEN]) is not None


def test_the_next_token_counts_as_well() -> None:
    made = sign(URL, FIELDS)
    assert signed_form(signed(made), [OTHER, TOKEN]) is not None
    assert signed_form(signed(made), [TOKEN, OTHER]) is not None


def test_the_query_is_part_of_what_is_signed_as_it_was_sent() -> None:
    url = URL + "?b=%7e&a=1&a"
    assert signed_form(signed(sign(url, FIELDS), url), [TOKEN]) is not None
    assert signed_form(signed(sign(url, FIELDS), URL + "?a=1&b=%7e&a"), [TOKEN]) is None


@pytest.mark.parametrize(
    "made",
    ["", "AAAA", sign(URL, FIELDS, OTHER), sign(URL, {**FIELDS, "Body": "changed"}), sign(URL + "x", FIELDS), "é" * 28],
)
def test_anything_else_is_refused(made: str) -> None:
    assert signed_form(signed(made), [TOKEN]) is None


def test_nobodys_token_opens_nothing() -> None:
    made = sign(URL, FIELDS, signature._NOBODYS_TOKEN)  # noqa: SLF001
    assert signed_form(signed(made), []) is None
    assert signed_form(signed(made), [TOKEN]) is None


def test_a_sender_that_writes_latin1_is_understood() -> None:
    form = signed_form(signed(sign(URL, {"Body": "café"}), body=b"Body=caf%E9"), [TOKEN])
    assert form is not None
    assert form["Body"] == "café"


@pytest.mark.parametrize("tokens", [[], [TOKEN], [TOKEN, OTHER]])
def test_a_refusal_takes_the_same_work_whoever_is_asked_for(monkeypatch: pytest.MonkeyPatch, tokens: list[str]) -> None:
    computed = []
    compute = RequestValidator.compute_signature

    def counting(self: RequestValidator, uri: str, params: Form, algorithm: str | None = None) -> str:
        computed.append(uri)
        return str(compute(self, uri, params, algorithm))

    monkeypatch.setattr(RequestValidator, "compute_signature", counting)
    assert signed_form(signed("forged"), tokens) is None
    assert len(computed) == 8  # two tokens, two forms of the address, each with and without the port
