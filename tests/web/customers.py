"""A company's customer: a phone with scripts turned off, the invoice's page, and the sandbox's payment page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, Locator, expect

from tests.support.invoices import Invoice
from tests.support.stack import RunningStack
from tests.web.windows import PHONE, Window

Scheme = Literal["light", "dark"]

CARD = "4242424242424242"
DECLINED_CARD = "4000000000000002"
BANK_ACCOUNT = "000123456789"
FAILING_BANK_ACCOUNT = "000222222227"


class Customer:
    """Somebody with a link to an invoice."""

    def __init__(self, window: Window, invoice: Invoice) -> None:
        self.window, self.page = window, window.page
        self.path = f"/i/{invoice.token}"

    def look(self) -> None:
        """Open the link."""
        self.window.open(self.path)

    def button(self, words: str) -> Locator:
        """Return the button with exactly these words."""
        return self.page.get_by_role("button", name=words, exact=True)

    def go_to_pay(self, words: str) -> None:
        """Press the button and arrive at the payment page."""
        self.button(words).click()
        expect(self.page.get_by_role("heading", name="Card")).to_be_visible()

    def go_to_pay_amount(self, amount: str) -> None:
        """Type another amount and send it."""
        field = self.page.get_by_label("Amount, up to")
        if not field.is_visible():
            self.page.get_by_text("Pay another amount").click()
        field.fill(amount)
        self.button("Pay this amount").click()

    def pay_by_card(self, number: str = CARD) -> None:
        """Fill in the card's form and send it."""
        self.page.get_by_label("Card number").fill(number)
        self.page.get_by_label("Expires").fill("12/34")
        self.page.get_by_label("Security code").fill("123")
        self.page.locator("form", has=self.page.get_by_label("Card number")).get_by_role("button").click()

    def pay_by_bank(self, account: str = BANK_ACCOUNT) -> None:
        """Fill in the bank debit's form and send it."""
        self.page.get_by_label("Account number").fill(account)
        self.page.get_by_role("button", name="from bank account").click()

    def see(self, words: str, seconds: float = 30) -> None:
        """Look at the page again until it says something: it has no script, and news takes a moment."""
        until = time.monotonic() + seconds
        said = self.page.get_by_text(words).first
        while not said.is_visible() and time.monotonic() < until:
            self.page.wait_for_timeout(200)
            self.page.reload()
        expect(said).to_be_visible()


@contextmanager
def customer(
    browser: Browser, stack: RunningStack, invoice: Invoice, scheme: Scheme = "light", *, scripts: bool = False
) -> Iterator[Customer]:
    """Open a phone; it must not have complained when the block ends well."""
    context = browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        locale="en-US",
        color_scheme=scheme,
        java_script_enabled=scripts,
        bypass_csp=scripts,
    )
    opened = Window.in_context(context, stack)
    try:
        yield Customer(opened, invoice)
        assert opened.complaints == []
    finally:
        context.close()
