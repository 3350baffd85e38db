"""Every way in and what a person changes about their account: mailed links, a provider, passwords, a second factor."""

from __future__ import annotations

import re
import uuid

import httpx
from playwright.sync_api import expect
from psycopg import Connection

from tests.support.companies import new_company
from tests.support.members import new_member
from tests.support.stack import RunningStack
from tests.support.totp import totp
from tests.web.conftest import OpenWindow
from tests.web.mailed import mailed_link
from tests.web.signing_in import follow, give_code, heading, press, set_up_factor, some_email

Database = Connection[tuple[object, ...]]
NEXT_PASSWORD = "another long password for tests"


def test_a_mailed_link_signs_in_and_leads_to_where_the_person_was_going(
    stack: RunningStack, open_window: OpenWindow
) -> None:
    owner = new_company(stack, "Linked Plumbing").owner
    window = open_window()
    window.expected.add(401)
    window.open("/settings/numbers")
    expect(window.page).to_have_url(re.compile(r"/sign-in\?next=%2Fsettings%2Fnumbers"))
    press(window.page, "Email me a link")  # without an address the form says what is missing
    expect(window.page.get_by_label("E-mail")).to_be_focused()
    window.page.get_by_label("E-mail").fill(owner.email)
    press(window.page, "Email me a link")
    heading(window.page, "Check your e-mail")
    expect(window.page.get_by_text(owner.email)).to_be_visible()
    follow(window, mailed_link(stack, owner.email), "Sign in")
    expect(window.page).to_have_url(f"{stack.web_url}/settings/numbers")
    heading(window.page, "No number yet")


def test_a_providers_account_signs_in_and_a_refusal_is_said(stack: RunningStack, open_window: OpenWindow) -> None:
    owner = new_company(stack, "Provided Plumbing").owner
    window = open_window()
    window.expected |= {401, 404}  # the stand-in's page has no icon
    for answer in ("Deny", "Continue"):
        window.open("/sign-in?next=%2Fsettings%2Fnumbers")
        window.page.get_by_role("link", name="Continue with Google").click()
        window.page.get_by_label("E-mail address").fill(owner.email)
        press(window.page, answer)
        if answer == "Deny":
            expect(window.page.get_by_role("alert")).to_contain_text("called it off")
    expect(window.page).to_have_url(f"{stack.web_url}/settings/numbers")
    window.page.reload()
    heading(window.page, "No number yet")


def test_a_forgotten_password_is_replaced(stack: RunningStack, open_window: OpenWindow) -> None:
    owner = new_company(stack, "Forgetful Plumbing").owner
    window = open_window()
    window.expected.add(401)
    window.open("/sign-in")
    window.page.get_by_role("link", name="Forgot your password?").click()
    window.page.get_by_label("E-mail").fill(owner.email)
    press(window.page, "Send the link")
    heading(window.page, "Check your e-mail")
    follow(window, mailed_link(stack, owner.email), "Go on")
    heading(window.page, "Choose a new password")
    assert "token_hash" not in window.page.url
    window.page.get_by_label("New password").fill(NEXT_PASSWORD)
    press(window.page, "Save the password")
    expect(window.page).to_have_url(re.compile("/inbox$"))
    assert sign_in_status(stack, owner.email, owner.password) == 401
    assert sign_in_status(stack, owner.email, NEXT_PASSWORD) == 200


def test_a_second_factor_is_set_up_asked_for_and_removed(stack: RunningStack, open_window: OpenWindow) -> None:
    owner = new_company(stack, "Guarded Plumbing").owner
    window, elsewhere = open_window(), open_window()
    window.sign_in(owner)
    window.open("/account")
    press(window.page, "Set up an authenticator app")
    secret = set_up_factor(window.page)
    expect(window.page.get_by_role("dialog")).to_have_count(0)
    expect(window.page.get_by_text("My phone")).to_be_visible()

    elsewhere.expected |= {401, 422}
    elsewhere.open("/account/devices")
    elsewhere.give_password(owner)
    heading(elsewhere.page, "Enter your code")
    give_code(elsewhere.page, "000 000", "Go on")
    expect(elsewhere.page.get_by_role("alert")).to_contain_text("That code is not right")
    give_code(elsewhere.page, totp(secret, ahead=1), "Go on")
    expect(elsewhere.page).to_have_url(f"{stack.web_url}/account/devices")
    expect(elsewhere.page.get_by_text("with a second factor").first).to_be_visible()

    press(window.page, "Remove My phone")
    press(window.page, "Remove it")
    expect(window.page.get_by_role("button", name="Set up an authenticator app")).to_be_visible()


