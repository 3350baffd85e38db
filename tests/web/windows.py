"""Windows of real browsers: each is a person of its own, and complains about every error that the page had."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Response,
    Route,
    expect,
)

from tests.support.people import Person, some_address
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

    @classmethod
    def in_context(cls, context: BrowserContext, stack: RunningStack) -> Window:
        """Open a page among what the context's other pages share, and listen to its complaints."""
        opened = cls(context.new_page(), stack)
        opened.listen()
        return opened

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

    @contextmanager
    def trouble(self) -> Iterator[None]:
        """Forget what the page complains of inside the block: the test breaks something there."""
        before = len(self.complaints)
        try:
            yield
        finally:
            del self.complaints[before:]

    def open(self, path: str) -> None:
        """Go to a path of the product."""
        self.page.goto(self.stack.web_url + path)

    def sign_in(self, person: Person, arrive: str = "/inbox") -> None:
        """Sign in through the page and arrive where the person starts."""
        # Whoever comes without a session is told so by 401, which is no error of the page.
        self.expected.add(401)
        self.open("/sign-in")
        self.give_password(person)
        expect(self.page).to_have_url(re.compile(f"{re.escape(arrive)}$"))

    def give_password(self, person: Person) -> None:
        """Fill in the sign-in page and send it."""
        self.page.get_by_label("E-mail").fill(person.email)
        self.page.get_by_label("Password").fill(person.password)
        self.page.get_by_role("button", name="Sign in").click()

    def row(self, words: str) -> Locator:
        """Return the rows of the list that contain these words."""
        return self.page.locator("a[data-conversation]", has_text=words)

    def conversation(self, words: str) -> None:
        """Open the conversation whose row contains these words."""
        self.row(words).click()

    def sent(self, words: str) -> Locator:
        """Return the bubbles of our side that contain these words."""
        return self.page.get_by_label("Sent text").filter(has_text=words)

    def write(self, words: str) -> None:
        """Send a text in the open conversation."""
        box = self.page.get_by_placeholder("Write a text")
        box.fill(words)
        box.press("Enter")


def come_from(address: str, context: BrowserContext) -> None:
    """Let the context's account requests come from an address: Auth's limits count by it."""

    def forward(route: Route) -> None:
        route.continue_(headers={**route.request.headers, "X-Forwarded-For": address})

    context.route("**/api/v1/auth/**", forward)


@contextmanager
def window(browser: Browser, stack: RunningStack, size: dict[str, int] | None = None) -> Iterator[Window]:
    """Open a window with no cookies; it must not have complained when the block ends well."""
    viewport = size or DESKTOP
    context = browser.new_context(
        viewport=viewport,  # type: ignore[arg-type]
        has_touch=viewport == PHONE,
        is_mobile=viewport == PHONE,
        locale="en-US",
        reduced_motion="reduce",
    )
    come_from(some_address(), context)
    opened = Window.in_context(context, stack)
    try:
        yield opened
        assert opened.complaints == []
    finally:
        context.close()
