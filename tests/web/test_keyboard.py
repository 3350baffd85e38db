"""The inbox without a mouse: its keys, the order of Tab, and where the focus goes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.sandbox.running import Sandbox
from tests.support.companies import SECOND_ACCOUNT, new_company, some_number
from tests.support.stack import RunningStack
from tests.web.conftest import OpenWindow
from tests.web.windows import DESKTOP, PHONE, Window

WORDS = ("Oldest", "Middle", "Newest")


@pytest.fixture
def open_inbox(stack: RunningStack, open_window: OpenWindow, sandbox: Sandbox) -> OpenWindow:
    """Open an inbox with three conversations, the newest on top."""

    def open_one(size: dict[str, int]) -> Window:
        company = new_company(stack, "Keyboard Plumbing", SECOND_ACCOUNT)
        opened = open_window(size)
        opened.sign_in(company.owner)
        for words in WORDS:
            sandbox.customer_texts(some_number(), SECOND_ACCOUNT.numbers[0], words)
            expect(opened.row(words)).to_be_visible()
        return opened

    return open_one


@pytest.fixture
def window(open_inbox: OpenWindow) -> Window:
    """The inbox on a desk."""
    return open_inbox(DESKTOP)


def test_a_text_is_answered_without_a_mouse(window: Window) -> None:
    """j and k walk the rows, Enter opens, r writes, Enter sends, Escape leaves the box, u puts the text back."""
    page = window.page
    for key, words in (("j", "Newest"), ("j", "Middle"), ("j", "Oldest"), ("j", "Oldest"), ("k", "Middle")):
        page.keyboard.press(key)
        expect(window.row(words)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Received text")).to_contain_text("Middle")
    page.keyboard.press("r")
    expect(box(page)).to_be_focused()
    page.keyboard.type("Just a moment, jk")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("and thanks")
    page.keyboard.press("Enter")
    expect(window.sent("Just a moment, jk\nand thanks")).to_be_visible()
    expect(box(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(box(page)).not_to_be_focused()
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile("/inbox$"))
    expect(window.row("Just a moment").get_by_text("1 unread")).to_be_visible()


def test_r_in_the_list_opens_the_conversation_ready_to_write(window: Window) -> None:
    """From the focused row, in one key."""
    window.page.keyboard.press("j")
    expect(window.row("Newest")).to_be_focused()
    window.page.keyboard.press("r")
    expect(window.page.get_by_label("Received text")).to_contain_text("Newest")
    expect(box(window.page)).to_be_focused()
    expect(box(window.page)).to_have_value("")


def test_the_keys_are_shown_and_the_focus_returns(window: Window) -> None:
    """`?` opens the help, Escape closes it, and the row that had the focus has it again."""
    window.page.keyboard.press("j")
    expect(window.row("Newest")).to_be_focused()
    window.page.keyboard.press("?")
    help_of_keys = window.page.get_by_role("dialog", name="Keys of the inbox")
    expect(help_of_keys).to_be_visible()
    window.page.keyboard.press("j")
    window.page.keyboard.press("Escape")
    expect(help_of_keys).to_have_count(0)
    expect(window.row("Newest")).to_be_focused()


def test_tab_walks_the_page_in_reading_order(window: Window) -> None:
    """Skip link, navigation, account, rows; in a thread its header, the texts, the box. Every stop is visible."""
    page = window.page
    page.reload()
    expect(window.row("Newest")).to_be_visible()
    stops: list[Locator] = [
        page.get_by_role("link", name="Skip to the page"),
        page.get_by_role("link", name=re.compile("^Inbox|3 unread")),
        page.get_by_role("link", name="Contacts"),
        page.get_by_role("link", name="Tasks"),
        page.get_by_role("link", name="Invoices"),
        page.get_by_role("link", name="Settings"),
        page.get_by_role("button", name="Account"),
        *(window.row(words) for words in reversed(WORDS)),
    ]
    for stop in stops:
        page.keyboard.press("Tab")
        expect(stop).to_be_focused()
        expect(stop).to_be_in_viewport()
    window.conversation("Middle")
    expect(page.get_by_label("Received text")).to_contain_text("Middle")
    page.get_by_role("link", name=re.compile("^Call")).focus()
    texts = page.get_by_role("region", name=re.compile("^Texts with"))
    for stop in (page.get_by_role("button", name="Mark as unread"), texts, box(page)):
        page.keyboard.press("Tab")
        expect(stop).to_be_focused()


def test_the_account_menu_and_its_dialog_give_the_focus_back(window: Window) -> None:
    """Opened, walked and closed by keyboard."""
    page = window.page
    account = page.get_by_role("button", name="Account")
    account.focus()
    choose_last(page)
    page.keyboard.press("Escape")
    expect(account).to_be_focused()
    choose_last(page)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Sign out on all devices?")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(account).to_be_focused()


def test_on_a_phone_the_focus_follows_into_the_thread_and_back(open_inbox: OpenWindow) -> None:
    """The thread takes the list's place, and its heading the focus; going back returns to the row."""
    window = open_inbox(PHONE)
    window.conversation("Middle")
    expect(window.page.get_by_role("heading", level=2).first).to_be_focused()
    window.page.get_by_role("link", name="Back to the inbox").click()
    expect(window.row("Middle")).to_be_focused()


def choose_last(page: Page) -> None:
    """Open the account's menu, whose button has the focus, and go to its last entry."""
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("End")
    expect(page.get_by_role("menuitem", name="Sign out everywhere")).to_be_focused()


def box(page: Page) -> Locator:
    """Return the box in which a text is written."""
    return page.get_by_placeholder("Write a text")
