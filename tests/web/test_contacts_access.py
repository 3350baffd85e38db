"""Who sees contacts and what they may do with them, and that every screen of them is fit for everybody."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import Page, expect
from psycopg import Connection

from tests.support.companies import Company, new_company, rest, some_number
from tests.support.contacts import emails, new_contact, new_tag, phones
from tests.support.members import new_member
from tests.support.stack import RunningStack
from tests.web.axe import scrolls_sideways, serious_findings, small_targets
from tests.web.conftest import OpenWindow
from tests.web.windows import DESKTOP, PHONE

Database = Connection[tuple[object, ...]]

sizes = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture(scope="module")
def company(stack: RunningStack) -> Company:
    """A company with contacts, tags and tasks."""
    made = new_company(stack, "Open Plumbing")
    tag = new_tag(stack, made.owner, "Warranty", "yellow")
    for name in ("Rosa Delgado", "Rosa Delgado-Smith", "Bartholomew Featherstonehaugh-Oyelaran"):
        new_contact(
            stack, made.owner, name, phones=phones(some_number()), emails=emails("rosa@delgado.example"),
            organization_name="Delgado Bakery", tag_ids=[str(tag)],
        )  # fmt: skip
    return made


@pytest.fixture(scope="module")
def contact(stack: RunningStack, company: Company) -> uuid.UUID:
    """A contact with a note, a task, a place and a consent."""
    number = some_number()
    made = new_contact(stack, company.owner, "Gwen Abernathy", phones=phones(number, some_number()))
    about = {"contact_id": str(made)}
    rest(stack, company.owner, "POST", "notes", {**about, "body": "Dog in the yard", "pinned": True})
    rest(stack, company.owner, "POST", "tasks", {**about, "title": "Call about the boiler", "due_on": "2026-01-05"})
    rest(stack, company.owner, "POST", "properties", {**about, "line1": "12 Harbor St", "timezone": "Pacific/Honolulu"})
    words = {"p_address": number, "p_channel": "sms", "p_purpose": "marketing", "p_status": "granted"}
    rest(stack, company.owner, "POST", "rpc/record_consent", words)
    return made


@pytest.mark.parametrize(
    ("role", "writes", "merges", "exports"),
    [
        ("dispatcher", True, True, False),
        ("bookkeeper", False, False, True),
    ],
)
def test_what_each_role_may_do_with_a_contact(
    stack: RunningStack,
    database: Database,
    open_window: OpenWindow,
    company: Company,
    contact: uuid.UUID,
    role: str,
    writes: bool,
    merges: bool,
    exports: bool,
) -> None:
    """What would be refused is not offered."""
    window = open_window()
    window.sign_in(new_member(stack, database, company, role))
    page = window.page
    window.open(f"/contacts/{contact}")
    expect(page.get_by_role("heading", name="Gwen Abernathy")).to_be_visible()
    expect(page.get_by_text("Dog in the yard").first).to_be_visible()
    for button in ("Add a task", "Add an address", "Record consent", "Unpin the note"):
        expect(page.get_by_role("button", name=button)).to_have_count(int(writes))
    expect(page.get_by_role("link", name="Edit")).to_have_count(int(writes))
    page.get_by_role("button", name="More").click()
    for item, offered_here in (
        ("Merge with another contact…", merges),
        ("Export as vCard", exports),
        ("Delete", writes),
        ("Erase this person…", False),
    ):
        expect(page.get_by_role("menuitem", name=item)).to_have_count(int(offered_here))


def test_a_technician_sees_no_contacts(
    stack: RunningStack, database: Database, open_window: OpenWindow, company: Company, contact: uuid.UUID
) -> None:
    """No entry in the rail, and at the addresses the reason instead of an error."""
    window = open_window()
    window.sign_in(new_member(stack, database, company, "tech"), "/")
    page = window.page
    expect(page.get_by_role("link", name="Contacts")).to_have_count(0)
    for path in ("/contacts", f"/contacts/{contact}", "/contacts/new", "/contacts/deleted", "/tasks"):
        window.open(path)
        expect(page.get_by_role("heading", name="is not part of your role")).to_be_visible()
    expect(page.get_by_text("Gwen Abernathy")).to_have_count(0)


def test_a_file_of_contacts_is_taken_along(
    stack: RunningStack, open_window: OpenWindow, company: Company, contact: uuid.UUID
) -> None:
    """The whole filtered list as a table, one contact for an address book."""
    window = open_window()
    window.sign_in(company.owner)
    page = window.page
    window.open("/contacts?q=delgado")
    expect(page.get_by_role("link", name="Rosa Delgado", exact=True)).to_be_visible()
    listed = download(page, "Export as CSV")
    assert "Rosa Delgado-Smith" in listed
    assert "Gwen Abernathy" not in listed
    window.open(f"/contacts/{contact}")
    assert "FN:Gwen Abernathy" in download(page, "Export as vCard")


def download(page: Page, item: str) -> str:
    """Choose an item of the page's menu and return the file that it downloads."""
    page.get_by_role("button", name="More").click()
    with page.expect_download() as downloading:
        page.get_by_role("menuitem", name=item).click()
    return downloading.value.path().read_text()


@sizes
def test_the_screens_of_contacts_are_accessible(
    open_window: OpenWindow, company: Company, contact: uuid.UUID, stack: RunningStack, size: dict[str, int]
) -> None:
    """Lists, forms, pages, dialogs: by axe in both schemes, by width, by the size of a finger."""
    window = open_window(size)
    window.sign_in(company.owner)
    page = window.page
    pair = rest(stack, company.owner, "POST", "rpc/duplicate_pairs")[0]
    for path, heading in {
        "/contacts": "Contacts",
        "/contacts?q=nobody": "Nobody found",
        "/contacts/new": "New contact",
        "/contacts/duplicates": "Possible duplicates",
        f"/contacts/merge/{pair['first_id']}/{pair['second_id']}": "Merge contacts",
        "/contacts/deleted": "Nothing was deleted",
        f"/contacts/{uuid.UUID(int=0)}": "This contact does not exist",
        "/tasks?of=everybody": "Overdue",
        f"/contacts/{contact}": "Gwen Abernathy",
    }.items():
        window.open(path)
        check(page, heading)
    if size == PHONE:
        page.get_by_role("button", name="Notes and activity").click()
        check(page, "Activity")
        page.get_by_role("button", name="Details").click()
    for button in ("Add an address", "Record consent"):
        page.get_by_role("button", name=button).click()
        check(page, "New service address" if button == "Add an address" else "Record consent")
        page.keyboard.press("Escape")
    window.open("/contacts")
    page.get_by_role("button", name="Filters").click()
    check(page, "Filters")


def check(page: Page, heading: str) -> None:
    """Hold a screen to the rules as soon as its heading is there."""
    expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    assert serious_findings(page) == [], heading
    assert not scrolls_sideways(page), heading
    assert page.viewport_size != PHONE or small_targets(page) == [], heading
