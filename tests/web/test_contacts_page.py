"""A contact's page: what is known, to do, attached and agreed, in one place, and nothing deleted by a slip."""

from __future__ import annotations

import re
import struct
import uuid
import zlib

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.companies import SECOND_ACCOUNT, Company, new_company, rest, some_number
from tests.support.contacts import emails, new_contact, phones
from tests.support.stack import RunningStack
from tests.support.texts import inbound_text, post_signed
from tests.web.conftest import OpenWindow
from tests.web.windows import PHONE, Window

LIVE = 5_000
"""Milliseconds within which a page follows what happened elsewhere."""


@pytest.fixture(scope="module")
def company(stack: RunningStack) -> Company:
    """A company that texts."""
    return new_company(stack, "Page Plumbing", SECOND_ACCOUNT)


@pytest.fixture
def contact(stack: RunningStack, company: Company) -> uuid.UUID:
    """A contact with a number and an address."""
    return new_contact(
        stack, company.owner, "Rosa Delgado", phones=phones(some_number()), emails=emails("rosa@delgado.example")
    )


@pytest.fixture
def window(open_window: OpenWindow, company: Company, contact: uuid.UUID) -> Window:
    """The contact's page."""
    opened = open_window()
    opened.sign_in(company.owner)
    opened.open(f"/contacts/{contact}")
    expect(opened.page.get_by_role("heading", name="Rosa Delgado")).to_be_visible()
    return opened


def test_notes_and_tasks_are_written_ticked_off_and_had_back(window: Window) -> None:
    """Each change shows in the activity at once; what was deleted or ticked by a slip is back with one press."""
    page = window.page
    notes, tasks, activity = (page.get_by_role("region", name=name) for name in ("Notes", "Tasks", "Activity"))
    notes.get_by_label("New note").fill("Dog in the yard")
    page.keyboard.press("Control+Enter")
    expect(notes.get_by_text("Dog in the yard")).to_be_visible()
    expect(notes.get_by_label("New note")).to_have_value("")
    notes.get_by_role("button", name="Pin the note").click()
    expect(notes.get_by_text("Pinned")).to_be_visible()
    notes.get_by_role("button", name="Change the note").click()
    notes.get_by_label("Note", exact=True).fill("Two dogs in the yard")
    notes.get_by_role("button", name="Save note").click()
    expect(activity).to_contain_text("Two dogs in the yard", timeout=LIVE)
    notes.get_by_role("button", name="Delete the note").click()
    expect(notes.get_by_text("Two dogs")).to_have_count(0)
    expect(activity).not_to_contain_text("Two dogs", timeout=LIVE)
    page.get_by_role("button", name="Undo").click()
    expect(notes.get_by_text("Two dogs in the yard")).to_be_visible()

    tasks.get_by_role("button", name="Add a task").click()
    expect(tasks.get_by_label("What is to be done?")).to_be_focused()
    page.keyboard.type("Send the estimate")
    tasks.get_by_label("Due").fill("2026-01-05")
    tasks.get_by_role("button", name="Add task").click()
    expect(tasks.get_by_text("Overdue:")).to_be_visible()
    tick = tasks.get_by_role("checkbox", name="Done: Send the estimate")
    tick.check()
    expect(tasks.get_by_text("1 done")).to_be_visible()
    expect(activity).to_contain_text("Task done", timeout=LIVE)
    page.get_by_role("button", name="Undo").click()
    expect(tick).not_to_be_checked()
    page.get_by_role("link", name="Tasks").click()
    mine = page.get_by_role("region", name="Overdue")
    expect(mine.get_by_role("link", name="Rosa Delgado").first).to_be_visible()


