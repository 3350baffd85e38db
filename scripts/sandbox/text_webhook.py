"""Twilio's webhook: form fields, signed with the account's token over the address and the fields."""

from dataclasses import dataclass
from urllib.parse import urldefrag, urlencode

from twilio.request_validator import RequestValidator

from scripts.sandbox.outbox import Attempt, Webhook
from scripts.sandbox.overrides import Overrides, overrides_of
from scripts.sandbox.switches import Switches


@dataclass(frozen=True, kw_only=True)
class TextWebhook(Webhook):
    """One report about a text. `parameters` are the form fields, `auth_token` signs them."""

    parameters: dict[str, str]
    auth_token: str

    @property
    def overrides(self) -> Overrides:
        """What the address's fragment asks for."""
        return overrides_of(self.url)

    def attempt(self, switches: Switches, token: str) -> Attempt:
        """Sign the address without its fragment, or with it when the switch says so."""
        signed = self.url if switches.sign_fragment else urldefrag(self.url).url
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": RequestValidator(self.auth_token).compute_signature(signed, self.parameters),
            "I-Twilio-Idempotency-Token": token,
            "User-Agent": "TwilioProxy/1.1",
        }
        return Attempt(urlencode(self.parameters).encode(), headers)
