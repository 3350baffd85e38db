"""The list of contacts and the form: found by any fragment, filtered, entered, and nothing typed is ever lost."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.companies import Company, new_company, rest, some_number
from tests.support.contacts import emails, new_contact, new_tag, phones
from tests.support.stack import RunningStack
from tests.web.conftest import OpenWindow
from tests.web.windows import PHONE

LIVE = 5_000
"""Milliseconds within which a page follows what happened elsewhere."""

SCROLL_UNTIL = """(name) => {
  const box = document.querySelector('div:has(> div > table)');
  box.scrollTo(0, box.scrollHeight);
  return [...document.querySelectorAll('[data-contact]')].some((row) => row.textContent === name);
}"""
"""Scrolls on and on until the row of that name is in the page."""


@pytest.fixture(scope="module")
def company(stack: RunningStack) -> Company:
    """A company with four contacts to look for."""
    made = new_company(stack, "Contact Plumbing")
    tag = new_tag(stack, made.owner, "Warranty")
    new_contact(
        stack, made.owner, "Rosa Delgado", phones=phones("+13035550141"), emails=emails("rosa@delgado.example"),
        organization_name="Delgado Bakery", tag_ids=[str(tag)],
    )  # fmt: skip
    new_contact(stack, made.owner, "Émile Zoltan", type="lead", phones=phones("+13035550142"))
    new_contact(stack, made.owner, "Harbor Supply", type="vendor", emails=emails("orders@harbor.example"))
    new_contact(stack, made.owner, "Bartholomew Featherstonehaugh-Oyelaran")
    return made


def test_somebody_is_found_by_any_fragment_and_the_address_holds_it(open_window: OpenWindow, company: Company) -> None:
    """A piece of a number, a name with a slip and without its accent, an address; the box keeps the focus."""
    window = open_window()
    window.sign_in(company.owner)
    window.open("/contacts")
    page = window.page
    expect(rows(page)).to_have_count(4)
    page.keyboard.press("/")
    box = page.get_by_role("searchbox")
    for typed, name in (
        ("555 0141", "Rosa Delgado"),
        ("emile", "Émile Zoltan"),
        ("Featherstonehagh", "Bartholomew"),
        ("orders@harb", "Harbor Supply"),
        ("bakery", "Rosa Delgado"),
    ):
        box.fill("")
        page.keyboard.type(typed)
        expect(page.get_by_text("1 contact", exact=True)).to_be_visible()
        expect(rows(page)).to_have_text([re.compile(name)])
        expect(box).to_be_focused()
    page.reload()
    expect(box).to_have_value("bakery")
    expect(rows(page)).to_have_count(1)
    box.fill("nobody of that name")
    expect(page.get_by_role("heading", name="Nobody found for")).to_be_visible()
    page.get_by_role("link", name="Show everybody").click()
    expect(rows(page)).to_have_count(4)
    expect(box).to_have_value("")


def test_filters_are_in_the_address_and_can_be_saved_and_shared(open_window: OpenWindow, company: Company) -> None:
    """Chips, the sheet, "back", a saved filter that is renamed, deleted, and had back."""
    window = open_window()
    window.sign_in(company.owner)
    window.open("/contacts")
    page = window.page
    page.get_by_role("button", name="Customers").click()
    expect(rows(page)).to_have_count(2)
    page.get_by_role("button", name="Filters").click()
    sheet = page.get_by_role("dialog", name="Filters")
    sheet.get_by_label("Warranty").check()
    sheet.get_by_role("button", name="Show contacts").click()
    expect(rows(page)).to_have_text([re.compile("Rosa Delgado")])
    page.go_back()
    expect(rows(page)).to_have_count(2)
    page.go_forward()
    expect(rows(page)).to_have_count(1)

    page.get_by_role("button", name="Saved").click()
    page.get_by_role("menuitem", name="Save these filters").click()
    page.get_by_label("Name").fill("Under warranty")
    page.get_by_label("Share with the company").check()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Remove filter: tag Warranty").click()
    expect(rows(page)).to_have_count(2)
    page.get_by_role("button", name="Saved").click()
    page.get_by_role("menuitem", name="Under warranty").click()
    expect(rows(page)).to_have_count(1)
    page.get_by_role("button", name="Under warranty").click()
    page.get_by_role("menuitem", name="Change").click()
    page.get_by_label("Name").fill("Warranty work")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Warranty work").click()
    page.get_by_role("menuitem", name="Change").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Warranty work")).to_be_visible()


def test_a_contact_is_entered_in_one_go_and_colleagues_see_it_at_once(
    stack: RunningStack, open_window: OpenWindow
) -> None:
    """Two numbers, one of which is none, a new organization, a tag, a field of the company's own, a place far away."""
    company = new_company(stack, "Entering Plumbing")
    new_tag(stack, company.owner, "Boiler")
    field = {"id": str(uuid.uuid4()), "label": "Gallons", "kind": "number"}
    rest(stack, company.owner, "POST", "custom_fields", field)
    ours, colleague = open_window(), open_window(PHONE)
    ours.sign_in(company.owner)
    colleague.sign_in(company.owner)
    colleague.open("/contacts")
    expect(colleague.page.get_by_role("heading", name="No contacts yet")).to_be_visible()
    ours.open("/contacts")
    page = ours.page
    expect(page.get_by_role("heading", name="No contacts yet")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.get_by_role("button", name="Save contact").click()
    expect(page.get_by_text("Write a name, a number or an e-mail address.")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Rosa Delgado")
    page.get_by_label("Organization").fill("Delgado Bakery")
    expect(page.get_by_text("A new organization.")).to_be_visible()
    page.get_by_label("Main number").fill("(303) 555-0143")
    page.get_by_role("button", name="Add a number").click()
    second = page.get_by_role("group", name="Phone number 2")
    second.get_by_label("Number").fill("ask at the desk")
    expect(second.get_by_text("That is not a phone number.")).to_be_visible()
    page.get_by_label("Main address").fill("rosa@delgado")
    page.get_by_role("button", name="Boiler").click()
    page.get_by_label("Street").fill("12 Harbor Street")
    page.get_by_label("City").fill("Honolulu")
    page.get_by_label("Time zone").select_option("Pacific/Honolulu")
    page.get_by_label("Gallons").fill("fifty")
    page.get_by_role("button", name="Save contact").click()
    expect(page.get_by_text("Write a number here.")).to_be_visible()
    page.get_by_label("Gallons").fill("50")
    page.get_by_label("Main address").fill("rosa@delgado.example")
    page.get_by_role("button", name="Save contact").click()

    expect(page.get_by_role("heading", name="Rosa Delgado")).to_be_visible()
    details = page.get_by_role("region", name="Details")
    for words in ("(303) 555-0143", "ask at the desk (not a number)", "rosa@delgado.example", "50"):
        expect(details).to_contain_text(words)
    expect(page.get_by_role("region", name="Who")).to_contain_text("Delgado Bakery")
    expect(page.get_by_role("region", name="Who")).to_contain_text("Boiler")
    place = page.get_by_role("region", name="Service addresses")
    expect(place).to_contain_text("Honolulu")
    expect(place).to_contain_text("there now")
    expect(rows(colleague.page)).to_have_text([re.compile("Rosa Delgado.*Delgado Bakery", re.DOTALL)], timeout=LIVE)


def test_what_was_typed_survives_a_colleague_and_a_wrong_click(stack: RunningStack, open_window: OpenWindow) -> None:
    """Saved on an older version it is refused, theirs is taken over under it; leaving asks first."""
    company = new_company(stack, "Careful Plumbing")
    contact = new_contact(stack, company.owner, "Rosa Delgado", source="Referral")
    window = open_window()
    window.expected.add(409)
    window.sign_in(company.owner)
    window.open(f"/contacts/{contact}/edit")
    page = window.page
    page.get_by_label("Name", exact=True).fill("Rosa Delgado-Smith")
    rest(stack, company.owner, "PATCH", f"contacts?id=eq.{contact}", {"source": "Yard sign"})
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Somebody changed this contact while you were writing.")).to_be_visible()
    page.get_by_role("button", name="Load their changes").click()
    expect(page.get_by_label("Source")).to_have_value("Yard sign")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Rosa Delgado-Smith")
    page.get_by_role("link", name="Inbox").click()
    dialog = page.get_by_role("dialog", name="Leave without saving?")
    dialog.get_by_role("button", name="Keep editing").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Rosa Delgado-Smith")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("heading", name="Rosa Delgado-Smith")).to_be_visible()


def test_the_list_is_walked_by_keyboard_and_found_again_where_it_was(
    stack: RunningStack, open_window: OpenWindow
) -> None:
    """More than a page: j, k, Enter, more rows while scrolling; "back" returns to the place and the row."""
    company = new_company(stack, "Long Plumbing")
    names = [f"Contact {number:03}" for number in range(1, 71)]
    made = [{"id": str(uuid.uuid4()), "name": name} for name in names]
    rest(stack, company.owner, "POST", "contacts", made)
    window = open_window()
    window.sign_in(company.owner)
    window.open("/contacts?sort=name")
    page = window.page
    expect(page.get_by_text("More than 49 contacts by name")).to_be_visible()
    for key, name in (("j", "Contact 001"), ("j", "Contact 002"), ("k", "Contact 001")):
        page.keyboard.press(key)
        expect(page.get_by_role("link", name=name)).to_be_focused()
    page.wait_for_function(SCROLL_UNTIL, arg="Contact 070")
    expect(page.get_by_text("70 contacts by name")).to_be_visible()
    last = page.get_by_role("link", name="Contact 070")
    last.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Contact 070")).to_be_visible()
    page.go_back()
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of the contacts")).to_be_visible()


def test_the_same_person_twice_is_noticed_while_typing(stack: RunningStack, open_window: OpenWindow) -> None:
    """By the number in any writing; from there it is saved and merged, and the merge is taken back."""
    company = new_company(stack, "Twice Plumbing")
    number = some_number()
    known = new_contact(stack, company.owner, "Rosa Delgado", phones=phones(number))
    window = open_window()
    window.sign_in(company.owner)
    window.open("/contacts/new")
    page = window.page
    page.get_by_label("Name", exact=True).fill("R. Delgado")
    page.get_by_label("Main number").fill(f"{number[2:5]}.{number[5:8]}.{number[8:]}")
    expect(page.get_by_text("Rosa Delgado has a similar name and the same number")).to_be_visible()
    page.get_by_role("button", name="Save and merge with Rosa Delgado").click()
    expect(page.get_by_role("heading", name="Merge contacts")).to_be_visible()
    page.get_by_role("radio", name="R. Delgado").check()
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page).to_have_url(re.compile(str(known)))
    expect(page.get_by_role("heading", name="R. Delgado")).to_be_visible()
    expect(page.get_by_text("Merged with R. Delgado")).to_be_visible()
    page.get_by_role("button", name="Undo the merge").click()
    expect(page.get_by_role("heading", name="Rosa Delgado")).to_be_visible()


def rows(page: Page) -> Locator:
    """Return the rows or cards of the list."""
    return page.locator("tr:has([data-contact]), li:has([data-contact])")
