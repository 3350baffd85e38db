"""The customer's phone: the sandbox's page, used by hand."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import Locator, Page

from tests.web.windows import Window


class Phone:
    """A customer's phone in a window of its own."""

    def __init__(self, window: Window, customer: str, company: str) -> None:
        self.page: Page = window.page
        self.page.goto(f"{window.stack.sandbox_url}/?{urlencode({'customer': customer, 'company': company})}")

    def text(self, words: str) -> None:
        """Text the company."""
        self.page.get_by_label("Your text").fill(words)
        self.page.locator("#composer").get_by_role("button", name="Send").click()

    def received(self, words: str) -> Locator:
        """Return the texts on the phone that contain these words."""
        return self.page.get_by_role("log").get_by_text(words)
