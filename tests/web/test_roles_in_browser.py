"""Roles as people meet them: each place and each button is there exactly for whom docs/security.md allows it.

The page's tables are read as data (`tests.database.permissions`), as the database's own tests read them: what the
browser shows and what the database answers are held against the same words. Nothing may have been refused on the way:
a window complains of every error answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.database.permissions import allowed, table
from tests.support.companies import rest
from tests.support.people import demo_person
from tests.support.stack import RunningStack
from tests.web.conftest import OpenWindow
from tests.web.windows import Window

ROLES = ("owner", "bookkeeper", "tech")
"""One who may everything, one who reads the customers and writes the money, one who has nothing yet."""
CUSTOMER = "Oleg Petrenko"
"""Somebody of the demo company whose conversation has nothing unread."""
REFUSAL = "is not part of your role"

PLACES = {
    "Inbox": "conversation_list",
    "Contacts": "contact_list",
    "Tasks": "task_list",
    "Invoices": "invoice_list",
    "Settings": "audit_list",
}
"""The places of the frame, and whose rows each shows."""
SETTINGS = ("company", "team", "tags", "numbers", "twilio", "payments", "billing", "audit", "events")


def calls() -> set[tuple[str, str]]:
    """Return the (call, role) that the page allows for more than oneself."""
    return {(row["Call"], role) for row in table("Calls") for role, cell in row.items() if cell == "yes"}


@dataclass(frozen=True)
class Control:
    """Something to press or to write in, and what has to be allowed for it to be there."""

    find: Callable[[Page], Locator]
    needs: tuple[str, str] | str
    """A table and a verb, or a call."""

    def belongs_to(self, role: str) -> bool:
        """Whether docs/security.md gives it to the role."""
        return (self.needs, role) in calls() if isinstance(self.needs, str) else (*self.needs, role) in allowed()


@dataclass(frozen=True)
class Screen:
    """A page of a place, and what is on it for some and not for others."""

    place: str
    path: str
    sign: Callable[[Page], Locator]
    """It has loaded when this is there."""
    controls: tuple[Control, ...]


def button(name: str, needs: tuple[str, str] | str) -> Control:
    return Control(lambda page: page.get_by_role("button", name=name, exact=True), needs)


def link(name: str, needs: tuple[str, str] | str) -> Control:
    return Control(lambda page: page.get_by_role("link", name=name, exact=True), needs)


def box(name: str, needs: tuple[str, str] | str) -> Control:
    return Control(lambda page: page.get_by_role("textbox", name=name), needs)


SCREENS = (
    Screen(
        "Inbox",
        "/inbox/{conversation}",
        lambda page: page.get_by_label("Received text").first,
        (Control(lambda page: page.get_by_placeholder("Write a text"), ("sms_messages", "insert")),
         button("Mark as unread", "mark_conversation_unread")),
    ),
    Screen(
        "Contacts",
        "/contacts",
        lambda page: page.locator("[data-contact]").first,
        (link("New contact", ("contacts", "insert")),),
    ),
    Screen(
        "Contacts",
        "/contacts/{contact}",
        lambda page: page.get_by_role("heading", name=CUSTOMER),
        (
            link("Edit", ("contacts", "update")),
            box("New note", ("notes", "insert")),
            button("Add files", ("attachments", "insert")),
            button("Add a task", ("tasks", "insert")),
            button("Add an address", ("properties", "insert")),
            button("Record consent", "record_consent"),
        ),
    ),
    Screen(
        "Tasks",
        "/tasks",
        lambda page: page.get_by_role("heading", name="Tasks"),
        (button("New task", ("tasks", "insert")),),
    ),
    Screen(
        "Invoices",
        "/invoices",
        lambda page: page.get_by_role("heading", name="Invoices"),
        (link("New invoice", ("invoices", "insert")),),
    ),
    Screen(
        "Settings",
        "/settings/team",
        lambda page: page.get_by_role("listitem", name="Luis Ortega"),
        (button("Invite somebody", ("invitations", "read")), button("More about Luis Ortega", "deactivate_member")),
    ),
)  # fmt: skip

ADDRESSES: dict[str, tuple[str, str] | str] = {
    "/contacts/new": ("contacts", "insert"),
    "/contacts/deleted": "deleted_records",
    "/contacts/merge/{contact}/{contact}": "merge_contacts",
    "/invoices/new": ("invoices", "insert"),
}
"""Pages that somebody who sees their place may still not open."""


@pytest.mark.parametrize("role", ROLES)
def test_a_role_meets_what_the_table_gives_it_and_nothing_else(
    stack: RunningStack, open_window: OpenWindow, role: str
) -> None:
    """Every place by its link, every other one by its address; every button that changes something."""
    theirs = {place for place, relation in PLACES.items() if (relation, "read", role) in allowed()}
    window: Window = open_window()
    window.sign_in(demo_person(stack, role), arrive="/inbox" if "Inbox" in theirs else "/")
    rail = window.page.get_by_role("navigation", name="Main").get_by_role("link")
    expect(rail).to_have_count(len(theirs))
    assert {place for place in PLACES if rail.filter(has_text=place).count()} == theirs

    ids = customer_ids(stack)
    for screen in SCREENS:
        window.open(screen.path.format(**ids))
        if screen.place in theirs:
            holds(window.page, screen, role)
        else:
            refuses(window.page)
    for path, needs in ADDRESSES.items():
        follow(window.page, path.format(**ids))
        if Control(lambda page: page.locator("main"), needs).belongs_to(role):
            expect(window.page.get_by_role("heading", level=1)).not_to_contain_text(REFUSAL)
        else:
            refuses(window.page)
    for section in SETTINGS:
        follow(window.page, f"/settings/{section}")
        if "Settings" in theirs:
            here = window.page.get_by_role("navigation", name="Settings").locator("[aria-current=page]")
            expect(here).to_have_attribute("href", f"/settings/{section}")
            expect(window.page.get_by_role("heading", level=2).first).to_be_visible()
        else:
            refuses(window.page)
    follow(window.page, "/account")
    expect(window.page.get_by_role("heading", name="Your account")).to_be_visible()


FOLLOW = """(path) => {
  history.pushState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}"""


def follow(page: Page, path: str) -> None:
    """Go to an address as a link of the page would: without loading the product again."""
    page.evaluate(FOLLOW, path)


def holds(page: Page, screen: Screen, role: str) -> None:
    """Hold a screen that a role sees to the table, control by control."""
    expect(screen.sign(page)).to_be_visible()
    for control in screen.controls:
        expect(control.find(page)).to_have_count(int(control.belongs_to(role)))


def refuses(page: Page) -> None:
    """Wait for the words that say that a place is not for this role."""
    expect(page.get_by_role("heading", level=1, name=REFUSAL)).to_be_visible()


def customer_ids(stack: RunningStack) -> dict[str, str]:
    """Return the ids of the customer's contact and conversation."""
    owner = demo_person(stack, "owner")
    found = rest(stack, owner, "GET", f"conversation_list?contact_name=eq.{CUSTOMER}&select=id,contact_id")[0]
    return {"contact": found["contact_id"], "conversation": found["id"]}
