"""The company's own settings: its profile and hours, the tags and the fields of its contacts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from psycopg import Connection

from tests.support.companies import Company, new_company, rest
from tests.support.contacts import new_contact, new_tag
from tests.support.stack import RunningStack
from tests.web.axe import scrolls_sideways, serious_findings, small_targets
from tests.web.conftest import OpenWindow
from tests.web.windows import DESKTOP, PHONE, Window

Database = Connection[tuple[object, ...]]


def test_the_profile_is_kept_as_it_should_be(stack: RunningStack, open_window: OpenWindow) -> None:
    """What is wrong is said before anything is sent; a number becomes E.164, a website gets what people leave out."""
    company = new_company(stack, "Profile Plumbing")
    page = settings(open_window, company, "company").page
    page.get_by_label("Name").fill(" ")
    page.get_by_label("Phone").fill("12")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Give the company a name.")).to_be_visible()
    expect(page.get_by_text("That does not look like a phone number.")).to_be_visible()
    expect(page.get_by_label("Name")).to_be_focused()

    page.get_by_label("Name").fill("Profile Plumbing & Heating")
    page.get_by_label("Phone").fill("303.555.0142")
    page.get_by_label("Website").fill("profile.example")
    page.get_by_label("City").fill("Boulder")
    page.get_by_label("Time zone").select_option("America/Phoenix")
    page.get_by_label("Language and region").select_option("en-GB")
    expect(page.get_by_text("24 Nov 2026, 10:30 · US$1,234.50")).to_be_visible()
    page.get_by_label("City").press("Enter")
    expect(page.get_by_text("Everything is saved")).to_be_visible()
    expect(page.get_by_label("Phone")).to_have_value("(303) 555-0142")
    expect(
        page.get_by_role("banner").or_(page.locator("header")).get_by_text("Profile Plumbing & Heating")
    ).to_be_visible()
    kept = company_row(stack, company)
    assert kept["phone"] == "+13035550142"
    assert kept["website"] == "https://profile.example"
    assert kept["address"]["city"] == "Boulder"
    assert (kept["timezone"], kept["locale"]) == ("America/Phoenix", "en-GB")


def test_what_a_colleague_saves_meanwhile_comes_in_and_nothing_typed_is_lost(
    stack: RunningStack, open_window: OpenWindow
) -> None:
    """Live while typing; where both changed the same, one's own stays until it is given up."""
    company = new_company(stack, "Shared Plumbing")
    page = settings(open_window, company, "company").page
    page.get_by_label("City").fill("Boulder")
    page.get_by_label("E-mail").fill("mine@shared.example")
    change(stack, company, {"email": "theirs@shared.example", "name": "Shared Plumbing & Sons"})
    expect(page.get_by_label("Name")).to_have_value("Shared Plumbing & Sons")
    expect(page.get_by_text("E-mail, theirs: theirs@shared.example")).to_be_visible()
    expect(page.get_by_label("City")).to_have_value("Boulder")
    expect(page.get_by_label("E-mail")).to_have_value("mine@shared.example")
    page.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_label("E-mail")).to_have_value("theirs@shared.example")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Everything is saved")).to_be_visible()
    kept = company_row(stack, company)
    assert (kept["email"], kept["address"]["city"]) == ("theirs@shared.example", "Boulder")


def test_whoever_saves_later_is_told_and_saves_again(stack: RunningStack, open_window: OpenWindow) -> None:
    """A colleague's change lands between pressing and saving: refused, shown, and the second try goes through."""
    company = new_company(stack, "Racing Plumbing")
    window = settings(open_window, company, "company")
    window.expected.add(409)
    page = window.page

    def overtake(route: Route) -> None:
        change(stack, company, {"phone": "+13035550199"})
        route.continue_()

    page.route("**/rpc/change_company", overtake, times=1)
    page.get_by_label("Phone").fill("303 555 0142")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody else changed these settings meanwhile.")
    expect(page.get_by_text("Phone, theirs: (303) 555-0199")).to_be_visible()
    expect(page.get_by_label("Phone")).to_have_value("303 555 0142")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Everything is saved")).to_be_visible()
    assert company_row(stack, company)["phone"] == "+13035550142"


