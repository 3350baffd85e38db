"""The audit log on its page: every change in plain words, found again by who, what, when and which record."""

from __future__ import annotations

import csv
import io
import re
import uuid
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect
from psycopg import Connection

from tests.support.companies import Company, new_company, rest
from tests.support.members import new_member
from tests.support.people import Person
from tests.support.stack import RunningStack
from tests.web.axe import scrolls_sideways, serious_findings, small_targets
from tests.web.conftest import OpenWindow
from tests.web.windows import DESKTOP, PHONE, Window

Database = Connection[tuple[object, ...]]
PAGE = 50
"""Entries that the page asks for at a time."""
REQUEST = "a request of this test"


def test_a_change_is_told_in_words_with_what_it_was_before(
    stack: RunningStack, database: Database, open_window: OpenWindow
) -> None:
    """Who changed whose role from what to what; the request for support; the history of that one member."""
    company = new_company(stack, "Audited Plumbing")
    member = new_member(stack, database, company, "tech")
    give_role(stack, company, member, "dispatcher")
    page = audit(open_window, company).page
    sentence = "Robin Example changed the role of Tech Example from Technician to Dispatcher"
    entry = entries(page).filter(has_text=sentence)
    entry.get_by_text(sentence).click()
    expect(entry.get_by_role("deletion")).to_have_text("Technician")
    expect(entry.get_by_text("Request")).to_be_visible()
    expect(entry.locator("code")).to_have_text(REQUEST)

    give_role(stack, company, member, "estimator")
    page.get_by_role("button", name="Refresh").click()
    expect(entries(page).filter(has_text="from Dispatcher to Estimator")).to_be_visible()
    entry.get_by_role("link", name="History of this record").click()
    expect(page.get_by_text("The history of one record.")).to_be_visible()
    expect(entries(page)).to_have_count(3)
    page.go_back()
    expect(page.get_by_label("Who")).to_be_visible()


def test_the_list_is_filtered_and_the_address_holds_it(
    stack: RunningStack, database: Database, open_window: OpenWindow
) -> None:
    """By person, kind, action and day; what fits nothing says so and clears."""
    company = new_company(stack, "Filtered Plumbing")
    manager = new_member(stack, database, company, "manager")
    for person, name in ((company.owner, "Warranty"), (manager, "Gold plan")):
        rest(stack, person, "POST", "tags", {"id": str(uuid.uuid4()), "name": name})
    window = audit(open_window, company)
    page = window.page
    page.get_by_label("What").select_option(label="Tags")
    expect(entries(page)).to_have_count(2)
    page.get_by_label("Who").select_option(label="Manager Example")
    expect(entries(page)).to_have_count(1)
    expect(entries(page)).to_contain_text("Manager Example added the tag Gold plan")
    page.reload()
    expect(entries(page)).to_have_count(1)
    page.get_by_label("Action").select_option(label="Removed")
    expect(page.get_by_role("heading", name="Nothing of that kind happened")).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.get_by_label("Who")).to_have_value("")
    expect(entries(page).first).to_be_visible()

    # Denver is six or seven hours behind: the entry of its last minute belongs to that day, the next one does not.
    database.execute("set session_replication_role = replica")  # no trigger keeps the log as it is
    database.execute(
        "update public.audit_log set created_at = case when new_values ->> 'name' = 'Warranty'"
        " then timestamptz '2026-03-02 06:59:59+00' else timestamptz '2026-03-02 07:00:00+00' end"
        " where tenant_id = %s and table_name = 'tags'",
        [company.tenant_id],
    )
    page.get_by_label("To").fill("2026-03-01")
    expect(entries(page)).to_have_text([re.compile("Warranty")])
    page.get_by_label("From").fill("2026-03-02")
    page.get_by_label("To").fill("2026-03-02")
    expect(entries(page)).to_have_text([re.compile("Gold plan")])


def test_older_entries_come_page_by_page_and_all_of_them_into_a_file(
    stack: RunningStack, open_window: OpenWindow
) -> None:
    """None twice and none missing, although new ones come meanwhile; in the file no cell is a formula."""
    company = new_company(stack, "Busy Plumbing")
    rest(stack, company.owner, "POST", "tags", [{"id": str(uuid.uuid4()), "name": f"Tag {n:03}"} for n in range(70)])
    page = audit(open_window, company, "?table=tags").page
    expect(entries(page)).to_have_count(PAGE)
    rest(stack, company.owner, "POST", "tags", {"id": str(uuid.uuid4()), "name": "=1+1"})
    page.get_by_role("button", name="Show older").click()
    expect(entries(page)).to_have_count(70)
    assert len(set(entries(page).all_text_contents())) == 70
    expect(page.get_by_role("button", name="Show older")).to_have_count(0)

    with page.expect_download() as download:
        page.get_by_role("button", name="Export as CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == 71
    assert lines[0]["What happened"] == "Robin Example added the tag =1+1"
    assert all(not cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line.values())


def test_every_table_that_is_audited_has_its_words(
    stack: RunningStack, database: Database, open_window: OpenWindow
) -> None:
    """The choice of the page is the list of the database's triggers."""
    page = audit(open_window, new_company(stack, "Worded Plumbing")).page
    options = page.get_by_label("What").get_by_role("option")
    expect(options.nth(1)).to_be_attached()
    offered = {option.get_attribute("value") for option in options.all()} - {""}
    audited = database.execute("select tgrelid::regclass::text from pg_trigger where tgname = 'audit'").fetchall()
    assert offered == {str(name) for (name,) in audited}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_screens_of_the_audit_log(stack: RunningStack, open_window: OpenWindow, size: dict[str, int]) -> None:
    """The list with an open entry, and one record's history."""
    company = new_company(stack, "Bartholomew Featherstonehaugh-Oyelaran Plumbing")
    rest(
        stack,
        company.owner,
        "POST",
        "tags",
        {"id": str(uuid.uuid4()), "name": "A tag with forty letters, as many as fit"},
    )
    window = audit(open_window, company, size=size)
    page = window.page
    entries(page).first.locator("summary").press("Enter")
    expect(page.get_by_role("link", name="History of this record")).to_be_visible()
    hold(page)
    page.get_by_role("link", name="History of this record").click()
    expect(page.get_by_text("The history of one record.")).to_be_visible()
    hold(page)


def hold(page: Page) -> None:
    """Hold what is on screen to the rules of every screen."""
    assert serious_findings(page) == []
    assert not scrolls_sideways(page)
    assert page.viewport_size != PHONE or small_targets(page) == []


def audit(open_window: OpenWindow, company: Company, search: str = "", size: dict[str, int] | None = None) -> Window:
    """Sign in as the owner and open the log, with the filters of an address."""
    window: Window = open_window(size)
    window.sign_in(company.owner)
    window.open(f"/settings/audit{search}")
    return window


def entries(page: Page) -> Locator:
    """Return the entries on the page."""
    return page.get_by_role("list", name="Changes, the newest first").get_by_role("listitem")


def give_role(stack: RunningStack, company: Company, member: Person, role: str) -> None:
    """Change a member's role as the owner, in a request that has an id."""
    httpx.post(
        f"{stack.supabase_url}/rest/v1/rpc/change_member_role",
        json={"p_user": str(member.user_id), "p_role": role},
        headers={**company.owner.headers, "x-request-id": REQUEST},
    ).raise_for_status()
