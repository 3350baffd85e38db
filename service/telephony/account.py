"""What an account is and has: checked before its credentials are saved, and told where to send texts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import requests
from twilio.base.exceptions import TwilioException
from twilio.http.response import Response

from service import urls
from service.settings import Settings
from service.telephony.answers import code_and_words
from service.telephony.client import twilio_client
from service.telephony.errors import TelephonyRefused, TelephonyUnavailable

_MOST_NUMBERS = 1000
_MAY_PASS = {408, 429}


@dataclass(frozen=True)
class Account:
    """An account as Twilio describes it; `numbers` are its phone numbers as E.164, sorted."""

    name: str
    numbers: list[str]


def verify_account(settings: Settings, account_sid: str, auth_token: str) -> Account:
    """Return the account when Twilio accepts the credentials.

    Raises TelephonyRefused (wrong credentials, an account that is not active) or TelephonyUnavailable.
    """
    with _asking(settings, account_sid, auth_token) as client:
        account = client.api.v2010.accounts(account_sid).fetch()
        if account.status != "active":
            raise TelephonyRefused(20005, f"The account is {account.status}")
        numbers = [number.phone_number for number in client.incoming_phone_numbers.list(limit=_MOST_NUMBERS)]
    return Account(name=account.friendly_name, numbers=sorted(numbers))


def configure_numbers(
    settings: Settings, account_sid: str, auth_token: str, tenant_id: UUID, numbers: list[str]
) -> None:
    """Point those of `numbers` (E.164) that the account owns at our webhook; changes nothing that is right already.

    The fallback is our own address with another query: Twilio asks it when every retry of the first has failed, and
    by default it would otherwise log the failure and forget the text (error 11205).
    Raises TelephonyRefused or TelephonyUnavailable; numbers before the failing one stay configured.
    """
    wanted = _sms_addresses(settings, tenant_id)
    with _asking(settings, account_sid, auth_token) as client:
        for number in client.incoming_phone_numbers.list(limit=_MOST_NUMBERS):
            if number.phone_number in numbers and _differs(number, wanted):
                number.update(**wanted)


def _sms_addresses(settings: Settings, tenant_id: UUID) -> dict[str, str]:
    webhook = urls.sms_webhook(settings, tenant_id)
    address, _, overrides = webhook.partition("#")
    return {
        "sms_url": webhook,
        "sms_method": "POST",
        "sms_fallback_url": f"{address}?fallback=1#{overrides}",
        "sms_fallback_method": "POST",
    }


def _differs(number: Any, wanted: dict[str, str]) -> bool:
    return any(getattr(number, name) != value for name, value in wanted.items())


@contextmanager
def _asking(settings: Settings, account_sid: str, auth_token: str) -> Iterator[Any]:
    """Yield the account's client and translate what goes wrong into our two errors."""
    with twilio_client(settings.twilio_api_base_url, account_sid, auth_token) as client:
        try:
            yield client
        except TwilioException as error:
            raise _failure(client.http_client.last_response) from error
        except (requests.RequestException, ValueError) as error:
            raise TelephonyUnavailable("Twilio could not be asked") from error


def _failure(answer: Response | None) -> TelephonyRefused | TelephonyUnavailable:
    if answer is None or answer.status_code in _MAY_PASS or not 400 <= answer.status_code < 500:
        return TelephonyUnavailable(f"Twilio answered {answer.status_code if answer else 'nothing'}")
    return TelephonyRefused(*code_and_words(answer))
