"""How a company gets to be paid, and pays for FieldLite itself: from the settings to Stripe's pages and back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from psycopg import Connection

from tests.sandbox.running import Sandbox
from tests.support.companies import new_company
from tests.support.members import new_member
from tests.support.stack import RunningStack
from tests.support.stripe_accounts import account_id
from tests.web.conftest import OpenWindow
from tests.web.windows import Window

Database = Connection[tuple[object, ...]]


def test_stripe_is_connected_step_by_step(stack: RunningStack, open_window: OpenWindow) -> None:
    """What is missing stands there in plain words and goes when it is given; what is asked later shows by itself."""
    company = new_company(stack, "Connecting Plumbing")
    window = open_window()
    window.sign_in(company.owner)
    window.open("/settings/payments")
    page = window.page
    go(window, "Connect Stripe", "Set up payments")
    page.get_by_role("button", name="Fill in: Your business").click()
    page.get_by_role("link", name="Go back to FieldLite").click()
    expect(page.get_by_role("heading", name="Almost there")).to_be_visible()
    needed = page.get_by_role("listitem")
    expect(needed.get_by_text("The bank account that your money goes to")).to_be_visible()
    expect(needed.get_by_text("What kind of business you are")).to_have_count(0)
    go(window, "Continue at Stripe", "Set up payments")
    page.get_by_role("button", name="Fill in everything and go back").click()
    expect(page.get_by_role("heading", name="Customers can pay")).to_be_visible()

    account = account_id(stack, company)
    Sandbox(stack.sandbox_url).post(f"stripe/accounts/{account}/require", {"requirements": ["company.tax_id"]})
    expect(needed.get_by_text("Your tax number (EIN)")).to_be_visible()


def test_the_company_subscribes_and_ends_it(stack: RunningStack, database: Database, open_window: OpenWindow) -> None:
    """From the trial through Stripe's page to a plan; the manager looks on and may change nothing."""
    company = new_company(stack, "Subscribing Plumbing")
    owner, manager = open_window(), open_window()
    owner.sign_in(company.owner)
    manager.sign_in(new_member(stack, database, company, "manager"))
    for window in (owner, manager):
        window.open("/settings/billing")
        expect(window.page.get_by_text("14 days left of your trial.")).to_be_visible()
    expect(manager.page.get_by_text("Only an owner of the company can change the plan.")).to_be_visible()
    expect(manager.page.get_by_role("button", name=re.compile("Choose|Manage"))).to_have_count(0)

    go(owner, "Choose Team", "Start your trial")
    pay(owner.page)
    for window in (owner, manager):
        expect(window.page.get_by_role("heading", name="FieldLite Team")).to_be_visible()
    go(owner, "Manage subscription", "Your subscription")
    owner.page.get_by_role("button", name="Cancel now").click()
    expect(manager.page.get_by_text("The subscription has ended.")).to_be_visible()


def go(window: Window, button: str, heading: str) -> None:
    """Press a button that leads to a page of Stripe's."""
    window.page.get_by_role("button", name=button).click()
    expect(window.page.get_by_role("heading", name=heading)).to_be_visible()


def pay(page: Page) -> None:
    """Fill in a card that works."""
    page.get_by_label("Card number").fill("4242424242424242")
    page.get_by_label("Expires").fill("12/34")
    page.get_by_label("Security code").fill("123")
    page.get_by_role("button", name="Start trial").click()