def test_a_company_that_demands_a_second_factor_opens_with_it_only(
    stack: RunningStack, database: Database, open_window: OpenWindow
) -> None:
    """Whoever works there already is asked at once; setting it up opens the company where they stood."""
    company = new_company(stack, "Strict Plumbing")
    member = new_member(stack, database, company, "dispatcher")
    window = open_window()
    window.expected |= {401, 403}
    window.sign_in(member)
    database.execute("update tenants set requires_second_factor = true where id = %s", (company.tenant_id,))
    heading(window.page, "Set up a second factor")
    set_up_factor(window.page)
    heading(window.page, "No conversations yet")


def test_devices_are_listed_and_signed_out_at_once(stack: RunningStack, open_window: OpenWindow) -> None:
    owner = new_company(stack, "Travelling Plumbing").owner
    here, there = open_window(), open_window()
    there.expected |= {401, 403}
    there.sign_in(owner)
    here.sign_in(owner)
    here.page.get_by_role("button", name="Account").click()
    here.page.get_by_role("menuitem", name="Your devices").click()
    devices = here.page.get_by_role("region", name="Where you are signed in").get_by_role("listitem")
    expect(devices).to_have_count(3)  # the third is the one with which the test made the company
    expect(devices.first).to_contain_text("This device")
    expect(devices.nth(1)).to_contain_text(re.compile(r"Chrome on Linux.*from 198\.1"))
    press(here.page, "Sign out Chrome on Linux")
    expect(devices).to_have_count(2)
    expect(there.page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(there.page.get_by_text("Your session has ended.")).to_be_visible()
    press(here.page, "Sign out all others")
    expect(devices).to_have_count(1)


def test_name_address_and_password_are_changed_by_oneself(stack: RunningStack, open_window: OpenWindow) -> None:
    owner, window, email = new_company(stack, "Changing Plumbing").owner, open_window(), some_email()
    window.expected |= {401, 422}
    window.sign_in(owner)
    window.open("/account")
    page = window.page
    page.get_by_label("Name", exact=True).fill("Robin Changed")
    with page.expect_request("**/rest/v1/rpc/rename_member") as renaming:
        press(page, "Save the name")
    uuid.UUID(renaming.value.headers["x-request-id"])  # what the audit log will say, and error screens
    expect(page.get_by_text("Your name is changed.")).to_be_visible()

    page.get_by_label("New e-mail").fill(email)
    press(page, "Change the e-mail")
    expect(page.get_by_text("Open the links in both")).to_be_visible()
    follow(window, mailed_link(stack, email), "Confirm the change")
    heading(page, "One more link to open")
    follow(window, mailed_link(stack, owner.email), "Confirm the change")
    expect(page).to_have_url(re.compile("/inbox$"))

    window.open("/account")
    expect(page.get_by_text(email, exact=True)).to_be_visible()
    page.get_by_label("Present password").fill("not this one")
    page.get_by_label("New password").fill(NEXT_PASSWORD)
    press(page, "Change the password")
    expect(page.get_by_role("alert")).to_contain_text("That is not your present password.")
    page.get_by_label("Present password").fill(owner.password)
    press(page, "Change the password")
    expect(page.get_by_text("Your password is changed")).to_be_visible()
    assert sign_in_status(stack, email, NEXT_PASSWORD) == 200


def sign_in_status(stack: RunningStack, email: str, password: str) -> int:
    """Return the status of an attempt to sign in."""
    body, headers = {"email": email, "password": password}, {"Origin": stack.service_url}
    return httpx.post(f"{stack.service_url}/api/v1/auth/sign-in", json=body, headers=headers, timeout=20).status_code
