"""From nothing to the first text: account, confirmation mail, company, Twilio, number, all through the pages."""

from __future__ import annotations

import re
import secrets

from playwright.sync_api import Page, expect

from tests.sandbox.running import Sandbox
from tests.support.companies import THIRD_ACCOUNT, TwilioAccount, some_number
from tests.support.people import NEW_PASSWORD
from tests.support.stack import RunningStack
from tests.web.conftest import OpenWindow
from tests.web.mailed import mailed_link
from tests.web.windows import Window


def test_a_newcomer_gets_from_sign_up_to_the_first_text(stack: RunningStack, open_window: OpenWindow) -> None:
    """Each page leads to the next, and credentials that Twilio refuses are not saved but explained."""
    window = open_window()
    window.expected |= {401, 422}
    email = f"{secrets.token_hex(6)}@newcomers.example"
    sign_up(window, email)
    window.page.goto(mailed_link(stack, email))
    window.page.get_by_role("button", name="Confirm my e-mail").click()
    create_company(window.page)
    expect(window.page.get_by_text("No conversations yet")).to_be_visible()

    window.page.get_by_role("link", name="Connect Twilio").click()
    connect_twilio(window.page, TwilioAccount(THIRD_ACCOUNT.sid, "not-the-token-of-this-account", ()))
    expect(window.page.get_by_role("alert")).to_contain_text("Twilio")
    window.page.reload()
    connect_twilio(window.page, THIRD_ACCOUNT)
    expect(window.page.get_by_role("heading", name="Twilio is connected")).to_be_visible()
    assert THIRD_ACCOUNT.token not in window.page.content()

    add_number(window.page, "(303) 555-0300")
    Sandbox(stack.sandbox_url).customer_texts(some_number(), THIRD_ACCOUNT.numbers[0], "Are you open on Sunday?")
    window.page.get_by_role("link", name="Inbox").click()
    expect(window.row("Are you open on Sunday?")).to_be_visible()


def test_a_confirmation_link_works_once_and_says_so(stack: RunningStack, open_window: OpenWindow) -> None:
    """Opening it changes nothing (mail programs do that), the button uses it up, and a used one offers a new one."""
    window, again = open_window(), open_window()
    again.expected |= {400, 403, 422}
    email = f"{secrets.token_hex(6)}@newcomers.example"
    sign_up(window, email)
    link = mailed_link(stack, email)
    again.page.goto(link)
    window.page.goto(link)
    window.page.get_by_role("button", name="Confirm my e-mail").click()
    expect(window.page.get_by_role("heading", name="Name your company")).to_be_visible()
    assert "token_hash" not in window.page.url

    again.page.get_by_role("button", name="Confirm my e-mail").click()
    expect(again.page.get_by_role("alert")).to_contain_text("This link was used already")
    expect(again.page.get_by_role("link", name="Send a new link")).to_be_visible()


def sign_up(window: Window, email: str) -> None:
    """Fill in the sign-up page, and arrive where the mail is announced."""
    window.open("/sign-up")
    window.page.get_by_label("Your name").fill("Newcomer Example")
    window.page.get_by_label("E-mail").fill(email)
    window.page.get_by_label("Password").fill(NEW_PASSWORD)
    window.page.get_by_role("button", name="Create account").click()
    expect(window.page.get_by_role("heading", name="Check your e-mail")).to_be_visible()
    expect(window.page.get_by_text(email)).to_be_visible()


def create_company(page: Page) -> None:
    """Name the company; the person's name and the time zone are filled in already."""
    expect(page.get_by_label("Your name")).to_have_value("Newcomer Example")
    page.get_by_label("Company").fill("Newcomers & Sons")
    page.get_by_label("Time zone").select_option("America/Denver")
    page.get_by_role("button", name="Create company").click()
    expect(page).to_have_url(re.compile("/inbox$"))


def connect_twilio(page: Page, account: TwilioAccount) -> None:
    """Fill in the account and have it tested."""
    page.get_by_label("Account SID").fill(account.sid)
    page.get_by_label("Auth token", exact=True).fill(account.token)
    page.get_by_role("button", name="Test and save").click()


def add_number(page: Page, number: str) -> None:
    """Add a company number as people write it."""
    page.get_by_role("navigation", name="Settings").get_by_role("link", name="Numbers").click()
    page.get_by_role("button", name="Add a number").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Number").fill(number)
    dialog.get_by_label("Name").fill("Main line")
    dialog.get_by_role("button", name="Add number").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("link", name=number)).to_be_visible()
