"""An invoice from its draft to its money, through the company's pages: written, issued, texted, paid, given back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from psycopg import Connection

from tests.sandbox.running import Sandbox
from tests.support.companies import SECOND_ACCOUNT, Company, new_company, rest, some_number
from tests.support.invoices import Invoice, new_invoice
from tests.support.stack import RunningStack
from tests.support.stripe_accounts import connect_stripe
from tests.web.conftest import OpenCustomer, OpenWindow
from tests.web.customers import Customer, customer
from tests.web.phone import Phone
from tests.web.windows import PHONE, Window

Database = Connection[tuple[object, ...]]
OpenLink = Callable[[str], Customer]


@pytest.fixture
def open_link(browser: Browser, stack: RunningStack) -> Iterator[OpenLink]:
    """Open links that customers got by text, with scripts off."""
    with ExitStack() as phones:

        def open_one(address: str) -> Customer:
            token = address.rpartition("/")[2]
            held = phones.enter_context(customer(browser, stack, Invoice(UUID(int=0), 0, 0, token)))
            held.look()
            return held

        yield open_one


def test_from_the_thread_to_the_paid_invoice(stack: RunningStack, open_window: OpenWindow, open_link: OpenLink) -> None:
    """Written beside the thread, issued, texted, paid on the customer's phone, and paid at once in two windows."""
    company = new_company(stack, "Invoice Plumbing", SECOND_ACCOUNT)
    connect_stripe(stack, company)
    ours, colleague = open_window(), open_window(PHONE)
    ours.sign_in(company.owner)
    colleague.sign_in(company.owner)
    colleague.open("/invoices")
    phone = Phone(open_window(PHONE), some_number(), SECOND_ACCOUNT.numbers[0])
    phone.text("What do I owe you?")
    ours.conversation("What do I owe you?")
    ours.page.get_by_role("complementary", name="Contact").get_by_role("link", name="New invoice").click()

    ours.page.get_by_label("Their name").fill("Rosa Delgado")
    fill_in(ours.page, "Water heater replacement", "1,234.50")
    ours.page.get_by_role("button", name="Save draft").click()
    expect(ours.page.get_by_role("heading", name="Draft invoice")).to_be_visible()
    expect(colleague.page.get_by_role("link", name="Rosa Delgado")).to_contain_text("Draft")
    ours.page.get_by_role("button", name="Issue invoice").click()
    expect(badge(ours.page, "Unpaid")).to_be_visible()
    ours.page.get_by_role("button", name="Send by text").click()
    dialog = ours.page.get_by_role("dialog")
    expect(dialog.get_by_label("Text")).to_have_value(re.compile(r"Hi Rosa.*for \$1,234\.50"))
    dialog.get_by_role("button", name="Send text").click()
    expect(ours.sent("/i/")).to_be_visible()

    arrived = phone.received("/i/")
    expect(arrived).to_be_visible()
    buyer = open_link(re.findall(r"\S+/i/\S+", arrived.inner_text())[0])
    buyer.go_to_pay("Pay $1,234.50")
    buyer.pay_by_card()
    expect(colleague.page.get_by_role("link", name="Rosa Delgado")).to_contain_text("Paid")
    line = ours.page.get_by_role("link", name=re.compile("Paid.*Invoice 1"))
    expect(line).to_contain_text("$1,234.50")
    line.click()
    expect(badge(ours.page, "Paid")).to_be_visible()
    expect(summary(ours.page)).to_contain_text("$0.00")


def test_in_parts_by_bank_and_partly_given_back(
    stack: RunningStack,
    database: Database,
    open_window: OpenWindow,
    paid_company: Company,
    invoice: Invoice,
    phone: OpenCustomer,
) -> None:
    """A part is a part, a debit on its way is not paid, a refund opens the balance again: all live on one page."""
    ours = on_invoice(open_window(), paid_company, invoice)
    buyer = phone()
    buyer.go_to_pay_amount("200")
    buyer.pay_by_card("4000000000009995")
    buyer.pay_by_card()
    expect(badge(ours, "Partly paid")).to_be_visible()
    expect(summary(ours)).to_contain_text("$400.00")
    expect(history(ours)).to_contain_text("Your card has insufficient funds.")

    buyer.look()
    buyer.go_to_pay("Pay balance of $400.00")
    buyer.pay_by_bank()
    expect(ours.get_by_text("It is not paid yet")).to_be_visible()
    expect(badge(ours, "Paid")).to_have_count(0)
    intent = scalar(
        database,
        "select payment_intent_id from public.payments where status = 'processing' and invoice_id = %s",
        invoice.id,
    )
    Sandbox(stack.sandbox_url).post(f"stripe/payment_intents/{intent}/settle", {"succeeds": True})
    expect(badge(ours, "Paid")).to_be_visible()

    ours.get_by_role("button", name="Refund").first.click()
    dialog = ours.get_by_role("dialog")
    dialog.get_by_label("Amount").fill("200.01")
    dialog.get_by_role("button", name="Refund").click()
    expect(dialog.get_by_text("That is more than the $200.00")).to_be_visible()
    dialog.get_by_label("Amount").fill("50")
    dialog.get_by_label("Reason").fill("Two hours too many")
    dialog.get_by_role("button", name="Refund $50.00").click()
    expect(dialog).to_have_count(0)
    expect(ours.get_by_text("Partly refunded")).to_be_visible()
    expect(summary(ours)).to_contain_text("$50.00")
    expect(history(ours)).to_contain_text("Two hours too many")


