"""What becomes of a text, as the thread tells it: failures in plain words, and one bubble whatever the network does."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.sandbox.running import Sandbox, wait_for
from tests.support.companies import SECOND_ACCOUNT, Company, new_company, rest, some_number
from tests.support.stack import RunningStack
from tests.web.conftest import OpenWindow
from tests.web.windows import Window

NUMBER = SECOND_ACCOUNT.numbers[0]
AFTER_THE_TIMEOUT = 30_000
"""Milliseconds until the worker has given up on a request and recorded that."""

FAILURES = {
    "+13035550006": ("Not delivered", "That number can't receive texts; it is probably a landline. Call instead."),
    "+13035550005": ("Not delivered", "Their phone is off or out of reach. Try again later or call."),
    "+13035550007": ("Not delivered", "Their carrier took this text for spam. Write it differently, without links."),
    "+13035550009": ("Failed", "That number can't receive texts; it is probably a landline. Call instead."),
    "+13035550001": ("Failed", "That number does not exist. Check it for a typing mistake."),
}
"""The sandbox's numbers that fail in a way of their own, with the mark and the words that the page has for it."""


def test_a_text_that_failed_says_why_and_gives_its_words_back(stack: RunningStack, open_window: OpenWindow) -> None:
    """By a mark with a word, by a sentence without a code, and with a way to use the words again."""
    window = open_window()
    company = new_company(stack, "Unlucky Plumbing", SECOND_ACCOUNT)
    window.sign_in(company.owner)
    for customer, (mark, reason) in FAILURES.items():
        open_thread(window, stack, customer, f"Hello from {customer}")
        window.write("On our way")
        bubble = window.sent("On our way")
        expect(bubble.get_by_text(mark, exact=True)).to_be_visible()
        expect(bubble.get_by_text(reason)).to_be_visible()
    window.page.get_by_role("button", name="Use these words again").click()
    expect(window.page.get_by_placeholder("Write a text")).to_have_value("On our way")
    expect(window.page.get_by_placeholder("Write a text")).to_be_focused()


def test_a_number_that_opted_out_at_twilio_closes_the_composer(stack: RunningStack, open_window: OpenWindow) -> None:
    """Twilio's refusal is remembered as a STOP that we had missed."""
    window = open_window()
    window.sign_in(new_company(stack, "Unwelcome Plumbing", SECOND_ACCOUNT).owner)
    open_thread(window, stack, "+13035550004", "Hello before I opted out")
    window.write("Are you still interested?")
    reason = "They replied STOP, so this text was not sent."
    expect(window.sent("Are you still interested?").get_by_text(reason)).to_be_visible()
    expect(window.page.get_by_role("button", name="Send")).to_be_disabled()


@pytest.mark.parametrize(
    "switches",
    [
        pytest.param({"webhook_copies": 5, "webhook_shuffle_seconds": 1.0}, id="five-copies-shuffled"),
        pytest.param({"webhook_delay_seconds": 1.0, "status_step_seconds": 0.0}, id="late-and-at-once"),
        pytest.param({"webhook_failures": 2}, id="failed-and-tried-again"),
    ],
)
def test_whatever_the_network_does_each_text_is_shown_once(
    stack: RunningStack, open_window: OpenWindow, sandbox: Sandbox, switches: dict[str, float]
) -> None:
    """One bubble and one row for each text, and the last mark is the right one."""
    company = new_company(stack, "Unsteady Plumbing", SECOND_ACCOUNT)
    sandbox.switch(**switches)
    window = open_window()
    window.sign_in(company.owner)
    open_thread(window, stack, some_number(), "Is it you again?")
    window.write("Only once")
    expect(window.sent("Only once").get_by_text("Delivered")).to_be_visible()
    expect(window.sent("Only once")).to_have_count(1)
    expect(window.page.get_by_label("Received text")).to_have_count(1)
    expect(window.page.locator("a[data-conversation]")).to_have_count(1)
    assert rows(stack, company) == [("inbound", "Is it you again?", "received"), ("outbound", "Only once", "delivered")]


def test_a_report_that_is_lost_is_made_good_by_a_later_one_and_never_guessed(
    stack: RunningStack, open_window: OpenWindow, sandbox: Sandbox
) -> None:
    """Without "sent" a text still becomes delivered; without any report nothing is claimed."""
    window = open_window()
    window.sign_in(new_company(stack, "Silent Plumbing", SECOND_ACCOUNT).owner)
    customer = some_number()
    open_thread(window, stack, customer, "Anybody?")
    sandbox.switch(webhook_drops=1)
    window.write("Somebody")
    expect(window.sent("Somebody").get_by_text("Delivered")).to_be_visible()
    sandbox.switch(webhook_drops=2)
    window.write("Really")
    wait_for(lambda: [text["status"] for text in sandbox.texts_on(customer)] == ["delivered", "delivered"])
    expect(window.sent("Really").get_by_text("Sending")).to_be_visible()


def test_a_text_whose_sending_is_not_proven_is_shown_as_not_sure(
    stack: RunningStack, open_window: OpenWindow, sandbox: Sandbox
) -> None:
    """Twilio took it and answered nothing: a person decides, nothing is sent a second time."""
    window = open_window()
    window.sign_in(new_company(stack, "Doubtful Plumbing", SECOND_ACCOUNT).owner)
    customer = some_number()
    open_thread(window, stack, customer, "Did you get my mail?")
    sandbox.switch(api_fault="silent_after_accepting", api_faults=1, hold_statuses=True)
    window.write("Yes, thank you")
    bubble = window.sent("Yes, thank you")
    expect(bubble.get_by_text("Not sure it was sent")).to_be_visible(timeout=AFTER_THE_TIMEOUT)
    expect(bubble.get_by_text("We could not learn whether this text was sent.")).to_be_visible()
    asked = [request for request in sandbox.get("requests")["requests"] if request["parameters"].get("To") == customer]
    assert len(asked) <= 1, "the request without an answer is noted when the sandbox gives up on it"


def open_thread(window: Window, stack: RunningStack, customer: str, words: str) -> None:
    """Let a customer text the company, and open the conversation."""
    Sandbox(stack.sandbox_url).customer_texts(customer, NUMBER, words)
    window.row(words).click()
    expect(window.page.get_by_label("Received text").filter(has_text=words)).to_be_visible()


def rows(stack: RunningStack, company: Company) -> list[tuple[str, str, str]]:
    """Return direction, body and status of the company's texts in the database, oldest first."""
    found = rest(stack, company.owner, "GET", "sms_messages?select=direction,body,status&order=created_at")
    return [(row["direction"], row["body"], row["status"]) for row in found]
