"""Takes pictures of a page at the sizes and in the colour schemes that people have."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.stack.console import StackError, note

SIZES = ((360, 740), (768, 1024), (1440, 900))
"""Width and height in CSS pixels: a phone, a tablet, a desk."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DRAWN = """async () => {
  await document.fonts.ready;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await frame();
  await frame();
  // A colour that ends its way can start another's: what inherits it.
  for (let running = document.getAnimations(); running.length > 0; running = document.getAnimations()) {
    await Promise.allSettled(running.map((animation) => animation.finished));
    await frame();
  }
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium; raise StackError when there is none."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise StackError("Screenshots need Chromium. Install it (apt-get install chromium).")
    # As root Chromium has to do without its own sandbox.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=options)
        yield browser
        browser.close()


def open_page(browser: Browser) -> Page:
    """Open a page without cookies, whose animations are over at once."""
    return browser.new_context(locale="en-US", reduced_motion="reduce").new_page()


@dataclass
class Camera:
    """Puts its pictures into a folder, as ``<number>-<screen>-<width>-<scheme>.png``."""

    folder: Path
    taken: list[str] = field(default_factory=list)

    def take(self, page: Page, screen: str) -> None:
        """Take a screen at every size and in both schemes."""
        self.taken.append(screen)
        note(screen)
        for width, height in SIZES:
            for scheme in SCHEMES:
                path = self.folder / f"{len(self.taken):02}-{screen}-{width}-{scheme}.png"
                shoot(page, path, (width, height), scheme)


def shoot(page: Page, path: Path, size: tuple[int, int], scheme: Literal["light", "dark"]) -> None:
    """Take one picture, once the page has drawn itself anew."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
    page.evaluate(DRAWN)
    page.screenshot(path=path)