def test_files_are_dropped_seen_downloaded_and_had_back(window: Window) -> None:
    """What cannot be kept is refused in words before it is sent; a picture is shown; a download has its own name."""
    page = window.page
    files = page.get_by_role("region", name="Files")
    chooser = files.get_by_label("Files to add")
    chooser.set_input_files({"name": "boiler.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"})
    expect(files.get_by_role("alert")).to_contain_text(re.compile("boiler.exe.*be attached"))
    chooser.set_input_files({"name": "boiler.png", "mimeType": "image/png", "buffer": picture()})
    expect(files.get_by_role("alert")).to_have_count(0)
    image = files.locator("img")
    expect(image).to_be_visible()
    page.wait_for_function("() => document.querySelector('section[aria-label=Files] img')?.naturalWidth > 0")
    expect(page.get_by_role("region", name="Activity")).to_contain_text("boiler.png", timeout=LIVE)
    with page.expect_download() as downloading:
        files.get_by_role("button", name="Download boiler.png").click()
    assert downloading.value.suggested_filename == "boiler.png"
    assert downloading.value.path().read_bytes() == picture()
    files.get_by_role("button", name="Delete boiler.png").click()
    expect(files.get_by_text("boiler.png")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(files.get_by_text("boiler.png")).to_be_visible()


def test_a_place_has_a_map_and_its_own_time(window: Window) -> None:
    """Added, changed, deleted and had back; the map is asked for the whole address."""
    page = window.page
    places = page.get_by_role("region", name="Service addresses")
    places.get_by_role("button", name="Add an address").click()
    dialog = page.get_by_role("dialog", name="New service address")
    for label, words in (("Called", "Rental"), ("Street", "12 Harbor St"), ("City", "Honolulu"), ("State", "HI")):
        dialog.get_by_label(label).fill(words)
    dialog.get_by_label("Time zone").select_option("Pacific/Honolulu")
    dialog.get_by_role("button", name="Save address").click()
    expect(places.get_by_text("there now")).to_be_visible()
    expect(places.get_by_role("link", name="Open in maps")).to_have_attribute(
        "href", re.compile("12%20Harbor%20St%2C%20Honolulu")
    )
    places.get_by_role("button", name="Change Rental").click()
    page.get_by_role("dialog").get_by_label("Gate code").fill("4711")
    page.get_by_role("dialog").get_by_role("button", name="Save address").click()
    expect(places.get_by_text("Gate code: 4711")).to_be_visible()
    places.get_by_role("button", name="Delete Rental").click()
    expect(places.get_by_text("Rental")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(places.get_by_text("Gate code: 4711")).to_be_visible()


def test_consent_is_written_down_and_stop_is_not_overruled(
    stack: RunningStack, company: Company, open_window: OpenWindow
) -> None:
    """With the wording; who texted STOP can only take it back by text, and the page says so."""
    number = some_number()
    contact = new_contact(stack, company.owner, "Gwen Abernathy", phones=phones(number))
    window = open_window()
    window.expected.add(409)
    window.sign_in(company.owner)
    window.open(f"/contacts/{contact}")
    page = window.page
    consent = page.get_by_role("region", name="Consent")
    expect(consent).to_contain_text("Nothing is on record.")
    expect(page.get_by_role("link", name="Text Gwen Abernathy")).to_have_count(0)
    record(page, "granted", wording="Web form of March")
    expect(consent).to_contain_text("Agreed to marketing texts")
    expect(consent).to_contain_text("Wording: Web form of March")
    expect(page.get_by_role("region", name="Details")).to_contain_text("Marketing too")

    text(stack, company, number, "STOP")
    expect(page.get_by_role("region", name="Details")).to_contain_text("Opted out of texts", timeout=LIVE)
    expect(page.get_by_role("region", name="Activity")).to_contain_text("They texted", timeout=LIVE)
    record(page, "granted")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("START")
    page.keyboard.press("Escape")
    page.reload()
    page.get_by_role("link", name="Text Gwen Abernathy").click()
    expect(page.get_by_role("region", name="Texts with Gwen Abernathy")).to_be_visible()


def test_the_thread_shows_what_the_company_knows_and_leads_to_the_contact(
    stack: RunningStack, company: Company, open_window: OpenWindow
) -> None:
    """Notes, tasks and files stand between the texts; the card beside them opens the page."""
    number = some_number()
    contact = new_contact(stack, company.owner, "Tom Breckenridge", phones=phones(number))
    text(stack, company, number, "Is my part there?")
    rest(stack, company.owner, "POST", "notes", {"contact_id": str(contact), "body": "Part is on order"})
    rest(stack, company.owner, "POST", "tasks", {"contact_id": str(contact), "title": "Order the part"})
    window = open_window()
    window.sign_in(company.owner)
    window.conversation("Tom Breckenridge")
    thread = window.page.get_by_role("region", name="Texts with Tom Breckenridge")
    for words in ("Is my part there?", "Part is on order", "Order the part"):
        expect(thread.get_by_text(words)).to_be_visible()
    window.page.get_by_role("link", name="Open contact").click()
    expect(window.page).to_have_url(re.compile(f"/contacts/{contact}$"))


def test_a_long_history_loads_as_it_is_scrolled(stack: RunningStack, company: Company, open_window: OpenWindow) -> None:
    """On a phone, in the page's own scrolling: the oldest note is reached, and only what is near is in the page."""
    contact = new_contact(stack, company.owner, "Old Friend")
    history = [{"contact_id": str(contact), "body": f"Call {number:03}"} for number in range(100)]
    for body in history:
        rest(stack, company.owner, "POST", "notes", body)
    window = open_window(PHONE)
    window.sign_in(company.owner)
    window.open(f"/contacts/{contact}")
    page = window.page
    page.get_by_role("button", name="Notes and activity").click()
    activity = page.get_by_role("region", name="Activity")
    expect(activity.get_by_text("Call 099")).to_be_visible()
    page.wait_for_function(
        """() => {
          const box = document.querySelector('main .overflow-y-auto');
          box.scrollBy(0, 600);
          return document.querySelector('section[aria-label=Activity]').textContent.includes('Call 000');
        }"""
    )
    assert activity.get_by_role("article").count() < 60


def test_deleted_erased_and_merged_contacts(stack: RunningStack, company: Company, open_window: OpenWindow) -> None:
    """Deleted and restored from the list of what was deleted; erased only when typed; an old address leads on."""
    kept = new_contact(stack, company.owner, "Kept Person")
    lost = new_contact(stack, company.owner, "Lost Person", phones=phones(some_number()))
    window = open_window()
    window.sign_in(company.owner)
    page = window.page
    window.open(f"/contacts/{lost}")
    choose(page, "Delete")
    expect(page).to_have_url(re.compile("/contacts$"))
    expect(page.get_by_text("Lost Person was deleted.")).to_be_visible()
    choose(page, "Recently deleted")
    page.get_by_role("button", name="Restore Lost Person").click()
    expect(page.get_by_role("button", name="Restore Lost Person")).to_have_count(0)

    rest(stack, company.owner, "POST", "rpc/merge_contacts", {"p_winner": str(kept), "p_loser": str(lost)})
    window.open(f"/contacts/{lost}")
    expect(page).to_have_url(re.compile(f"/contacts/{kept}$"))
    expect(page.get_by_text("Merged with Lost Person")).to_be_visible()
    choose(page, "Erase this person…")
    dialog = page.get_by_role("dialog", name="Erase Kept Person for good?")
    erase = dialog.get_by_role("button", name="Erase for good")
    expect(dialog).to_contain_text("1 phone number")
    expect(erase).to_be_disabled()
    dialog.get_by_label("Type ERASE to go on").fill("ERASE")
    erase.click()
    expect(page).to_have_url(re.compile("/contacts$"))
    window.open(f"/contacts/{kept}")
    expect(page.get_by_role("heading", name="Kept Person")).to_have_count(0)


def test_two_contacts_are_looked_at_and_joined(stack: RunningStack, company: Company, open_window: OpenWindow) -> None:
    """From the possible duplicates: fields chosen side by side, the strictest consent said, all of it undone."""
    shared, stopped = some_number(), some_number()
    new_contact(stack, company.owner, "Pat Morgan", phones=phones(shared), source="Referral")
    new_contact(stack, company.owner, "Patricia Morgan", phones=phones(shared, stopped), source="Yard sign")
    words = {"p_address": stopped, "p_channel": "sms", "p_purpose": "transactional", "p_status": "revoked"}
    rest(stack, company.owner, "POST", "rpc/record_consent", words)
    window = open_window()
    window.sign_in(company.owner)
    window.open("/contacts")
    page = window.page
    choose(page, "Possible duplicates")
    page.get_by_role("link", name=re.compile("^Look and merge: Pat.* Morgan and Pat")).click()
    expect(page.get_by_text("They opted out of texts at")).to_be_visible()
    expect(page.get_by_text(re.compile("Moves over: .*number"))).to_be_visible()
    page.get_by_role("radio", name="Patricia Morgan").check()
    page.get_by_role("radio", name="Yard sign").check()
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_role("heading", name="Patricia Morgan", level=1)).to_be_visible()
    expect(page.get_by_role("region", name="Details")).to_contain_text("Yard sign")
    expect(page.get_by_role("region", name="Details").get_by_text("Opted out of texts")).to_have_count(2)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("is now part of")).to_have_count(0)
    window.open("/contacts/duplicates")
    expect(page.get_by_role("link", name=re.compile("^Look and merge: Pat"))).to_be_visible()


def choose(page: Page, item: str) -> None:
    """Open the page's menu and choose an item."""
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def record(page: Page, status: str, wording: str = "") -> None:
    """Fill in the dialog that writes into the consent ledger: marketing by text where marketing is all that is open."""
    page.get_by_role("button", name="Record consent").click()
    dialog: Locator = page.get_by_role("dialog", name="Record consent")
    dialog.get_by_label("They").select_option(status)
    dialog.get_by_label("Wording").fill(wording)
    dialog.get_by_role("button", name="Record", exact=True).click()


def text(stack: RunningStack, company: Company, number: str, body: str) -> None:
    """Let a customer text the company."""
    form = inbound_text(SECOND_ACCOUNT, number, body)
    post_signed(stack, company.tenant_id, "sms", form, SECOND_ACCOUNT.token).raise_for_status()


def picture() -> bytes:
    """Return a red PNG of 2 by 2 pixels."""
    rows = b"".join(b"\0" + b"\xff\0\0" * 2 for _ in range(2))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
