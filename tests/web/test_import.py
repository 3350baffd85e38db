"""Bringing an address book along: the wizard from the file to the undo, on a desk and on a phone."""

from __future__ import annotations

import csv
import io
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import FilePayload, Page, expect
from psycopg import Connection

from tests.support.companies import Company, new_company, rest
from tests.support.members import new_member
from tests.support.stack import RunningStack
from tests.web.axe import scrolls_sideways, serious_findings, small_targets
from tests.web.conftest import OpenWindow
from tests.web.windows import DESKTOP, PHONE

ROWS = (
    "Full name,Cell,E-mail,Shoe size,Remarks\n"
    "Rosa M. Delgado,(303) 555-0142,rosa@example.com,42,=1+1\n"
    "Oleg Petrenko,ask his wife,,43,\n"
    "Mistaken,,no address,44,=SUM(A1)\n"
)


@pytest.fixture
def company(stack: RunningStack) -> Company:
    """A company that knows Rosa already."""
    made = new_company(stack, "Importing Plumbing")
    contact = {"id": str(uuid.uuid4()), "type": "customer", "name": "Rosa Delgado"}
    phone = {"contact_id": contact["id"], "e164": "+13035550142", "raw": "303 555 0142", "is_primary": True}
    rest(stack, made.owner, "POST", "contacts", contact)
    rest(stack, made.owner, "POST", "contact_phones", phone)
    return made


def check(page: Page) -> None:
    """Hold the screen to the rules."""
    assert serious_findings(page) == []
    assert not scrolls_sideways(page)
    assert page.viewport_size != PHONE or small_targets(page) == []


def choose(page: Page, content: str, name: str = "people.csv") -> None:
    """Choose a file, as the button and the browser's own dialog would."""
    file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": content.encode("utf-16")}
    page.get_by_label("CSV file").set_input_files(file)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_file_becomes_contacts_and_goes_again(
    stack: RunningStack, company: Company, open_window: OpenWindow, size: dict[str, int], tmp_path: Path
) -> None:
    """Each step says what it did and what comes next, and a reload finds it again."""
    window = open_window(size)
    page = window.page
    window.sign_in(company.owner)
    window.open("/contacts/import")
    check(page)
    choose(page, ROWS)

    expect(page.get_by_text("3 rows, read as UTF-16 with cells parted by commas.")).to_be_visible()
    expect(page.get_by_label("What “Full name” is")).to_have_value("name")
    expect(page.get_by_label("What “Cell” is")).to_have_value("phone")
    expect(page.get_by_label("What “Shoe size” is")).to_have_value("")
    expect(page.get_by_text("1 column is left out of the import.")).to_be_visible()
    check(page)
    page.get_by_label("What “Shoe size” is").select_option("Full name")
    expect(page.get_by_text("Another column is this field already.")).to_be_visible()
    expect(page.get_by_role("button", name="Check the file")).to_be_disabled()
    page.get_by_label("What “Shoe size” is").select_option("Leave out")
    page.get_by_label("New contacts are").select_option("Lead")
    page.get_by_role("button", name="Check the file").click()

    words = "Nothing is written yet. The import would add 1 contact and update 1 contact; it can be undone for 30 days."
    expect(page.get_by_text(words)).to_be_visible()
    page.reload()
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("Rosa Delgado has the same number.")).to_be_visible()
    expect(page.get_by_text("It is kept as written")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Errors 1").click()
    expect(page.get_by_text("E-mail “no address”: This is not an e-mail address.")).to_be_visible()
    expect(page.get_by_text("Oleg Petrenko")).to_have_count(0)
    assert mended_file(page, tmp_path) == [
        ["Full name", "Cell", "E-mail", "Shoe size", "Remarks", "Problem"],
        ["Mistaken", "", "no address", "44", "'=SUM(A1)", "E-mail: This is not an e-mail address."],
    ]

    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_text("1 added, 1 updated, 0 skipped, 1 could not be imported.")).to_be_visible()
    check(page)
    assert people(stack, company) == [("Oleg Petrenko", "lead"), ("Rosa M. Delgado", "customer")]
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("The import was taken back, all of it.")).to_be_visible()
    assert people(stack, company) == [("Rosa Delgado", "customer")]
    page.get_by_role("link", name="Back to the imports").click()
    expect(page.get_by_role("listitem").filter(has_text="people.csv")).to_contain_text("Undone")


def mended_file(page: Page, folder: Path) -> list[list[str]]:
    """Download the rows with errors and read them."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the rows with errors").click()
    assert download.value.suggested_filename == "people - errors.csv"
    download.value.save_as(folder / "errors.csv")
    text = (folder / "errors.csv").read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def people(stack: RunningStack, company: Company) -> list[tuple[str, str]]:
    rows = rest(stack, company.owner, "GET", "contact_list?select=name,type&order=name")
    return [(row["name"], row["type"]) for row in rows]


def test_a_file_that_cannot_be_read_says_why(company: Company, open_window: OpenWindow) -> None:
    """And the next one may be chosen at once."""
    window = open_window()
    window.expected.add(422)
    window.sign_in(company.owner)
    window.open("/contacts/import")
    choose(window.page, "name\n", "empty.csv")
    expect(window.page.get_by_role("alert")).to_contain_text("The file has headings and no rows.")
    choose(window.page, ROWS)
    expect(window.page.get_by_role("heading", name="people.csv")).to_be_visible()


def test_an_import_is_followed_by_everybody_who_may(
    stack: RunningStack, database: Connection[Any], company: Company, open_window: OpenWindow
) -> None:
    """The dispatcher sees the owner's import finish by itself; the bookkeeper is told that it is not theirs."""
    owner, dispatcher, bookkeeper = company.owner, *(new_member(stack, database, company, r) for r in MEMBERS)
    window, other = open_window(), open_window()
    made = httpx.post(
        f"{stack.service_url}/api/v1/imports",
        data={"id": str(uuid.uuid4())},
        files={"file": ("many.csv", "Name\n" + "".join(f"Person {n}\n" for n in range(400)), "text/csv")},
        headers=owner.headers,
    ).json()
    window.sign_in(dispatcher)
    window.open(f"/contacts/import/{made['id']}")
    expect(window.page.get_by_role("button", name="Check the file")).to_be_visible()
    rest(stack, owner, "POST", "rpc/check_import", {"p_import": made["id"], "p_mapping": made["mapping"]})
    expect(window.page.get_by_role("button", name="Start the import")).to_be_visible()
    rest(stack, owner, "POST", "rpc/start_import", {"p_import": made["id"]})
    expect(window.page.get_by_role("progressbar", name="Importing")).to_be_visible()
    expect(window.page.get_by_text("400 added, 0 updated, 0 skipped.")).to_be_visible(timeout=60_000)

    other.sign_in(bookkeeper)
    other.open("/contacts/import")
    expect(other.page.get_by_role("heading", name="Importing contacts is not part of your role")).to_be_visible()


MEMBERS = ("dispatcher", "bookkeeper")