def test_hours_are_set_day_by_day_and_copied(stack: RunningStack, open_window: OpenWindow) -> None:
    """On a phone: several spans, midnight as an end, a day closed, one day's hours for all; leaving asks first."""
    company = new_company(stack, "Hourly Plumbing")
    page = settings(open_window, company, "company", PHONE).page
    monday = page.get_by_role("group", name="Monday")
    time(monday, "Monday: closes").fill("12:00")
    monday.get_by_role("button", name="Add hours").click()
    time(monday, "Monday, hours 2: opens").fill("11:00")
    time(monday, "Monday, hours 2: closes").fill("00:00")
    page.get_by_role("button", name="Save").click()
    expect(monday.get_by_text("These hours overlap.")).to_be_visible()
    time(monday, "Monday, hours 2: opens").fill("13:00")
    monday.get_by_role("button", name="Copy the hours of Monday").click()
    page.get_by_role("menuitem", name="To all days").click()
    page.get_by_role("checkbox", name="Sunday").uncheck()
    page.get_by_role("link", name="Team").click()
    expect(page.get_by_role("heading", name="Leave without saving?")).to_be_visible()
    page.get_by_role("button", name="Keep editing").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Everything is saved")).to_be_visible()
    hours = company_row(stack, company)["business_hours"]
    spans = [["08:00", "12:00"], ["13:00", "24:00"]]
    assert hours == {**dict.fromkeys(["mon", "tue", "wed", "thu", "fri", "sat"], spans), "sun": []}


