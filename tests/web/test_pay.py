"""A customer pays from a link, on a phone, with scripts off: money moves once, and the page says what is true."""

from __future__ import annotations

import re

import httpx
import psycopg
import pytest
from playwright.sync_api import expect

from tests.sandbox.running import Sandbox, wait_for
from tests.support.companies import Company, new_company
from tests.support.invoices import Invoice, new_invoice
from tests.support.stack import RunningStack
from tests.support.stripe_accounts import charges_of, connect_stripe
from tests.web.conftest import OpenCustomer, OpenWindow
from tests.web.customers import DECLINED_CARD, FAILING_BANK_ACCOUNT
from tests.web.windows import PHONE

Connection = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def account(stack: RunningStack, paid_company: Company) -> str:
    """The company's Stripe account, whose charges are counted."""
    return connect_stripe(stack, paid_company)


def charged(stack: RunningStack, account: str, before: list[int]) -> list[int]:
    """What was charged since."""
    return charges_of(stack, account)[len(before) :]


def test_a_card_pays_the_invoice(stack: RunningStack, phone: OpenCustomer, account: str) -> None:
    before, ours = charges_of(stack, account), phone()
    expect(ours.page.get_by_role("heading", level=1)).to_have_text(re.compile("Invoice [0-9]+"))
    expect(ours.page.get_by_text("Not paid yet")).to_be_visible()
    ours.go_to_pay("Pay $600.00")
    ours.pay_by_card()
    expect(ours.page).to_have_url(re.compile(r"/i/[\w-]{43}\?paid=yes$"))
    expect(ours.page.get_by_text("Thank you.")).to_be_visible()
    ours.see("Paid in full")
    expect(ours.page.get_by_role("button")).to_have_count(0)
    expect(ours.page.get_by_role("listitem")).to_contain_text("Card")
    assert charged(stack, account, before) == [60_000]


def test_the_companys_open_browsers_turn_to_paid(
    stack: RunningStack, phone: OpenCustomer, open_window: OpenWindow
) -> None:
    """The invoice's page and the list change by themselves; another company's browser shows nothing of it."""
    ours, theirs = new_company(stack, "Live Plumbing"), new_company(stack, "Strangers")
    connect_stripe(stack, ours)
    invoice = new_invoice(stack, ours, 60_000)
    page, money_list, stranger = open_window(), open_window(PHONE), open_window()
    for window, person, path in (
        (page, ours.owner, f"/invoices/{invoice.id}"),
        (money_list, ours.owner, "/invoices"),
        (stranger, theirs.owner, "/invoices"),
    ):
        window.sign_in(person)
        window.open(path)
    for window in (page, money_list):
        expect(window.page.get_by_text("Unpaid", exact=True)).to_be_visible()
    payer = phone(invoice)
    payer.go_to_pay("Pay $600.00")
    payer.pay_by_card()
    payer.see("Paid in full")
    for window in (page, money_list):
        expect(window.page.get_by_text("Unpaid", exact=True)).to_have_count(0)
        expect(window.page.get_by_text("Paid", exact=True).first).to_be_visible()
    expect(stranger.page.get_by_text("Maria Alvarez")).to_have_count(0)


def test_a_part_is_paid_and_then_the_rest(stack: RunningStack, phone: OpenCustomer, account: str) -> None:
    before, ours = charges_of(stack, account), phone()
    ours.go_to_pay_amount("200")
    ours.pay_by_card()
    ours.see("Partly paid")
    ours.look()
    ours.go_to_pay("Pay balance of $400.00")
    ours.pay_by_card()
    ours.see("Paid in full")
    expect(ours.page.get_by_role("listitem")).to_have_count(2)
    assert charged(stack, account, before) == [20_000, 40_000]


def test_an_amount_that_cannot_be_is_refused_beside_its_field(phone: OpenCustomer) -> None:
    ours = phone()
    ours.window.expected.add(422)
    for typed, words in (("600.01", "more than what is left"), ("0.10", "smallest payment"), ("lots", "like 50")):
        ours.go_to_pay_amount(typed)
        expect(ours.page.get_by_role("alert")).to_contain_text(words)
        expect(ours.page.get_by_label("Amount, up to")).to_have_value(typed)
    ours.go_to_pay_amount("1.00")
    expect(ours.page.get_by_role("heading", name="Card")).to_be_visible()


def test_a_declined_card_is_not_the_end(stack: RunningStack, phone: OpenCustomer, account: str) -> None:
    before, ours = charges_of(stack, account), phone()
    ours.window.expected.add(402)
    ours.go_to_pay("Pay $600.00")
    ours.pay_by_card(DECLINED_CARD)
    expect(ours.page.get_by_role("alert")).to_contain_text("declined")
    ours.pay_by_card()
    ours.see("Paid in full")
    assert charged(stack, account, before) == [60_000]


def test_whoever_comes_back_without_paying_can_pay_later(
    stack: RunningStack, phone: OpenCustomer, account: str
) -> None:
    before, ours = charges_of(stack, account), phone()
    ours.go_to_pay("Pay $600.00")
    ours.page.get_by_role("link", name="Cancel and go back").click()
    expect(ours.page.get_by_text("Nothing was charged")).to_be_visible()
    ours.go_to_pay("Pay $600.00")
    ours.pay_by_card()
    ours.see("Paid in full")
    assert charged(stack, account, before) == [60_000]


