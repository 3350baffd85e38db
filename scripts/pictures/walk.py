"""The ways through the product that lead past every screen."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

import httpx
from playwright.sync_api import Browser, Page, expect

from scripts.pictures.camera import Camera, open_page

DEMO_PASSWORD = "ridgeline-demo"  # noqa: S105 (the demo company's, printed by scripts/dev)
NEWCOMERS_PASSWORD = "a password for pictures"  # noqa: S105
Addresses = Mapping[str, str]
"""The fields of ``scripts/dev status --json``."""

THREADS = {
    "thread": "Rosa Delgado",
    "thread-with-a-long-name": "Bartholomew Featherstonehaugh-Oyelaran",
    "thread-not-delivered": "Tom Breckenridge",
    "thread-opted-out": "Gwen Abernathy",
}
SETTINGS = {
    "company": "Business hours",
    "team": "Team",
    "tags": "Tags",
    "audit": "Audit log",
    "twilio": "Twilio is connected",
    "numbers": "Company numbers",
    "events": "Events that failed",
}


def walk_before_sign_in(browser: Browser, camera: Camera, where: Addresses) -> None:
    """Sign-in and its refusal, and links that lead nowhere."""
    page = open_page(browser)
    for path, screen in {"/sign-in": "sign-in", "/check-email": "resend", "/confirm": "confirm-incomplete"}.items():
        page.goto(where["web_url"] + path)
        expect(page.get_by_role("heading").first).to_be_visible()
        camera.take(page, screen)
    sign_in(page, where, "nobody@ridgeline.example")
    expect(page.get_by_role("alert")).to_be_visible()
    camera.take(page, "sign-in-refused")


def walk_as_newcomer(browser: Browser, camera: Camera, where: Addresses) -> None:
    """From sign-up to a company that has nothing yet. Leaves an account behind."""
    page, email = open_page(browser), f"{secrets.token_hex(4)}@pictures.example"
    page.goto(where["web_url"] + "/sign-up")
    page.get_by_label("Your name").fill("Robin Newcomer")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(NEWCOMERS_PASSWORD)
    camera.take(page, "sign-up")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Check your e-mail")).to_be_visible()
    camera.take(page, "check-email")
    page.goto(confirmation_link(where, email))
    camera.take(page, "confirm")
    page.get_by_role("button", name="Confirm my e-mail").click()
    page.get_by_label("Company").fill("Newcomer Heating")
    camera.take(page, "create-company")
    page.get_by_role("button", name="Create company").click()
    expect(page.get_by_text("No conversations yet")).to_be_visible()
    camera.take(page, "inbox-empty")
    for path, heading in {"twilio": "Connect Twilio", "numbers": "No number yet"}.items():
        page.goto(f"{where['web_url']}/settings/{path}")
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        camera.take(page, f"settings-{path}-empty")


def walk_as_owner(browser: Browser, camera: Camera, where: Addresses) -> None:
    """The demo company's inbox, threads, settings, dialogs, and places that are not there."""
    page = open_page(browser)
    sign_in(page, where, "owner@ridgeline.example")
    expect(page.locator("a[data-conversation]").first).to_be_visible()
    camera.take(page, "inbox")
    for screen, name in THREADS.items():
        open_thread(page, where, name)
        camera.take(page, screen)
    page.keyboard.press("?")
    camera.take(page, "keys")
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    camera.take(page, "offline")
    page.context.set_offline(False)
    for path, heading in SETTINGS.items():
        page.goto(f"{where['web_url']}/settings/{path}")
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        camera.take(page, f"settings-{path}")
    page.get_by_role("button", name="Account").click()
    camera.take(page, "account-menu")
    page.get_by_role("menuitem", name="Sign out everywhere").click()
    camera.take(page, "sign-out")
    page.goto(where["web_url"] + "/nowhere")
    expect(page.get_by_role("heading", name="There is nothing at this address")).to_be_visible()
    camera.take(page, "not-found")


def walk_as_others(browser: Browser, camera: Camera, where: Addresses) -> None:
    """What a bookkeeper reads, and what a technician is told."""
    bookkeeper, tech = open_page(browser), open_page(browser)
    sign_in(bookkeeper, where, "bookkeeper@ridgeline.example")
    expect(bookkeeper).to_have_url(re.compile("/inbox$"))
    open_thread(bookkeeper, where, THREADS["thread"])
    camera.take(bookkeeper, "bookkeeper-thread")
    sign_in(tech, where, "tech@ridgeline.example")
    expect(tech.get_by_role("heading", name="Welcome")).to_be_visible()
    camera.take(tech, "tech-welcome")
    tech.goto(where["web_url"] + "/inbox")
    expect(tech.get_by_role("heading", name="The inbox is not part")).to_be_visible()
    camera.take(tech, "tech-not-allowed")


def sign_in(page: Page, where: Addresses, email: str) -> None:
    """Send the sign-in page with the demo company's password."""
    page.goto(where["web_url"] + "/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def open_thread(page: Page, where: Addresses, name: str) -> None:
    """Open somebody's conversation from the list."""
    page.goto(where["web_url"] + "/inbox")
    page.locator("a[data-conversation]", has_text=name).click()
    expect(page.get_by_role("region", name=f"Texts with {name}").get_by_role("article").first).to_be_visible()


def confirmation_link(where: Addresses, email: str) -> str:
    """Return the link of the newest mail to an address."""
    with httpx.Client(base_url=where["mailbox_url"]) as mailbox:
        found = mailbox.get("/api/v1/search", params={"query": f"to:{email}"}).raise_for_status().json()
        mail = mailbox.get(f"/api/v1/message/{found['messages'][0]['ID']}").raise_for_status().json()
    links: list[str] = re.findall(r'href="([^"]+/confirm#[^"]+)"', mail["HTML"])
    return links[0].replace("&amp;", "&")
