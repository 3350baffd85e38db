"""The command line of ``scripts/screenshots``."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, expect

from scripts.pictures import walk
from scripts.pictures.camera import Camera, chromium, open_page, shoot
from scripts.stack import control
from scripts.stack.console import StackError, complain, step
from scripts.stack.layout import ROOT, SHARED, StateFolder

DESCRIPTION = """\
Photographs every screen of a running ./scripts/dev at 360, 768 and 1440 px, light and dark, to be looked at before a
release. A newcomer's account is made on the way, so run it on a stack that can be reset.
"""
README_PICTURE = ROOT / "docs" / "images" / "inbox.png"


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures; return 1 with a message when nothing runs."""
    choices = parser().parse_args(arguments)
    try:
        where = addresses(StateFolder(choices.state.resolve()))
        with chromium() as browser:
            if choices.readme:
                take_readme_picture(browser, where)
            else:
                take_all(browser, where, choices.to.resolve())
    except StackError as problem:
        complain(problem)
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    made = argparse.ArgumentParser(prog="scripts/screenshots", description=DESCRIPTION)
    made.add_argument("--to", type=Path, default=ROOT / "screenshots", help="where they go (default: screenshots/)")
    made.add_argument("--readme", action="store_true", help="take only the README's picture: docs/images/inbox.png")
    made.add_argument("--state", type=Path, default=SHARED, metavar="DIR", help="the stack's state folder")
    return made


def addresses(state: StateFolder) -> walk.Addresses:
    """Return where the running stack is; raise StackError when none is ready."""
    described = control.describe(state)
    if not described["ready"]:
        raise StackError("Nothing runs to be photographed. Start it with ./scripts/dev, and try again.")
    return described


def take_all(browser: Browser, where: walk.Addresses, folder: Path) -> None:
    """Walk every way; the pictures of an earlier walk go first."""
    step(f"taking pictures into {folder}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    camera = Camera(folder)
    for way in (walk.walk_before_sign_in, walk.walk_as_newcomer, walk.walk_as_owner, walk.walk_as_others):
        way(browser, camera, where)


def take_readme_picture(browser: Browser, where: walk.Addresses) -> None:
    """Photograph the demo company's inbox with a thread open, as on a desk."""
    step(f"taking {README_PICTURE.relative_to(ROOT)}")
    page = open_page(browser)
    page.set_viewport_size({"width": 1440, "height": 900})
    walk.sign_in(page, where, "owner@ridgeline.example")
    expect(page.locator("a[data-conversation]").first).to_be_visible()
    walk.open_thread(page, where, walk.THREADS["thread"])
    README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
    shoot(page, README_PICTURE, (1440, 900), "light")
