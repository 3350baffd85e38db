"""A real browser for each file's tests; each test opens windows of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.sandbox.running import Sandbox
from tests.support.companies import Company, new_company
from tests.support.invoices import Invoice, new_invoice
from tests.support.stack import RunningStack
from tests.support.stripe_accounts import connect_stripe
from tests.web.customers import Customer, customer
from tests.web.windows import Window, chromium, window

PATIENCE = 15_000
"""Milliseconds that a page has, where a test promises nothing else: some of this machine's work is not the test's."""
expect.set_options(timeout=PATIENCE)

OpenWindow = Callable[..., Window]
OpenCustomer = Callable[..., Customer]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium. Its driver runs an event loop in this thread, where other rooms' tests run their own."""
    with sync_playwright() as playwright, chromium(playwright) as started:
        yield started


@pytest.fixture
def open_window(browser: Browser, stack: RunningStack) -> Iterator[OpenWindow]:
    """Open windows of the shared stack; all are checked for complaints and closed at the end."""
    yield from opener(browser, stack)


@pytest.fixture
def open_fragile_window(browser: Browser, fragile_stack: RunningStack) -> Iterator[OpenWindow]:
    """Open windows of the fragile stack."""
    yield from opener(browser, fragile_stack)


def opener(browser: Browser, stack: RunningStack) -> Iterator[OpenWindow]:
    """Yield the function that opens windows of a stack, and close them when the test is over."""
    with ExitStack() as windows:

        def open_one(size: dict[str, int] | None = None) -> Window:
            return windows.enter_context(window(browser, stack, size))

        yield open_one


@pytest.fixture
def sandbox(stack: RunningStack) -> Iterator[Sandbox]:
    """The control of the shared stack's sandbox; its switches are turned off after the test."""
    control = Sandbox(stack.sandbox_url)
    yield control
    control.switch_off()


@pytest.fixture(scope="module")
def paid_company(stack: RunningStack) -> Company:
    """A company that takes payments."""
    made = new_company(stack, "Ridgeline Plumbing & Heating")
    connect_stripe(stack, made)
    return made


@pytest.fixture
def invoice(stack: RunningStack, paid_company: Company) -> Invoice:
    """An issued invoice of $600."""
    return new_invoice(stack, paid_company, 60_000)


@pytest.fixture
def phone(browser: Browser, stack: RunningStack, invoice: Invoice) -> Iterator[OpenCustomer]:
    """Open the customer's phones; all are checked for complaints at the end."""
    with ExitStack() as phones:

        def open_one(opened: Invoice = invoice, **options: Any) -> Customer:
            held = phones.enter_context(customer(browser, stack, opened, **options))
            held.look()
            return held

        yield open_one
