"""A bad line: the page says so, nothing that was written is lost or sent twice, and what was missed appears."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.faults.killing import kill_service, kill_supabase, wait_until_ready
from tests.sandbox.running import Sandbox, wait_for
from tests.support.companies import SECOND_ACCOUNT, new_company, rest, some_number
from tests.support.stack import TOKEN_SECONDS, RunningStack
from tests.web.conftest import OpenWindow
from tests.web.sockets import Sockets, expiry_of

NUMBER = SECOND_ACCOUNT.numbers[0]
OFFLINE = "Offline."
RECONNECTING = "Reconnecting. New texts appear in a moment."
UP_AGAIN = 30_000
"""Milliseconds that a process may take to be started again, and a page to find it."""


class Line:
    """The sockets between a page and Realtime, which can be cut."""

    def __init__(self, page: Page) -> None:
        self.whole = True
        self.sockets: list[WebSocketRoute] = []
        page.route_web_socket("**/realtime/v1/**", self.connect)

    def connect(self, socket: WebSocketRoute) -> None:
        """Let a new socket through, or end it at once."""
        if not self.whole:
            socket.close()
            return
        socket.connect_to_server()
        self.sockets.append(socket)

    def cut(self) -> None:
        """End the sockets, and every new one until the line is mended."""
        self.whole = False
        for socket in self.sockets:
            socket.close()
        self.sockets.clear()

    def mend(self) -> None:
        """Let new sockets through."""
        self.whole = True


def test_a_text_written_offline_is_sent_once_when_the_line_is_back(
    stack: RunningStack, open_window: OpenWindow, sandbox: Sandbox
) -> None:
    """It waits on screen until then; one text reaches the phone, and one row the database."""
    company = new_company(stack, "Tunnel Plumbing", SECOND_ACCOUNT)
    customer = some_number()
    sandbox.customer_texts(customer, NUMBER, "Are you on your way?")
    window = open_window()
    window.sign_in(company.owner)
    window.conversation("Are you on your way?")
    expect(window.page.get_by_label("Received text")).to_be_visible()
    with window.trouble():
        window.page.context.set_offline(True)
        expect(window.page.get_by_text(OFFLINE)).to_be_visible()
        window.write("In the tunnel, there in 5")
        expect(window.sent("In the tunnel, there in 5").get_by_text("Not sent yet")).to_be_visible()
        window.page.context.set_offline(False)
        expect(window.page.get_by_text(OFFLINE)).to_have_count(0)
        expect(window.sent("In the tunnel, there in 5").get_by_text("Delivered")).to_be_visible()
    expect(window.sent("In the tunnel, there in 5")).to_have_count(1)
    assert [text["body"] for text in sandbox.texts_on(customer)] == ["In the tunnel, there in 5"]
    assert len(rest(stack, company.owner, "GET", "sms_messages?direction=eq.outbound")) == 1


def test_texts_that_were_missed_appear_when_the_line_is_back(
    stack: RunningStack, open_window: OpenWindow, sandbox: Sandbox
) -> None:
    """No event tells of them afterwards: the page asks for what it missed, in the list and in the open thread."""
    company = new_company(stack, "Valley Plumbing", SECOND_ACCOUNT)
    customer = some_number()
    sandbox.customer_texts(customer, NUMBER, "First")
    window = open_window()
    line = Line(window.page)
    window.sign_in(company.owner)
    window.conversation("First")
    with window.trouble():
        line.cut()
        expect(window.page.get_by_text(RECONNECTING)).to_be_visible()
        sandbox.customer_texts(customer, NUMBER, "Second")
        sandbox.customer_texts(some_number(), NUMBER, "From somebody else")
        wait_for(lambda: len(rest(stack, company.owner, "GET", "sms_messages")) == 3)
        line.mend()
        expect(window.page.get_by_text(RECONNECTING)).to_have_count(0, timeout=UP_AGAIN)
    expect(window.page.get_by_label("Received text").filter(has_text="Second")).to_be_visible()
    expect(window.row("From somebody else")).to_be_visible()


def test_live_updates_go_on_after_the_token_expired(
    fragile_stack: RunningStack, open_fragile_window: OpenWindow
) -> None:
    """The channels that were joined with the first token hear a text after that token has expired: no second join."""
    company = new_company(fragile_stack, "Patient Plumbing", SECOND_ACCOUNT)
    window = open_fragile_window()
    sockets = Sockets.of(window.page)
    window.sign_in(company.owner)
    for _ in range(2):
        with window.page.expect_response("**/api/v1/auth/refresh", timeout=1_500 * TOKEN_SECONDS):
            pass
    joins = sockets.joins()
    expired_at = {expiry_of(join["access_token"]) for join in joins}
    assert max(expired_at) < time.time()

    Sandbox(fragile_stack.sandbox_url).customer_texts(some_number(), SECOND_ACCOUNT.numbers[0], "Still there?")
    expect(window.row("Still there?")).to_be_visible()
    assert sockets.heard("Still there?")
    assert sockets.joins() == joins
    assert expiry_of(sockets.renewed_tokens()[-1]) > time.time()


@pytest.mark.parametrize("kill", [kill_service, kill_supabase], ids=["service", "supabase"])
def test_a_process_that_is_killed_comes_back_and_the_page_with_it(
    fragile_stack: RunningStack, open_fragile_window: OpenWindow, kill: Callable[[RunningStack], None]
) -> None:
    """Without a reload, and although the token that the page holds lives for seconds only."""
    company = new_company(fragile_stack, "Restart Plumbing", SECOND_ACCOUNT)
    sandbox = Sandbox(fragile_stack.sandbox_url)
    window = open_fragile_window()
    window.sign_in(company.owner)
    with window.trouble():
        kill(fragile_stack)
        wait_until_ready(fragile_stack)
        sandbox.customer_texts(some_number(), NUMBER, "After the fall")
        window.row("After the fall").click(timeout=UP_AGAIN)
        window.write("Here we are again")
        expect(window.sent("Here we are again").get_by_text("Delivered")).to_be_visible(timeout=UP_AGAIN)


def test_a_page_of_an_older_build_says_so_and_can_be_reloaded(stack: RunningStack, open_window: OpenWindow) -> None:
    """The page compares its own build with the one that the service names now."""
    window = open_window()
    window.page.route("**/api/v1/health", lambda route: route.fulfill(json={"status": "ok", "build": "the next one"}))
    window.sign_in(new_company(stack, "Updated Plumbing").owner)
    expect(window.page.get_by_text("FieldLite was updated.")).to_be_visible()
    window.page.unroute("**/api/v1/health")
    window.page.get_by_role("button", name="Reload now").click()
    expect(window.page.get_by_text("No conversations yet")).to_be_visible()
    expect(window.page.get_by_text("FieldLite was updated.")).to_have_count(0)
