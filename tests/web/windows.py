"""Windows of real browsers: each is a person of its own, and complains about every error that the page had."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Response, expect

from tests.support.people import Person
from tests.support.stack import RunningStack

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}

QUIET = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Start the machine's Chromium; as root it has to do without its own sandbox."""
    options = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
    yield browser
    browser.close()


@dataclass
class Window:
    """One person's window."""

    page: Page
    stack: RunningStack
    complaints: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    """Statuses that this test provokes: the browser's console speaks of each."""

    def listen(self) -> None:
        """Note every console error, uncaught error and failed answer."""
        self.page.on("console", self.note_message)
        self.page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        self.page.on("response", self.note_answer)

    def note_message(self, message: ConsoleMessage) -> None:
        """Note an error of the console, unless it only repeats an answer that was expected."""
        status = re.search(r"status of (\d{3})", message.text)
        if message.type == "error" and not (status and int(status[1]) in self.expected):
            self.complaints.append(f"console: {message.text}")

    def note_answer(self, answer: Response) -> None:
        """Note an answer that is an error."""
        if answer.status >= 400 and answer.status not in self.expected:
            self.complaints.append(f"{answer.status} {answer.request.method} {answer.url}")

    def open(self, path: str) -> None:
        """Go to a path of the product."""
        self.page.goto(self.stack.web_url + path)

    def sign_in(self, person: Person) -> None:
        """Sign in through the page and arrive in the inbox."""
        # Whoever comes without a session is told so by 401, which is no error of the page.
        self.expected.add(401)
        self.open("/sign-in")
        self.page.get_by_label("E-mail").fill(person.email)
        self.page.get_by_label("Password").fill(person.password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page).to_have_url(re.compile("/inbox"))

    def conversation(self, words: str) -> None:
        """Open the conversation whose row contains these words."""
        self.page.locator("a[data-conversation]", has_text=words).click()

    def write(self, words: str) -> None:
        """Send a text in the open conversation."""
        box = self.page.get_by_placeholder("Write a text")
        box.fill(words)
        box.press("Enter")


@contextmanager
def window(browser: Browser, stack: RunningStack, size: dict[str, int] | None = None) -> Iterator[Window]:
    """Open a window with no cookies; it must not have complained when the block ends well."""
    context = browser.new_context(viewport=size or DESKTOP, locale="en-US")  # type: ignore[arg-type]
    opened = Window(context.new_page(), stack)
    opened.listen()
    try:
        yield opened
        assert opened.complaints == []
    finally:
        context.close()