def test_a_dispute_says_what_the_bank_says(
    open_window: OpenWindow, paid_company: Company, invoice: Invoice, phone: OpenCustomer
) -> None:
    """It shows while the page is open, and what is disputed cannot be refunded."""
    ours = on_invoice(open_window(), paid_company, invoice)
    buyer = phone()
    buyer.go_to_pay("Pay $600.00")
    buyer.pay_by_card("4000000000000259")
    expect(ours.get_by_role("alert")).to_contain_text("The customer's bank disputes $600.00")
    expect(ours.get_by_role("button", name="Refund")).to_have_count(0)


def test_a_draft_is_checked_saved_changed_and_deleted(
    stack: RunningStack, open_window: OpenWindow, paid_company: Company, invoice: Invoice
) -> None:
    """Everything missing is said at once; a deletion can be taken back; the total is the database's."""
    window = open_window()
    window.sign_in(paid_company.owner)
    window.open("/invoices/new")
    page = window.page
    page.get_by_role("button", name="Save draft").click()
    for words in ("Choose who this is for.", "Write what this is for.", "Write an amount."):
        expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_role("combobox", name="Customer")).to_be_focused()
    page.keyboard.type("alvarez")
    expect(page.get_by_role("option", name="Maria Alvarez").first).to_be_visible()
    page.keyboard.press("Enter")
    fill_in(page, "Faucet", "12,34")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("That is not an amount.")).to_be_visible()
    page.get_by_label("Amount").fill("80")
    page.get_by_role("button", name="Save draft").click()
    expect(summary(page)).to_contain_text("$80.00")

    page.get_by_role("link", name="Edit").click()
    expect(page.get_by_label("Amount")).to_have_value("80.00")
    page.get_by_label("Amount").fill("95.5")
    page.get_by_role("button", name="Save draft").click()
    expect(summary(page)).to_contain_text("$95.50")

    address = page.url
    page.get_by_role("button", name="Delete draft").click()
    drafted = page.locator(f'[data-invoice="{address.rpartition("/")[2]}"]')
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    expect(drafted).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(drafted).to_be_visible()
    drafted.click()
    page.get_by_role("button", name="Delete draft").click()
    with page.expect_response(re.compile("rpc/delete_invoice")):
        expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("heading", name="This invoice does not exist")).to_be_visible()


def test_an_invoice_is_voided_by_its_name(open_window: OpenWindow, paid_company: Company, invoice: Invoice) -> None:
    """The confirmation names it, and afterwards there is nothing to send."""
    ours = on_invoice(open_window(), paid_company, invoice)
    ours.get_by_role("button", name="More").click()
    ours.get_by_role("menuitem", name="Void invoice").click()
    ours.get_by_role("dialog").get_by_role("button", name=f"Void invoice {invoice.number}").click()
    expect(badge(ours, "Void")).to_be_visible()
    expect(ours.get_by_role("button", name="Copy link")).to_have_count(0)


def test_the_list_keeps_its_filter_and_its_place(stack: RunningStack, open_window: OpenWindow) -> None:
    """The filter is in the address; keys move through the rows; what no longer belongs leaves by itself."""
    company = new_company(stack, "List Plumbing")
    first, second, gone = (new_invoice(stack, company, cents) for cents in (10_000, 20_000, 30_000))
    void(stack, company, gone)
    window = open_window()
    window.sign_in(company.owner)
    window.page.get_by_role("link", name="Invoices").click()
    expect(row(window.page, gone)).to_be_visible()
    window.page.get_by_role("link", name="Open", exact=True).click()
    expect(window.page).to_have_url(re.compile(r"\?show=open$"))
    expect(row(window.page, gone)).to_have_count(0)
    expect(row(window.page, first)).to_be_visible()
    for invoice in (second, first):
        window.page.keyboard.press("j")
        expect(row(window.page, invoice)).to_be_focused()
    window.page.keyboard.press("Enter")
    expect(window.page.get_by_role("heading", name=f"Invoice {first.number}")).to_be_visible()
    window.page.go_back()
    expect(window.page).to_have_url(re.compile(r"\?show=open$"))
    void(stack, company, first)
    expect(row(window.page, first)).to_have_count(0)
    expect(row(window.page, second)).to_be_visible()


def fill_in(page: Page, description: str, amount: str) -> None:
    """Fill in the line of a draft."""
    page.get_by_label("Description").fill(description)
    page.get_by_label("Amount").fill(amount)


def on_invoice(window: Window, company: Company, invoice: Invoice) -> Page:
    """Sign in and open an invoice."""
    window.sign_in(company.owner)
    window.open(f"/invoices/{invoice.id}")
    expect(window.page.get_by_role("heading", name=f"Invoice {invoice.number}")).to_be_visible()
    return window.page


def badge(page: Page, word: str) -> Locator:
    """Return the badge of the invoice's header with this word."""
    return page.locator("header").get_by_text(word, exact=True)


def summary(page: Page) -> Locator:
    """Return the card with the amounts."""
    return page.get_by_role("region", name="Summary")


def history(page: Page) -> Locator:
    """Return the list of what happened."""
    return page.get_by_role("region", name="History")


def row(page: Page, invoice: Invoice) -> Locator:
    """Return the list's link to an invoice."""
    return page.locator(f'[data-invoice="{invoice.id}"]')


def void(stack: RunningStack, company: Company, invoice: Invoice) -> None:
    """Void an invoice from elsewhere."""
    rest(stack, company.owner, "POST", "rpc/void_invoice", {"p_invoice": str(invoice.id)})


def scalar(database: Database, query: str, *parameters: Any) -> Any:
    """Return the one value of a query."""
    found = database.execute(query.encode(), parameters).fetchone()
    assert found is not None
    return found[0]
