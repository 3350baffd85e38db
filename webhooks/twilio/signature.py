"""Twilio's signature: HMAC-SHA1, with the company's auth token, over the address that Twilio was given and the form.

The address is the configured public one; the Host header is the sender's claim. Always on, in every environment.
https://www.twilio.com/docs/usage/webhooks/webhooks-security
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twilio.request_validator import RequestValidator

from service.urls import TWILIO_OVERRIDES
from webhooks.twilio.form import Form

_MOST_TOKENS = 2
_NOBODYS_TOKEN = "nobody-has-this-token-and-no-signature-made-with-it-is-accepted"  # noqa: S105


@dataclass(frozen=True, repr=False)
class Signed:
    """What a signature covers, as received.

    `url`: the configured address with the raw query. `forms`: the readings of the body, one of which was signed (one
    empty reading for a GET, whose fields are in the address). `signature`: the header, empty when missing.
    """

    url: str
    forms: Sequence[Form]
    signature: str


def signed_form(request: Signed, tokens: Sequence[str]) -> Form | None:
    """The reading of the form that was signed with one of the tokens, or None.

    A mismatch takes the same work for no, one or two tokens, so an unknown company, a wrong token and a forged
    signature cannot be told apart by their time. A number's URL carries connection overrides in its fragment; whether
    they are part of what is signed is not documented, so both forms are accepted.
    """
    known = tokens[:_MOST_TOKENS]
    for token in (*known, *[_NOBODYS_TOKEN] * (_MOST_TOKENS - len(known))):
        validator = RequestValidator(token)
        for url in (request.url, request.url + TWILIO_OVERRIDES):
            for form in request.forms:
                if validator.validate(url, form, request.signature) and token is not _NOBODYS_TOKEN:
                    return form
    return None
