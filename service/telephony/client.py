"""Where the SDK's client is made: our time limit, no hidden retries, and another base address for the sandbox."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

TWILIO_API = "https://api.twilio.com"
TIMEOUT_SECONDS = 10.0

_silent = logging.getLogger(__name__)
_silent.setLevel(logging.WARNING)  # the SDK reports each request's headers at INFO, which says nothing new


class ProviderHttpClient(TwilioHttpClient):  # type: ignore[misc]  # the SDK is untyped
    """The SDK's HTTP client, with the address of Twilio's API swapped and the last answer remembered.

    One object serves one thread at a time: `last_response` belongs to the request just made.
    """

    last_response: Response | None = None

    def __init__(self, base_url: str) -> None:
        """`base_url` is an origin without a trailing slash, for example `http://127.0.0.1:8010`."""
        super().__init__(timeout=TIMEOUT_SECONDS, max_retries=0, logger=_silent)
        self._base_url = base_url

    def request(self, method: str, url: str, *arguments: Any, **options: Any) -> Response:
        """Send one request. Raises what `requests` raises; an answer with an error status is returned."""
        self.last_response = None
        target = self._base_url + url.removeprefix(TWILIO_API)
        self.last_response = super().request(method, target, *arguments, **options)
        return self.last_response


@contextmanager
def twilio_client(api_base_url: str, account_sid: str, auth_token: str) -> Iterator[Client]:
    """Yield a client for one account and close its connections afterwards.

    A client is made for one errand and not kept: a connection kept alive can be closed by the other side just as the
    next request is written, and nobody could say then whether that request was taken.
    `api_base_url` is empty for the real Twilio, or the origin of the sandbox.
    """
    http_client = ProviderHttpClient(api_base_url.rstrip("/") or TWILIO_API)
    try:
        yield Client(account_sid, auth_token, http_client=http_client)
    finally:
        if http_client.session is not None:
            http_client.session.close()
