"""A real browser, one for all tests of this room; each test opens windows of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.stack import RunningStack
from tests.web.windows import Window, chromium, window

OpenWindow = Callable[..., Window]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright, chromium(playwright) as started:
        yield started


@pytest.fixture
def open_window(browser: Browser, stack: RunningStack) -> Iterator[OpenWindow]:
    """Open windows of the shared stack; all are checked for complaints and closed at the end."""
    with ExitStack() as windows:

        def open_one(size: dict[str, int] | None = None) -> Window:
            return windows.enter_context(window(browser, stack, size))

        yield open_one
