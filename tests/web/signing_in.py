"""What people do on the pages of signing in: press, follow a mailed link, give a code."""

from __future__ import annotations

import secrets
import uuid

import httpx
from playwright.sync_api import Page, expect

from tests.support.companies import Company
from tests.support.stack import RunningStack
from tests.support.totp import totp
from tests.web.windows import Window


def some_email() -> str:
    return f"{secrets.token_hex(6)}@people.example"


def heading(page: Page, words: str) -> None:
    """Wait for a page by its heading."""
    expect(page.get_by_role("heading", name=words, exact=True)).to_be_visible()


def press(page: Page, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).click()


def follow(window: Window, link: str, button: str) -> None:
    """Open a mailed link and press its button."""
    window.page.goto(link)
    press(window.page, button)


def set_up_factor(page: Page) -> str:
    """Go through the set-up of an authenticator app; return its secret."""
    page.get_by_label("Which device is the app on?").fill("My phone")
    press(page, "Go on")
    picture = page.get_by_role("img", name="QR code")
    expect(picture).to_be_visible()
    assert int(picture.evaluate("(image) => image.naturalWidth")) > 0
    secret = (page.locator("code").text_content() or "").replace(" ", "")
    give_code(page, totp(secret), "Turn it on")
    return secret


def give_code(page: Page, code: str, button: str) -> None:
    """Type a code and send it."""
    field = page.get_by_label("Code from the app")
    assert field.get_attribute("autocomplete") == "one-time-code"
    field.fill(code)
    press(page, button)


def invite(stack: RunningStack, company: Company, email: str) -> None:
    """Invite somebody as a dispatcher."""
    wish = {"id": str(uuid.uuid4()), "email": email, "role": "dispatcher", "display_name": "Dana Newcomer"}
    url = f"{stack.service_url}/api/v1/invitations"
    httpx.post(url, json=wish, headers=company.owner.headers, timeout=20).raise_for_status()