def test_a_bank_debit_is_on_its_way_and_then_paid(
    phone: OpenCustomer, sandbox: Sandbox, database: Connection, invoice: Invoice
) -> None:
    ours = phone()
    ours.go_to_pay("Pay $600.00")
    ours.pay_by_bank()
    ours.see("Payment on its way")
    expect(ours.page.get_by_text("usually take up to 4 business days")).to_be_visible()
    expect(ours.page.get_by_role("button")).to_have_count(0)
    sandbox.post(f"stripe/payment_intents/{intent_of(database, invoice)}/settle", {"succeeds": True})
    ours.see("Paid in full")


def test_a_bank_debit_that_fails_can_be_paid_again(
    phone: OpenCustomer, sandbox: Sandbox, database: Connection, invoice: Invoice
) -> None:
    ours = phone()
    ours.go_to_pay("Pay $600.00")
    ours.pay_by_bank(FAILING_BANK_ACCOUNT)
    ours.see("Payment on its way")
    sandbox.post(f"stripe/payment_intents/{intent_of(database, invoice)}/settle", {"succeeds": False})
    ours.look()
    ours.see("Not paid yet")
    ours.go_to_pay("Pay $600.00")
    ours.pay_by_card()
    ours.see("Paid in full")


def test_a_refund_and_a_lost_dispute_show(
    stack: RunningStack,
    phone: OpenCustomer,
    sandbox: Sandbox,
    database: Connection,
    paid_company: Company,
    invoice: Invoice,
) -> None:
    ours = phone()
    ours.go_to_pay("Pay $600.00")
    ours.pay_by_card()
    ours.see("Paid in full")
    refund(stack, paid_company, database, invoice, 15_000)
    ours.see("$150.00 refunded")
    opened = sandbox.post("stripe/disputes", {"payment_intent": intent_of(database, invoice), "amount": 45_000})
    sandbox.post(f"stripe/disputes/{opened['id']}/close", {"status": "lost"})
    ours.see("Taken back by the bank")
    ours.look()
    expect(ours.button("Pay $600.00")).to_be_visible()


def test_a_double_click_is_one_charge(stack: RunningStack, phone: OpenCustomer, account: str) -> None:
    before, ours = charges_of(stack, account), phone()
    ours.button("Pay $600.00").dblclick()
    expect(ours.page.get_by_role("heading", name="Card")).to_be_visible()
    ours.pay_by_card()
    ours.see("Paid in full")
    assert charged(stack, account, before) == [60_000]


def test_two_tabs_are_one_charge(stack: RunningStack, phone: OpenCustomer, account: str) -> None:
    before, first, second = charges_of(stack, account), phone(), phone()
    first.go_to_pay("Pay $600.00")
    second.go_to_pay("Pay $600.00")
    assert first.page.url == second.page.url
    first.pay_by_card()
    first.see("Paid in full")
    with second.window.trouble():
        second.pay_by_card()
    second.look()
    second.see("Paid in full")
    assert charged(stack, account, before) == [60_000]


def test_two_tabs_with_two_amounts_are_one_charge(stack: RunningStack, phone: OpenCustomer, account: str) -> None:
    """The first tab's page was closed by the second's."""
    before, first, second = charges_of(stack, account), phone(), phone()
    first.go_to_pay("Pay $600.00")
    second.go_to_pay_amount("100")
    second.pay_by_card()
    second.see("Partly paid")
    with first.window.trouble():
        first.page.reload()
        assert first.page.get_by_label("Card number").count() == 0
    assert charged(stack, account, before) == [10_000]


def test_whoever_changes_the_amount_twice_pays_what_they_chose_last(
    stack: RunningStack, phone: OpenCustomer, account: str
) -> None:
    before, ours = charges_of(stack, account), phone()
    ours.go_to_pay("Pay $600.00")
    for amount in ("100", "600"):
        ours.look()
        ours.go_to_pay_amount(amount)
        expect(ours.page.get_by_role("heading", name="Card")).to_be_visible()
    ours.pay_by_card()
    ours.see("Paid in full")
    assert charged(stack, account, before) == [60_000]


def intent_of(database: Connection, invoice: Invoice) -> str:
    """The PaymentIntent of the invoice's last attempt."""
    return str(last_payment(database, invoice)[1])


def last_payment(database: Connection, invoice: Invoice) -> tuple[object, ...]:
    """Id and PaymentIntent of the last attempt that got so far."""

    def known() -> tuple[object, ...] | None:
        return database.execute(
            "select id, payment_intent_id from public.payments "
            "where invoice_id = %s and payment_intent_id is not null order by created_at desc limit 1",
            (invoice.id,),
        ).fetchone()

    found = wait_for(known)
    assert found is not None
    return found


def refund(stack: RunningStack, paid_company: Company, database: Connection, invoice: Invoice, cents: int) -> None:
    """Give money back in the owner's name."""
    payment = last_payment(database, invoice)[0]
    body = {"id": str(invoice.id), "amount_cents": cents, "reason": "Too much"}
    httpx.post(
        f"{stack.service_url}/api/v1/payments/{payment}/refunds",
        json=body,
        headers=paid_company.owner.headers,
        timeout=20,
    ).raise_for_status()