def test_tags_are_made_changed_and_deleted_with_a_way_back(stack: RunningStack, open_window: OpenWindow) -> None:
    """How many contacts lose a tag is said first; the undo puts it back on each of them."""
    company = new_company(stack, "Tagging Plumbing")
    window = settings(open_window, company, "tags")
    window.expected.add(409)
    page = window.page
    page.get_by_role("button", name="New tag").click()
    page.get_by_label("Name").fill("Warranty")
    page.get_by_role("radio", name="teal").check()
    page.get_by_role("button", name="Make the tag").click()
    expect(item(page, "Warranty")).to_be_visible()
    page.get_by_role("button", name="New tag").click()
    page.get_by_label("Name").fill("warranty")
    page.get_by_role("button", name="Make the tag").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a tag of that name already.")
    page.keyboard.press("Escape")

    tag = new_tag(stack, company.owner, "Gold plan", "gray")
    holders = {str(new_contact(stack, company.owner, name, tag_ids=[str(tag)])) for name in ("Rosa", "Tom")}
    page.get_by_role("button", name="Edit Gold plan").click()  # it came by itself
    page.get_by_label("Name").fill("Platinum plan")
    page.get_by_role("radio", name="purple").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Delete Platinum plan").click()
    expect(page.get_by_text("2 contacts have it, and lose it.")).to_be_visible()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(item(page, "Platinum plan")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(item(page, "Platinum plan")).to_be_visible()
    back = rest(stack, company.owner, "GET", f"contact_tags?tag_id=eq.{tag}&select=contact_id")
    assert {use["contact_id"] for use in back} == holders
    assert rest(stack, company.owner, "GET", f"tags?id=eq.{tag}&select=name,color") == [
        {"name": "Platinum plan", "color": "purple"}
    ]


def test_fields_of_ones_own_are_made_ordered_and_archived(stack: RunningStack, open_window: OpenWindow) -> None:
    """The contact's form asks for them in their order, and for none that is archived."""
    company = new_company(stack, "Custom Plumbing")
    window = settings(open_window, company, "tags")
    page = window.page
    new_field(page, "Boiler age", "Number")
    new_field(page, "Fuel", "Choice", "Gas\nOil\n\nGas")
    new_field(page, "Notes from the meter", "Text")
    expect(item(page, "Fuel")).to_contain_text("Choice: Gas, Oil")
    page.get_by_role("button", name="Move Fuel up").press("Enter")
    expect(page.get_by_role("button", name="Move Fuel up")).to_be_disabled()
    page.get_by_role("button", name="Edit Fuel").click()
    page.get_by_label("Choices").fill("Gas\nOil\nWood")
    page.get_by_role("button", name="Save").click()
    expect(item(page, "Fuel")).to_contain_text("Gas, Oil, Wood")
    page.get_by_role("button", name="Archive Boiler age").click()
    archived = page.get_by_role("region", name="Archived fields")
    expect(item(archived, "Boiler age")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(archived).to_have_count(0)
    page.get_by_role("button", name="Archive Notes from the meter").click()
    expect(item(archived, "Notes from the meter")).to_be_visible()

    window.open("/contacts/new")
    expect(page.get_by_label("Fuel").get_by_role("option")).to_have_text([re.compile(".?"), "Gas", "Oil", "Wood"])
    labels = page.locator("label").all_text_contents()
    assert labels.index("Fuel") < labels.index("Boiler age")
    assert "Notes from the meter" not in labels


def test_pages_that_cannot_be_loaded_say_why_and_try_again(stack: RunningStack, open_window: OpenWindow) -> None:
    """Without a connection, and with an error of ours that has a reference; then the page comes."""
    window = settings(open_window, new_company(stack, "Unlucky Plumbing"), "numbers")
    page = window.page
    again = page.get_by_role("button", name="Try again").first
    with window.trouble():
        page.route("**/rest/v1/tags?*", lambda route: route.abort())
        page.get_by_role("link", name="Tags and fields").click()
        expect(page.get_by_role("heading", name="No connection")).to_be_visible()
        page.unroute("**/rest/v1/tags?*")
        again.click()
        expect(page.get_by_role("heading", name="No tags yet")).to_be_visible()
        page.route("**/rest/v1/audit_list?*", lambda route: route.fulfill(status=500, json={"code": "XX000"}), times=1)
        page.get_by_role("link", name="Audit log").click()
        expect(page.get_by_text("Reference for support:")).to_be_visible()
        again.click()
        expect(page.get_by_role("list", name="Changes, the newest first")).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_screens_of_the_company(stack: RunningStack, open_window: OpenWindow, size: dict[str, int]) -> None:
    """Its profile with problems and a colleague's changes; tags and fields, with a dialog."""
    company = new_company(stack, "Bartholomew Featherstonehaugh-Oyelaran Plumbing")
    window = settings(open_window, company, "company", size)
    page = window.page
    page.get_by_label("Phone").fill("12")
    change(stack, company, {"phone": "+13035550199"})
    expect(page.get_by_role("button", name="Take theirs")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    hold(page)
    page.get_by_role("button", name="Undo changes").click()
    window.open("/settings/tags")
    new_field(page, "Fuel", "Choice", "Gas\nOil")
    new_field(page, "A name as long as names of fields may be, and then a little more", "Yes or no")
    page.get_by_role("button", name="Archive Fuel").click()
    new_tag(stack, company.owner, "A tag with forty letters, as many as fit")
    expect(item(page, "A tag with forty letters, as many as fit")).to_be_visible()
    hold(page)
    page.get_by_role("button", name="New tag").click()
    hold(page)


def hold(page: Page) -> None:
    """Hold what is on screen to the rules of every screen."""
    assert serious_findings(page) == []
    assert not scrolls_sideways(page)
    assert page.viewport_size != PHONE or small_targets(page) == []


def settings(open_window: OpenWindow, company: Company, path: str, size: dict[str, int] | None = None) -> Window:
    """Sign in as the owner and open a page of the settings."""
    window: Window = open_window(size)
    window.sign_in(company.owner)
    window.open(f"/settings/{path}")
    return window


def item(place: Page | Locator, name: str) -> Locator:
    """Return the row of a tag or a field."""
    return place.get_by_role("listitem", name=name, exact=True)


def time(day: Locator, label: str) -> Locator:
    """Return the field for a time of a day."""
    return day.get_by_label(label, exact=True)


def new_field(page: Page, label: str, kind: str, choices: str | None = None) -> None:
    """Make a field through its dialog."""
    page.get_by_role("button", name="New field").click()
    page.get_by_label("Name").fill(label)
    page.get_by_label("Kind").select_option(label=kind)
    if choices is not None:
        page.get_by_label("Choices").fill(choices)
    page.get_by_role("button", name="Make the field").click()
    expect(item(page, label)).to_be_visible()


def company_row(stack: RunningStack, company: Company) -> dict[str, Any]:
    """Return the company as the Data API shows it to its owner."""
    row: dict[str, Any] = rest(stack, company.owner, "GET", "tenants?select=*")[0]
    return row


def change(stack: RunningStack, company: Company, profile: dict[str, Any]) -> None:
    """Change the company as a colleague would, in another window."""
    version = company_row(stack, company)["version"]
    rest(stack, company.owner, "POST", "rpc/change_company", {"p_version": version, "p_profile": profile})
