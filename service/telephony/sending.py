"""Sending one text, with the one question that matters afterwards answered: did Twilio take it?

Every way the request can end is one of five outcomes. Only `Throttled` and `NotSent` may be tried again: for them it is
proven that Twilio took nothing. `Unknown` never is, because a person would rather miss a text than get it twice.
"""

from dataclasses import dataclass

import requests
from twilio.base.exceptions import TwilioException
from twilio.http.response import Response
from twilio.rest import Client
from twilio.rest.api.v2010.account.message import MessageInstance  # here, or the first text would wait for it
from urllib3.exceptions import MaxRetryError, NewConnectionError

from service.telephony.answers import code_and_words

DEFAULT_RETRY_SECONDS = 5.0
_LONGEST_RETRY_SECONDS = 300.0
_REQUEST_TIMEOUT = 408
_TOO_MANY_REQUESTS = 429
_SERVICE_UNAVAILABLE_CODE = 20503


@dataclass(frozen=True)
class Sent:
    """Twilio has the text. `status` is Twilio's word (queued, accepted, sent); `segments` >= 1 as it counts them."""

    sid: str
    status: str
    segments: int


@dataclass(frozen=True)
class Refused:
    """Twilio said no and will say so again. `code` is its error code (21610: the person opted out)."""

    code: int
    message: str


@dataclass(frozen=True)
class Throttled:
    """Too many requests (error 20429); nothing was taken. Ask again after `retry_after` seconds."""

    retry_after: float


@dataclass(frozen=True)
class NotSent:
    """The request never reached Twilio, or Twilio said that it is out of service: nothing was taken."""

    reason: str


@dataclass(frozen=True)
class Unknown:
    """The request left and no proof came back: the text may or may not be on its way."""

    reason: str


Outcome = Sent | Refused | Throttled | NotSent | Unknown


def send_text(client: Client, *, from_number: str, to_number: str, body: str, status_callback: str) -> Outcome:
    """Ask Twilio to send `body` (at most 1600 characters) between two E.164 numbers; never raises for what Twilio does.

    `client` comes from `twilio_client` and serves one call at a time. `status_callback` is the full address that
    Twilio reports the delivery to.
    """
    try:
        message = client.messages.create(to=to_number, from_=from_number, body=body, status_callback=status_callback)
    except TwilioException:
        return _error_answer(client.http_client.last_response)
    except requests.RequestException as error:
        return NotSent(_kind(error)) if _never_left(error) else Unknown(_kind(error))
    except (ValueError, TypeError, KeyError) as error:
        return Unknown(f"unreadable answer: {_kind(error)}")
    return _sent(message)


def _sent(message: MessageInstance) -> Outcome:
    if not message.sid:
        return Unknown("the answer has no message SID")
    return Sent(sid=message.sid, status=message.status or "queued", segments=int(message.num_segments or 1))


def _error_answer(answer: Response | None) -> Outcome:
    """Tell apart what Twilio refused, what it could not take now, and what may have happened behind anything else."""
    if answer is None:
        return Unknown("no answer")
    code, words = code_and_words(answer)
    if answer.status_code == _TOO_MANY_REQUESTS:
        return Throttled(_retry_after(answer))
    if code == _SERVICE_UNAVAILABLE_CODE:
        return NotSent("Twilio is out of service")
    if 400 <= answer.status_code < 500 and answer.status_code != _REQUEST_TIMEOUT:
        return Refused(code, words)
    return Unknown(f"HTTP {answer.status_code}")


def _retry_after(answer: Response) -> float:
    """Return the seconds that the Retry-After header asks for, within reason; its date form is not used by Twilio."""
    wanted = (answer.headers or {}).get("Retry-After", "")
    if not wanted.isdecimal():
        return DEFAULT_RETRY_SECONDS
    return min(max(float(wanted), 1.0), _LONGEST_RETRY_SECONDS)


def _never_left(error: requests.RequestException) -> bool:
    """Whether the connection was never made, so that not one byte of the request was sent."""
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def _kind(error: Exception) -> str:
    """Name an error without its text, which can contain addresses with the account's SID."""
    return type(error).__name__
