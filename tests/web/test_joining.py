"""Coming into a company and going on to another: invitations, several companies, access that ended."""

from __future__ import annotations

import uuid

from playwright.sync_api import Page, expect
from psycopg import Connection

from tests.support.companies import new_company, rest
from tests.support.members import new_member
from tests.support.people import NEW_PASSWORD, Person, new_person
from tests.support.stack import RunningStack
from tests.web.conftest import OpenWindow
from tests.web.mailed import mailed_link
from tests.web.signing_in import follow, heading, invite, press, some_email
from tests.web.windows import Window

Database = Connection[tuple[object, ...]]


def test_an_invitation_by_mail_is_accepted_by_somebody_new(stack: RunningStack, open_window: OpenWindow) -> None:
    """The link, an account, its confirmation, and back at the invitation: one tap, and they work there."""
    company, email, window = new_company(stack, "Growing Plumbing"), some_email(), open_window()
    window.expected.add(401)
    invite(stack, company, email)
    window.page.goto(mailed_link(stack, email, "invite"))
    heading(window.page, "Join Growing Plumbing")
    window.page.get_by_role("link", name="Create an account").click()
    expect(window.page.get_by_label("E-mail")).to_have_value(email)
    expect(window.page.get_by_label("Your name")).to_have_value("Dana Newcomer")
    window.page.get_by_label("Password").fill(NEW_PASSWORD)
    press(window.page, "Create account")
    heading(window.page, "Check your e-mail")
    follow(window, mailed_link(stack, email), "Confirm my e-mail")
    press(window.page, "Join Growing Plumbing")
    heading(window.page, "No conversations yet")


def test_an_invitation_is_for_its_own_address_and_for_once(stack: RunningStack, open_window: OpenWindow) -> None:
    company, invited, window = new_company(stack, "Careful Plumbing"), new_person(stack), open_window()
    window.expected.add(401)
    window.sign_in(new_company(stack, "Curious Plumbing").owner)
    invite(stack, company, invited.email)
    link = mailed_link(stack, invited.email, "invite")
    window.page.goto(link)
    expect(window.page.get_by_text("the invitation is for")).to_contain_text(invited.email)
    press(window.page, "Sign out and go on")
    window.page.get_by_role("link", name="I have an account").click()
    expect(window.page.get_by_label("E-mail")).to_have_value(invited.email)
    window.give_password(invited)
    press(window.page, "Join Careful Plumbing")
    heading(window.page, "No conversations yet")
    window.page.goto(link)
    window.page.reload()
    heading(window.page, "This invitation cannot be used")
    expect(window.page.get_by_text("accepted already")).to_be_visible()


def test_another_company_is_opened_in_every_tab_of_this_browser_and_in_no_other(
    stack: RunningStack, open_window: OpenWindow
) -> None:
    person, first, second = somebody_with_two_companies(stack)
    window, other_browser = open_window(), open_window()
    for each in (window, other_browser):
        each.sign_in(person)
    tab = Window.in_context(window.page.context, stack)
    tab.expected.add(401)
    tab.open("/settings/numbers")
    assert_company(tab.page, first)
    choose_company(window.page, second)
    for page in (window.page, tab.page):
        assert_company(page, second)
    assert_company(other_browser.page, first)
    assert tab.complaints == []


def test_who_comes_back_after_their_access_ended_is_told_so_and_may_open_another(
    stack: RunningStack, database: Database, open_window: OpenWindow
) -> None:
    company = new_company(stack, "Former Plumbing")
    leaver, window = new_member(stack, database, company, "dispatcher"), open_window()
    rest(stack, company.owner, "POST", "rpc/deactivate_member", {"p_user": str(leaver.user_id)})
    window.sign_in(leaver, arrive="/")
    heading(window.page, "You no longer have access to Former Plumbing")
    press(window.page, "Sign out")
    heading(window.page, "Sign in")


def somebody_with_two_companies(stack: RunningStack) -> tuple[Person, str, str]:
    """Make a person with two companies; return them with the names, that of the first one first."""
    first, second = new_company(stack, "First Plumbing"), uuid.uuid4()
    words = {"p_id": str(second), "p_name": "Second Plumbing", "p_display_name": "Robin", "p_timezone": "UTC"}
    rest(stack, first.owner, "POST", "rpc/create_tenant", words)
    return first.owner, "First Plumbing", "Second Plumbing"


def assert_company(page: Page, name: str) -> None:
    """Look into the account's menu for the company that the page shows."""
    page.get_by_role("button", name="Account").click()
    expect(page.get_by_role("menuitemradio", name=name)).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)


def choose_company(page: Page, name: str) -> None:
    """Choose another company in the account's menu."""
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitemradio", name=name).click()
