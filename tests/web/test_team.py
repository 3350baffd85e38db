"""The team: who is asked to work here, what they may do, and how that ends."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from psycopg import Connection

from tests.support.companies import new_company, rest
from tests.support.members import new_member
from tests.support.people import Person, new_person
from tests.support.stack import RunningStack
from tests.support.totp import totp
from tests.web.axe import scrolls_sideways, serious_findings, small_targets
from tests.web.conftest import OpenWindow
from tests.web.mailed import mailed_link
from tests.web.windows import DESKTOP, PHONE, Window

Database = Connection[tuple[object, ...]]


def test_somebody_is_invited_and_comes(stack: RunningStack, open_window: OpenWindow) -> None:
    """The mail's link makes a member; the page of whoever invited follows by itself."""
    company = new_company(stack, "Inviting Plumbing")
    guest = new_person(stack)
    page = team_page(open_window, company.owner)
    invite(page, "Kim Oyelaran", guest.email, "Technician")
    expect(page.get_by_text(f"The invitation is on its way to {guest.email}.")).to_be_visible()
    expect(row(page, "Kim Oyelaran")).to_contain_text("Open")
    invite(page, "Kim again", guest.email, "Technician")
    expect(page.get_by_role("alert")).to_contain_text("They have an invitation already.")
    page.keyboard.press("Escape")

    accept(stack, guest)
    expect(page.get_by_text("Nobody is invited")).to_be_visible()
    expect(row(page, "Kim Oyelaran")).to_contain_text(f"Technician{guest.email}")


def test_an_invitation_is_handed_over_sent_again_and_taken_back(
    stack: RunningStack, database: Database, open_window: OpenWindow
) -> None:
    """Without a mail there is a link; a new link ends the old one; an expired one says so."""
    company = new_company(stack, "Reminding Plumbing")
    guest = new_person(stack)
    page = team_page(open_window, company.owner)
    with without_mail(page):
        invite(page, "Lee Park", guest.email, "Bookkeeper")
        dialog = page.get_by_role("dialog", name="The mail could not be sent")
        first = dialog.get_by_text("/invite#").text_content() or ""
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        dialog.get_by_role("button", name="Copy the link").click()
        expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == first
        dialog.get_by_role("button", name="Done").click()

    database.execute(
        "update public.invitations set expires_at = now() - interval '1 hour' where email = %s", [guest.email]
    )
    expect(row(page, "Lee Park")).to_contain_text("Expired")
    page.get_by_role("button", name="Send again: the invitation for Lee Park").click()
    expect(page.get_by_text(f"The invitation is on its way to {guest.email}.")).to_be_visible()
    expect(row(page, "Lee Park")).to_contain_text("Open")
    assert mailed_link(stack, guest.email, "invite").split("#")[1] != first.split("#")[1]

    page.get_by_role("button", name="Take back the invitation for Lee Park").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Nobody is invited")).to_be_visible()


