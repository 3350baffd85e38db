"""A browser as the service sees it: a cookie jar, an Origin, and an address behind the one proxy that is trusted."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.support.people import some_address
from tests.support.stack import RunningStack

COOKIE = "fieldlite_refresh"


class Browser:
    """One person's browser on one device."""

    def __init__(self, service_url: str, address: str | None = None) -> None:
        headers = {"Origin": service_url, "X-Forwarded-For": address or some_address()}
        self.http = httpx.Client(base_url=f"{service_url}/api/v1", headers=headers, timeout=20)

    def auth(self, action: str, /, **body: Any) -> httpx.Response:
        """Call one of the cookie routes."""
        return self.http.post(f"/auth/{action}", json=body)

    def signed_in(self, email: str, password: str) -> str:
        """Sign in and return the access token."""
        return str(self.auth("sign-in", email=email, password=password).raise_for_status().json()["access_token"])

    def as_person(self, method: str, path: str, access_token: str, body: Any = None) -> httpx.Response:
        """Call a route below /auth that wants the access token."""
        return self.http.request(
            method, f"/auth/{path}", json=body, headers={"Authorization": f"Bearer {access_token}"}
        )

    @property
    def cookie(self) -> str | None:
        """The refresh token that the jar holds; sent to the auth routes only."""
        return self.http.cookies.get(COOKIE, path="/api/v1/auth")

    @cookie.setter
    def cookie(self, value: str) -> None:
        self.http.cookies.clear()
        self.http.cookies.set(COOKIE, value, path="/api/v1/auth")


@contextmanager
def browser(service_url: str, address: str | None = None) -> Iterator[Browser]:
    """A browser that is closed afterwards."""
    opened = Browser(service_url, address)
    with opened.http:
        yield opened


def mailed_tokens(stack: RunningStack, email: str, kind: str) -> list[str]:
    """The token hashes of one kind of link in the mails that the mailbox holds for an address, newest first."""
    found = [re.search(r'/confirm#token_hash=([^&"]+)&type=(\w+)', mail) for mail in mails(stack, email)]
    return [link[1] for link in found if link and link[2] == kind]


def mails(stack: RunningStack, email: str) -> list[str]:
    """The pages of the mails that the mailbox holds for an address, newest first."""
    mailbox = f"{stack.mailbox_url}/api/v1"
    found = httpx.get(f"{mailbox}/search", params={"query": f"to:{email}"}).raise_for_status().json()
    pages = (httpx.get(f"{mailbox}/message/{each['ID']}").raise_for_status() for each in found["messages"])
    return [html.unescape(page.json()["HTML"]) for page in pages]
