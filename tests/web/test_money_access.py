"""Who sees money: each role's pages, and that the pages of money are fit for everybody."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from psycopg import Connection

from tests.support.companies import Company
from tests.support.invoices import Invoice
from tests.support.members import new_member
from tests.support.stack import RunningStack
from tests.web.axe import scrolls_sideways, serious_findings, small_targets
from tests.web.conftest import OpenCustomer, OpenWindow
from tests.web.windows import DESKTOP, PHONE

Database = Connection[tuple[object, ...]]

sizes = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.mark.parametrize(("role", "arrive"), [("tech", "/"), ("estimator", "/inbox")])
def test_those_who_see_no_money_are_told_so(
    stack: RunningStack,
    database: Database,
    open_window: OpenWindow,
    paid_company: Company,
    invoice: Invoice,
    role: str,
    arrive: str,
) -> None:
    """No entry in the rail, and at the addresses the reason instead of an error."""
    window = open_window()
    window.sign_in(new_member(stack, database, paid_company, role), arrive)
    expect(window.page.get_by_role("link", name="Invoices")).to_have_count(0)
    for path in ("/invoices", f"/invoices/{invoice.id}", "/invoices/new"):
        window.open(path)
        expect(window.page.get_by_role("heading", name="Invoices is not part of your role")).to_be_visible()
    expect(window.page.get_by_text("$600.00")).to_have_count(0)


@pytest.mark.parametrize(
    ("role", "sends", "refunds"),
    [
        ("bookkeeper", False, True),
        ("dispatcher", True, False),
        ("manager", True, True),
    ],
)
def test_what_each_role_may_do_with_money(
    stack: RunningStack,
    database: Database,
    open_window: OpenWindow,
    paid_company: Company,
    invoice: Invoice,
    phone: OpenCustomer,
    role: str,
    sends: bool,
    refunds: bool,
) -> None:
    """The bookkeeper gives back and does not text, the dispatcher the other way round, the manager does both."""
    buyer = phone()
    buyer.go_to_pay_amount("100")
    buyer.pay_by_card()
    window = open_window()
    window.sign_in(new_member(stack, database, paid_company, role))
    window.open(f"/invoices/{invoice.id}")
    expect(window.page.get_by_text("Partly paid")).to_be_visible()
    expect(window.page.get_by_role("button", name="Copy link")).to_be_visible()
    expect(window.page.get_by_role("button", name="Send by text")).to_have_count(int(sends))
    expect(window.page.get_by_role("button", name="Refund")).to_have_count(int(refunds))


@sizes
def test_the_pages_of_money_are_accessible(
    open_window: OpenWindow, paid_company: Company, invoice: Invoice, phone: OpenCustomer, size: dict[str, int]
) -> None:
    """The list, the editor, the invoice with its dialogs, the settings: by axe, by width, by the size of a finger."""
    buyer = phone()
    buyer.go_to_pay_amount("100")
    buyer.pay_by_card()
    window = open_window(size)
    window.sign_in(paid_company.owner)
    page = window.page
    for path, heading in {
        "/invoices?show=overdue": "Nothing is overdue",
        "/invoices": "Invoices",
        "/invoices/new": "New invoice",
        "/settings/payments": "Customers can pay",
        "/settings/billing": "Plans",
        f"/invoices/{invoice.id}": "Payments",
    }.items():
        window.open(path)
        check(page, heading)
    for button in ("Send by text", "Copy link", "Refund"):
        page.get_by_role("button", name=button).click()
        check(page, re.compile("^(Text invoice|Link to|Refund a payment)"))
        page.keyboard.press("Escape")


def check(page: Page, heading: str | re.Pattern[str]) -> None:
    """Hold a screen to the rules as soon as its heading is there."""
    expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    assert serious_findings(page) == [], heading
    assert not scrolls_sideways(page), heading
    assert page.viewport_size != PHONE or small_targets(page) == [], heading