def test_a_member_changes_loses_access_and_comes_back(
    stack: RunningStack, database: Database, open_window: OpenWindow
) -> None:
    """By keyboard: each step names the person, and the focus goes back to where it came from."""
    company = new_company(stack, "Changing Plumbing")
    member = new_member(stack, database, company, "tech")
    page = team_page(open_window, company.owner)
    act(page, "Tech Example", "Change role or name")
    page.get_by_label("Name").fill("Sam Lindqvist")
    page.get_by_label("Role").select_option(label="Dispatcher")
    page.keyboard.press("Enter")
    expect(row(page, "Sam Lindqvist")).to_contain_text(f"Dispatcher{member.email}")

    act(page, "Sam Lindqvist", "End access")
    expect(page.get_by_role("heading", name=re.compile("^End Sam Lindqvist.s access"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="More about Sam Lindqvist")).to_be_focused()
    act(page, "Sam Lindqvist", "End access")
    page.get_by_role("button", name="End access").click()
    expect(row(page, "Sam Lindqvist")).to_contain_text("No access")
    assert rest(stack, member, "POST", "rpc/my_session") == []

    act(page, "Sam Lindqvist", "Let in again")
    page.get_by_role("dialog").get_by_role("button", name="Let in again").click()
    expect(row(page, "Sam Lindqvist")).not_to_contain_text("No access")
    assert rest(stack, member, "POST", "rpc/my_session")[0]["role"] == "dispatcher"


def test_a_manager_does_not_touch_owners_and_may_leave(
    stack: RunningStack, database: Database, open_window: OpenWindow
) -> None:
    """Owners' rows have no menu and say why, ownership is not theirs to give, and they can go."""
    company = new_company(stack, "Managed Plumbing")
    window = open_window()
    window.sign_in(new_member(stack, database, company, "manager"))
    window.open("/settings/team")
    page = window.page
    expect(row(page, "Robin Example")).to_contain_text("Only an owner can change this.")
    expect(row(page, "Robin Example").get_by_role("button")).to_have_count(0)
    expect(row(page, "Manager Example")).to_contain_text("(you)")
    expect(page.get_by_text("Only an owner can decide this.")).to_be_visible()
    page.get_by_role("button", name="Invite somebody").click()
    expect(page.get_by_label("Role").get_by_role("option")).to_have_text(
        ["Manager", "Dispatcher", "Estimator", "Technician", "Bookkeeper"]
    )
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Leave the company").click()
    page.get_by_role("button", name="Leave", exact=True).click()
    expect(page.get_by_role("heading", name="You no longer have access to Managed Plumbing")).to_be_visible()


def test_the_only_owner_stays_until_the_company_is_handed_over(
    stack: RunningStack, database: Database, open_window: OpenWindow
) -> None:
    """The name has to be typed; afterwards the former owner is a manager, and the page says so at once."""
    company = new_company(stack, "Handing Plumbing")
    new_member(stack, database, company, "manager")
    page = team_page(open_window, company.owner)
    expect(page.get_by_text("You are the only owner, and a company needs one.")).to_be_visible()
    expect(page.get_by_role("button", name="Leave the company")).to_have_count(0)
    act(page, "Manager Example", "Hand the company over")
    button = page.get_by_role("dialog").get_by_role("button", name="Hand over")
    page.get_by_label("Type “Handing Plumbing” to go on").fill("Handing")
    expect(button).to_be_disabled()
    page.get_by_label("Type “Handing Plumbing” to go on").fill("handing plumbing")
    button.click()
    expect(row(page, "Manager Example")).to_contain_text("Owner")
    expect(row(page, "Manager Example")).to_contain_text("Only an owner can change this.")
    expect(row(page, "Robin Example")).to_contain_text("Manager")
    expect(page.get_by_role("button", name="Leave the company")).to_be_visible()


def test_an_owner_demands_a_second_factor_after_setting_up_their_own(
    stack: RunningStack, database: Database, open_window: OpenWindow
) -> None:
    """The page leads to the account first; then whoever has none sees nothing but how to set one up."""
    company = new_company(stack, "Guarded Plumbing")
    member = new_member(stack, database, company, "dispatcher")
    page = team_page(open_window, company.owner)
    page.get_by_role("link", name="your account").click()
    page.get_by_role("button", name="Set up an authenticator app").click()
    page.get_by_role("button", name="Go on").click()
    secret = (page.locator("code").text_content() or "").replace(" ", "")
    page.get_by_label("Code from the app").fill(totp(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("button", name="Remove My phone")).to_be_visible()

    page.get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="Team").click()
    page.get_by_role("button", name="Require it of everybody").click()
    page.get_by_role("button", name="Require it", exact=True).click()
    expect(page.get_by_text("Required of everybody")).to_be_visible()
    assert rest(stack, member, "POST", "rpc/my_session") == []
    page.get_by_role("button", name="Stop requiring it").click()
    expect(page.get_by_text("Everybody decides for themselves")).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_screens_of_the_team(
    stack: RunningStack, database: Database, open_window: OpenWindow, size: dict[str, int]
) -> None:
    """The page with everybody on it and a menu, and two of its dialogs."""
    company = new_company(stack, "Bartholomew Featherstonehaugh-Oyelaran Plumbing")
    new_member(stack, database, company, "dispatcher")
    window = open_window(size)
    window.sign_in(company.owner)
    window.open("/settings/team")
    page = window.page
    invite(page, "Bartholomew Featherstonehaugh-Oyelaran", some_email(), "Estimator")
    expect(page.get_by_text("is on its way")).to_be_visible()
    page.get_by_role("button", name="More about").click()
    expect(page.get_by_role("menuitem", name="Hand the company over")).to_be_visible()
    hold(page)
    page.keyboard.press("Escape")
    act(page, "Dispatcher Example", "Hand the company over")
    hold(page)
    page.keyboard.press("Escape")
    with without_mail(page):
        invite(page, "Lee Park", some_email(), "Manager")
        expect(page.get_by_role("dialog", name="The mail could not be sent")).to_be_visible()
    hold(page)


def hold(page: Page) -> None:
    """Hold what is on screen to the rules of every screen."""
    assert serious_findings(page) == []
    assert not scrolls_sideways(page)
    assert page.viewport_size != PHONE or small_targets(page) == []


def team_page(open_window: OpenWindow, person: Person) -> Page:
    """Sign in and go to the team."""
    window: Window = open_window()
    window.expected.add(409)
    window.sign_in(person)
    window.open("/settings/team")
    expect(window.page.get_by_role("heading", name="Team", exact=True)).to_be_visible()
    return window.page


def row(page: Page, name: str) -> Locator:
    """Return the row of a member or an invitation."""
    return page.get_by_role("listitem", name=name, exact=True)


def act(page: Page, name: str, words: str) -> None:
    """Choose something from a member's menu, by keyboard."""
    page.get_by_role("button", name=f"More about {name}").press("Enter")
    page.get_by_role("menuitem", name=words).press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()


def invite(page: Page, name: str, email: str, role: str) -> None:
    """Fill in an invitation and send it."""
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Role").select_option(label=role)
    page.get_by_role("button", name="Send the invitation", exact=True).click()


def accept(stack: RunningStack, guest: Person) -> None:
    """Accept the invitation that is in a guest's mail."""
    token = mailed_link(stack, guest.email, "invite").split("#")[1]
    rest(stack, guest, "POST", "rpc/accept_invitation", {"p_token": token})


@contextmanager
def without_mail(page: Page) -> Iterator[None]:
    """Let the service's answer be what it is when the mail server did not take the mail."""
    page.route("**/api/v1/invitations", say_that_no_mail_went)
    yield
    page.unroute("**/api/v1/invitations")


def say_that_no_mail_went(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "mailed": False})


def some_email() -> str:
    """Return an address that nobody has."""
    return f"{secrets.token_hex(6)}@people.example"
