"""Every screen, at both sizes: no serious finding of axe, nothing to scroll sideways, controls of a finger's size."""

from __future__ import annotations

import re
import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.support.companies import new_company
from tests.support.people import demo_person, new_person
from tests.support.stack import RunningStack
from tests.support.totp import totp
from tests.web.axe import scrolls_sideways, serious_findings, small_targets
from tests.web.conftest import OpenWindow
from tests.web.mailed import mailed_link
from tests.web.signing_in import give_code, invite
from tests.web.windows import DESKTOP, PHONE, Window

sizes = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])

OPTED_OUT = "Gwen Abernathy"
FAILED = "Tom Breckenridge"
"""People of the demo company: one who replied STOP, and one whom a text did not reach."""


def check(page: Page, heading: str) -> None:
    """Hold a screen to the rules as soon as its heading is there."""
    expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    assert serious_findings(page) == [], heading
    assert not scrolls_sideways(page), heading
    assert page.viewport_size != PHONE or small_targets(page) == [], heading


@sizes
def test_the_screens_before_the_sign_in(open_window: OpenWindow, size: dict[str, int]) -> None:
    """Sign-in with its refusal, sign-up, the announced mail, the link with and without its token."""
    window = open_window(size)
    window.expected |= {400, 401, 422}
    for path, heading in {
        "/sign-up": "Create your account",
        "/check-email": "Check your e-mail",
        "/confirm#token_hash=used&type=signup": "Confirm your e-mail",
        "/confirm": "This link is not complete",
        "/forgot-password": "Forgot your password?",
        "/link-sent": "Check your e-mail",
        "/invite": "This invitation cannot be used",
        "/sign-in": "Sign in",
    }.items():
        window.open(path)
        check(window.page, heading)
    window.page.get_by_label("E-mail").fill("nobody@people.example")
    window.page.get_by_label("Password").fill("not the password")
    window.page.get_by_role("button", name="Sign in").click()
    expect(window.page.get_by_role("alert")).to_be_visible()
    check(window.page, "Sign in")


@sizes
def test_the_screens_of_a_company_that_begins(
    stack: RunningStack, open_window: OpenWindow, size: dict[str, int]
) -> None:
    """Its creation, its empty inbox, its empty settings."""
    newcomer = open_window(size)
    newcomer.sign_in(new_person(stack), arrive="/create-company")
    check(newcomer.page, "Name your company")
    window = open_window(size)
    window.sign_in(new_company(stack, "Beginners").owner)
    check(window.page, "No conversations yet")
    for path, heading in {"/settings/twilio": "Connect Twilio", "/settings/numbers": "No number yet"}.items():
        window.open(path)
        check(window.page, heading)
    window.page.get_by_role("button", name="Add a number").click()
    check(window.page, "Add a number")


@sizes
def test_the_screens_of_a_company_at_work(stack: RunningStack, open_window: OpenWindow, size: dict[str, int]) -> None:
    """The demo company's inbox, threads, contact, settings, menus, and an address that leads nowhere."""
    window = open_window(size)
    window.sign_in(demo_person(stack, "owner"))
    check_inbox(window)
    for path, heading in {
        "/settings/twilio": "Twilio is connected",
        "/settings/numbers": "Company numbers",
        "/settings/events": "Events that failed",
        "/nowhere": "There is nothing at this address",
        "/inbox/00000000-0000-4000-8000-000000000000": "This conversation does not exist",
    }.items():
        window.open(path)
        check(window.page, heading)
    window.open("/settings/twilio")
    window.page.get_by_role("button", name="Account").click()
    expect(window.page.get_by_role("menuitem", name="Sign out", exact=True)).to_be_visible()
    assert serious_findings(window.page) == []
    window.page.get_by_role("menuitem", name="Sign out", exact=True).click()
    check(window.page, "Sign out of this browser?")


@sizes
def test_the_screens_of_ones_own_account(stack: RunningStack, open_window: OpenWindow, size: dict[str, int]) -> None:
    """The account with the set-up of a second factor, the devices, the code that is asked for, an invitation."""
    company = new_company(stack, "Bartholomew Featherstonehaugh-Oyelaran Plumbing")
    window = open_window(size)
    window.sign_in(company.owner)
    page = window.page
    invited = f"{secrets.token_hex(6)}@people.example"
    invite(stack, company, invited)
    page.goto(mailed_link(stack, invited, "invite"))
    check(page, f"Join {company.name}")
    window.open("/account/devices")
    expect(page.get_by_text("This device")).to_be_visible()
    check(page, "Where you are signed in")
    window.open("/account")
    check(page, "Second factor")
    page.get_by_role("button", name="Set up an authenticator app").click()
    check(page, "Set up an authenticator app")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    check(page, "Set up an authenticator app")
    give_code(page, totp((page.locator("code").text_content() or "").replace(" ", "")), "Turn it on")
    expect(page.get_by_role("button", name="Remove My phone")).to_be_visible()
    check(page, "Second factor")
    again = open_window(size)
    again.expected.add(401)
    again.open("/sign-in")
    again.give_password(company.owner)
    check(again.page, "Enter your code")


def check_inbox(window: Window) -> None:
    """Check the list, three kinds of thread, and the contact's sheet where there is no room for a column."""
    page = window.page
    expect(page.locator("a[data-conversation]").first).to_be_visible()
    check(page, "Inbox")
    for name in ("Bartholomew Featherstonehaugh-Oyelaran", OPTED_OUT, FAILED):
        window.open("/inbox")
        window.conversation(name)
        expect(page.get_by_role("region", name=re.compile("^Texts with"))).to_be_visible()
        check(page, name)
    if page.viewport_size != PHONE:
        return
    page.get_by_role("button", name=f"Details of {FAILED}").click()
    expect(page.get_by_role("dialog").get_by_text("Known since")).to_be_visible()
    check(page, "Contact")


@sizes
def test_the_screens_of_people_without_an_inbox(
    stack: RunningStack, open_window: OpenWindow, size: dict[str, int]
) -> None:
    """A technician's start, and what they are told elsewhere."""
    window = open_window(size)
    window.sign_in(demo_person(stack, "tech"), arrive="/")
    check(window.page, "Welcome, Luis Ortega")
    for path, heading in {"/inbox": "The inbox is not part", "/settings": "Settings is not part"}.items():
        window.open(path)
        check(window.page, heading)
