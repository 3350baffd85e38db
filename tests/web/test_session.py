"""Sessions in the browser: tokens that are renewed, sessions that end, tabs and browsers that learn of it."""

from __future__ import annotations

import re

import httpx
from playwright.sync_api import Page, expect

from tests.sandbox.running import Sandbox
from tests.support.companies import SECOND_ACCOUNT, Company, new_company, some_number
from tests.support.people import Person
from tests.support.stack import RunningStack
from tests.web.conftest import OpenWindow
from tests.web.windows import Window

AN_HOUR = "01:00:00"
"""The lifetime of an access token: after it the page has to renew its own."""


def test_a_session_that_was_revoked_asks_to_sign_in_and_comes_back_with_the_draft(
    stack: RunningStack, open_window: OpenWindow
) -> None:
    """The page cannot renew its token, says so, and after the sign-in stands where it was."""
    company = company_with_a_text(stack, "Good morning")
    window = open_window()
    window.page.clock.install()
    window.sign_in(company.owner)
    window.conversation("Good morning")
    window.page.get_by_placeholder("Write a text").fill("We could be there at")
    here = window.page.url
    end_all_sessions(stack, company.owner)

    window.page.clock.fast_forward(AN_HOUR)
    expect(window.page.get_by_text("Your session has ended.")).to_be_visible()
    expect(window.page).to_have_url(re.compile(r"/sign-in\?next=%2Finbox%2F"))
    expect(window.page.get_by_text("Good morning")).to_have_count(0)
    window.give_password(company.owner)
    expect(window.page).to_have_url(here)
    expect(window.page.get_by_placeholder("Write a text")).to_have_value("We could be there at")


def test_an_expired_token_is_renewed_unnoticed(stack: RunningStack, open_window: OpenWindow) -> None:
    """An hour later the page works on where it was."""
    company = company_with_a_text(stack, "Good evening")
    window = open_window()
    window.page.clock.install()
    window.sign_in(company.owner)
    window.conversation("Good evening")
    with window.page.expect_response("**/api/v1/auth/refresh") as renewal:
        window.page.clock.fast_forward(AN_HOUR)
    assert renewal.value.ok
    window.write("Good evening to you")
    expect(window.sent("Good evening to you").get_by_text("Delivered")).to_be_visible()


def test_signing_out_here_ends_every_tab_of_this_browser_only(stack: RunningStack, open_window: OpenWindow) -> None:
    """The other tab leaves at once, with nothing of the company on it; another browser stays signed in."""
    company = company_with_a_text(stack, "Is anybody there?")
    here, elsewhere = open_window(), open_window()
    here.sign_in(company.owner)
    elsewhere.sign_in(company.owner)
    tab = Window.in_context(here.page.context, stack)
    tab.open("/inbox")
    expect(tab.row("Is anybody there?")).to_be_visible()

    sign_out(here.page, "Sign out")
    for page in (here.page, tab.page):
        expect(page).to_have_url(re.compile("/sign-in$"))
        expect(page.get_by_text("Is anybody there?")).to_have_count(0)
    tab.page.reload()
    expect(tab.page.get_by_role("heading", name="Sign in")).to_be_visible()
    elsewhere.page.reload()
    expect(elsewhere.row("Is anybody there?")).to_be_visible()
    assert tab.complaints == []


def test_signing_out_everywhere_ends_the_other_browsers_too(stack: RunningStack, open_window: OpenWindow) -> None:
    """Another browser cannot renew its token any more and asks to sign in."""
    company = company_with_a_text(stack, "Hello everywhere")
    here, elsewhere = open_window(), open_window()
    elsewhere.page.clock.install()
    here.sign_in(company.owner)
    elsewhere.sign_in(company.owner)
    expect(elsewhere.row("Hello everywhere")).to_be_visible()

    sign_out(here.page, "Sign out everywhere")
    expect(here.page).to_have_url(re.compile("/sign-in$"))
    elsewhere.page.clock.fast_forward(AN_HOUR)
    expect(elsewhere.page.get_by_text("Your session has ended.")).to_be_visible()


def company_with_a_text(stack: RunningStack, words: str) -> Company:
    """Make a company that a customer has texted these words."""
    company = new_company(stack, "Session Plumbing", SECOND_ACCOUNT)
    Sandbox(stack.sandbox_url).customer_texts(some_number(), SECOND_ACCOUNT.numbers[0], words)
    return company


def end_all_sessions(stack: RunningStack, person: Person) -> None:
    """Sign a person out of everything, from somewhere else."""
    logout = f"{stack.supabase_url}/auth/v1/logout"
    httpx.post(logout, params={"scope": "global"}, headers=person.headers).raise_for_status()


def sign_out(page: Page, words: str) -> None:
    """Choose a way out in the account's menu and confirm it."""
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name=words, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=words, exact=True).click()
