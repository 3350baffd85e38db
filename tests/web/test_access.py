"""Who sees and hears what: each role's screens, and the moment when access ends."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from psycopg import Connection

from tests.sandbox.running import Sandbox, wait_for
from tests.support.companies import SECOND_ACCOUNT, Company, new_company, rest, some_number
from tests.support.members import new_member
from tests.support.people import Person, demo_person
from tests.support.stack import RunningStack
from tests.web.conftest import OpenWindow
from tests.web.listeners import listening
from tests.web.sockets import Sockets

Database = Connection[tuple[object, ...]]


def test_a_deactivated_member_hears_nothing_more_while_the_others_go_on(
    stack: RunningStack, database: Database
) -> None:
    """At the socket: told to join anew, the leaver may join neither the old topics nor the new ones."""
    company = new_company(stack, "Socket Plumbing", SECOND_ACCOUNT)
    leaver = new_member(stack, database, company, "dispatcher")
    with listening(stack, leaver) as left, listening(stack, company.owner) as stayed:
        old = [topic for topic in left.topics() if topic.endswith(":inbox")]
        assert all(listener.join(topic) for listener in (left, stayed) for topic in old)
        text(stack, "For both")
        wait_for(lambda: "For both" in left.bodies() and "For both" in stayed.bodies())

        deactivate(stack, company, leaver)
        wait_for(lambda: "rejoin" in left.operations() and "rejoin" in stayed.operations())
        new = [topic for topic in stayed.topics() if topic.endswith(":inbox")]
        assert new != old
        assert all(stayed.join(topic) for topic in new)
        assert left.topics() == []
        with listening(stack, leaver) as back:
            assert [back.join(topic) for topic in (*old, *new)] == [False, False]
            text(stack, "For those who stayed")
            wait_for(lambda: "For those who stayed" in stayed.bodies())
            assert back.heard == []
        assert left.bodies() == ["For both"]


def test_the_page_of_a_deactivated_member_says_so_and_shows_nothing_more(
    stack: RunningStack, database: Database, open_window: OpenWindow
) -> None:
    """The list is gone at once, what comes later never arrives, and colleagues' pages go on by themselves."""
    company = new_company(stack, "Parting Plumbing", SECOND_ACCOUNT)
    leaver = new_member(stack, database, company, "dispatcher")
    ours, theirs = open_window(), open_window()
    theirs.expected |= {401, 403}
    sockets = Sockets.of(theirs.page)
    ours.sign_in(company.owner)
    theirs.sign_in(leaver)
    text(stack, "Before")
    for window in (ours, theirs):
        expect(window.row("Before")).to_be_visible()

    deactivate(stack, company, leaver)
    expect(theirs.page.get_by_role("heading", name="You no longer have access to Parting Plumbing")).to_be_visible()
    expect(theirs.page.get_by_text("Before")).to_have_count(0)
    text(stack, "Afterwards")
    expect(ours.row("Afterwards")).to_be_visible()
    assert sockets.heard("Before")
    assert not sockets.heard("Afterwards")
    theirs.page.get_by_role("button", name="Sign out").click()
    expect(theirs.page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("role", ["owner", "manager", "dispatcher", "estimator"])
def test_the_office_answers_and_only_owner_and_manager_have_settings(
    stack: RunningStack, open_window: OpenWindow, role: str
) -> None:
    """What a role does not include is not in the rail, and its address says so."""
    page = at_work(stack, open_window, role)
    expect(page.get_by_placeholder("Write a text")).to_be_enabled()
    settings = page.get_by_role("link", name="Settings")
    if role in {"owner", "manager"}:
        settings.click()
        expect(page.get_by_role("heading", name="Twilio is connected")).to_be_visible()
        return
    expect(settings).to_have_count(0)
    page.goto(f"{stack.web_url}/settings/twilio")
    expect(page.get_by_role("heading", name="Settings is not part of your role")).to_be_visible()


def test_a_bookkeeper_reads_the_texts_and_cannot_answer(stack: RunningStack, open_window: OpenWindow) -> None:
    """No box to write in and nothing marked as read on the way, but the reason."""
    page = at_work(stack, open_window, "bookkeeper")
    expect(page.get_by_text("Answering them is not part of your role.")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)
    expect(page.get_by_role("button", name="Mark as unread")).to_have_count(0)
    page.keyboard.press("r")
    page.goto(f"{stack.web_url}/settings")
    expect(page.get_by_role("heading", name="Settings is not part of your role")).to_be_visible()


def test_a_technician_sees_no_customer_yet(stack: RunningStack, open_window: OpenWindow) -> None:
    """Their start says what they can do, and the addresses of the office say that they are not theirs."""
    window = open_window()
    window.sign_in(demo_person(stack, "tech"), arrive="/")
    expect(window.page.get_by_text("There is nothing here for a tech yet.")).to_be_visible()
    expect(window.page.get_by_role("navigation", name="Main").get_by_role("link")).to_have_count(0)
    for path, place in {"/inbox": "The inbox", "/settings": "Settings"}.items():
        window.open(path)
        expect(window.page.get_by_role("heading", name=f"{place} is not part of your role")).to_be_visible()


def at_work(stack: RunningStack, open_window: OpenWindow, role: str) -> Page:
    """Sign in as somebody of the demo company, and open a conversation without anything unread."""
    window = open_window()
    window.sign_in(demo_person(stack, role))
    window.conversation("Oleg Petrenko")
    expect(window.page.get_by_label("Received text")).to_contain_text("can u stop by at 5 instead of 4")
    return window.page


def text(stack: RunningStack, words: str) -> None:
    """Let a customer text the company that has the second account."""
    Sandbox(stack.sandbox_url).customer_texts(some_number(), SECOND_ACCOUNT.numbers[0], words)


def deactivate(stack: RunningStack, company: Company, member: Person) -> None:
    """End a member's access, as the owner."""
    rest(stack, company.owner, "POST", "rpc/deactivate_member", {"p_user": str(member.user_id)})
