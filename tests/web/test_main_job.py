"""The main job: a customer's text appears in every open browser of the right company, and in nobody else's."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.companies import SECOND_ACCOUNT, new_company, some_number
from tests.support.stack import RunningStack
from tests.web.conftest import OpenWindow
from tests.web.phone import Phone
from tests.web.windows import DESKTOP, PHONE

WITHIN_TWO_SECONDS = 2_000


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_text_and_its_answer(stack: RunningStack, open_window: OpenWindow, size: dict[str, int]) -> None:
    """In, out, and followed to delivery, live in two windows of the company; another company's window stays empty."""
    company = new_company(stack, "Main Job Plumbing", SECOND_ACCOUNT)
    stranger = new_company(stack, "Strangers")
    ours, colleague, theirs = open_window(size), open_window(DESKTOP), open_window(size)
    ours.sign_in(company.owner)
    colleague.sign_in(company.owner)
    theirs.sign_in(stranger.owner)
    phone = Phone(open_window(PHONE), some_number(), SECOND_ACCOUNT.numbers[0])

    phone.text("My sink is leaking")
    for window in (ours, colleague):
        row = window.row("My sink is leaking")
        expect(row).to_be_visible(timeout=WITHIN_TWO_SECONDS)
        expect(row.get_by_text("1 unread")).to_be_visible()
    expect(ours.page).to_have_title(re.compile(r"\(1\)"))

    ours.conversation("My sink is leaking")
    expect(ours.page.get_by_label("Received text")).to_contain_text("My sink is leaking")
    ours.write("We can be there at 10")
    sent = ours.page.get_by_label("Sent text", exact=False).filter(has_text="We can be there at 10")
    expect(sent).to_be_visible()
    expect(phone.received("We can be there at 10")).to_be_visible()
    expect(sent.get_by_text("Delivered")).to_be_visible()
    expect(colleague.row("We can be there at 10")).to_be_visible()

    expect(theirs.page.get_by_text("My sink is leaking")).to_have_count(0)
    expect(theirs.page.locator("a[data-conversation]")).to_have_count(0)


def test_stop_is_refused_with_the_reason_and_start_lifts_it(stack: RunningStack, open_window: OpenWindow) -> None:
    """The page says why and what lifts it, and the conversation opens again by itself."""
    company = new_company(stack, "Stop Plumbing", SECOND_ACCOUNT)
    window = open_window()
    window.sign_in(company.owner)
    phone = Phone(open_window(PHONE), some_number(), SECOND_ACCOUNT.numbers[0])
    phone.text("Hello")
    window.conversation("Hello")
    phone.text("STOP")
    expect(window.page.get_by_text("START").first).to_be_visible()
    expect(window.page.get_by_role("button", name="Send")).to_be_disabled()
    phone.text("START")
    box = window.page.get_by_placeholder("Write a text")
    expect(box).to_be_enabled()
    window.write("Welcome back")
    expect(phone.received("Welcome back")).to_be_visible()
