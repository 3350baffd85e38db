"""Going through a sign-in with an OAuth provider as a browser does, one redirect at a time."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from tests.embedded.auth.support import Api, fragment_of
from tests.embedded.stacks import PLAIN

APP = "https://app.example.com/after"
VERIFIER = "verifier-" * 6
CHALLENGE = {
    "code_challenge": base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode(),
    "code_challenge_method": "s256",
}


@dataclass(frozen=True)
class Returned:
    """Where the person was sent in the end."""

    location: str

    @property
    def address(self) -> str:
        """The address without query and fragment."""
        return self.location.split("#")[0].split("?")[0]

    @property
    def query(self) -> dict[str, str]:
        """The members of the query."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.location).query).items()}

    @property
    def fragment(self) -> dict[str, str]:
        """The members of the fragment."""
        return fragment_of(self.location)


def provider_page(api: Api, provider: str = "google", **query: str) -> str:
    """Ask to sign in and return the address of the provider's page."""
    asked = urlencode({"provider": provider, "redirect_to": APP} | query)
    answer = httpx.get(f"{api.info.api_url}/auth/v1/authorize?{asked}", verify=PLAIN)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def consent(page: str, email: str, *, name: str = "", verified: bool = True, decision: str = "approve") -> Returned:
    """Answer the provider's page and follow the person back to the site."""
    form = {"email": email, "name": name, "decision": decision} | ({"verified": "1"} if verified else {})
    answer = httpx.post(page, data=form, verify=PLAIN)
    assert answer.status_code == 303, answer.text
    back = httpx.get(answer.headers["location"], verify=PLAIN)
    assert back.status_code == 302, back.text
    return Returned(back.headers["location"])


def sign_in(api: Api, email: str, provider: str = "google", **answer: Any) -> Returned:
    """Sign in with a provider, by the implicit flow."""
    return consent(provider_page(api, provider), email, **answer)


class Page(HTMLParser):
    """What a page shows: its text, and the fields and buttons of its forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: list[dict[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember fields and buttons."""
        if tag in {"input", "button"}:
            self.fields.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        """Remember the text."""
        self.text += data
