"""The words and amounts of an invoice, for the page and for paper. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import phonenumbers

from service.money import format_money, format_unit_price, plain_number
from service.portal.dates import local_day, say_day
from service.portal.invoice import Company, Item, Payment, PublicInvoice

Tone = Literal["good", "waiting", "bad", "quiet"]

ICONS: dict[Tone, str] = {"good": "✓", "waiting": "…", "bad": "!", "quiet": "•"}
"""Beside the word, so that no state is told by colour alone."""

TIMES = "\u00d7"

METHODS = {
    "cash": "Cash",
    "check": "Check",
    "credit_card": "Card",
    "debit_card": "Card",
    "ach": "Bank payment",
    "wire": "Bank transfer",
}


@dataclass(frozen=True)
class Badge:
    """The invoice's state as an icon and a word."""

    tone: Tone
    words: str

    @property
    def icon(self) -> str:
        """What stands before the word; not read aloud."""
        return ICONS[self.tone]


@dataclass(frozen=True)
class Amount:
    """A labelled amount; `strong` ones close a sum."""

    label: str
    text: str
    strong: bool = False


@dataclass(frozen=True)
class Line:
    """One item. `detail` is how the amount comes about; empty for one piece."""

    description: str
    detail: str
    amount: str


@dataclass(frozen=True)
class Receipt:
    """One payment that arrived or is on its way."""

    day: str
    method: str
    amount: str
    state: str
    tone: Tone


@dataclass(frozen=True)
class Phone:
    """A number as people read it, and as a phone dials it."""

    text: str
    e164: str


SETTLED = {
    "paid": Badge("good", "Paid"),
    "overpaid": Badge("good", "Paid"),
    "void": Badge("quiet", "Withdrawn"),
    "written_off": Badge("quiet", "Closed"),
}
OPEN = {"partial": Badge("waiting", "Partly paid"), "refunded": Badge("quiet", "Refunded")}


def badge(shown: PublicInvoice, now: datetime) -> Badge:
    """The one word that answers "is it paid?". Money on its way is not paid."""
    state = shown.invoice.state
    if state in SETTLED:
        return SETTLED[state]
    if shown.processing() and shown.payable_cents == 0:
        return Badge("waiting", "Payment on its way")
    if shown.disputed_cents():
        return Badge("bad", "Payment taken back")
    if shown.is_overdue(now):
        return Badge("bad", "Overdue")
    return OPEN.get(state, Badge("waiting", "Not paid yet"))


def headline(shown: PublicInvoice) -> Amount:
    """The amount that matters most now."""
    invoice = shown.invoice
    if invoice.state in {"paid", "overpaid"}:
        return Amount("Paid in full", format_money(invoice.total_cents, invoice.currency))
    if invoice.state == "void":
        return Amount("Nothing to pay", format_money(0, invoice.currency))
    return Amount("Balance", format_money(invoice.balance_cents, invoice.currency))


def due_words(shown: PublicInvoice, now: datetime) -> str:
    """`Due Tue 8 Dec 2026`, or how long ago that was; empty when nothing is owed."""
    due = shown.invoice.due_on
    if due is None or shown.invoice.balance_cents <= 0 or shown.invoice.state == "void":
        return ""
    if not shown.is_overdue(now):
        return f"Due {say_day(due)}"
    days = (local_day(now, shown.company.timezone) - due).days
    return f"Was due {say_day(due)} ({days} {'day' if days == 1 else 'days'} ago)"


def line(item: Item, currency: str) -> Line:
    """One item, with quantity and price where they say more than the amount."""
    detail = f"{plain_number(item.quantity)} {TIMES} {format_unit_price(item.unit_price, currency)}"
    return Line(item.description, "" if item.quantity == 1 else detail, format_money(item.amount_cents, currency))


def sums(shown: PublicInvoice) -> list[Amount]:
    """From the total to the balance, without steps that are zero."""
    invoice = shown.invoice
    steps = [
        ("Paid", -shown.paid_cents()),
        ("Refunded", shown.refunded_cents()),
        ("Taken back by the bank", shown.disputed_cents()),
    ]
    rows = [Amount("Total", format_money(invoice.total_cents, invoice.currency), strong=True)]
    rows += [Amount(label, format_money(cents, invoice.currency)) for label, cents in steps if cents]
    if credit := shown.credit_cents():
        rows.append(Amount("Credit", format_money(credit, invoice.currency)))
    return [*rows, Amount("Balance", format_money(invoice.balance_cents, invoice.currency), strong=True)]


def receipt(payment: Payment, shown: PublicInvoice) -> Receipt:
    """One payment, and what became of it."""
    currency = shown.invoice.currency
    state, tone = _payment_state(payment, currency)
    return Receipt(
        day=say_day(local_day(payment.created_at, shown.company.timezone)),
        method=METHODS.get(payment.method or "", "Payment"),
        amount=format_money(payment.amount_cents, currency),
        state=state,
        tone=tone,
    )


def _payment_state(payment: Payment, currency: str) -> tuple[str, Tone]:
    if payment.status == "processing":
        return "On its way", "waiting"
    if payment.dispute_status == "open":
        return "Disputed", "bad"
    if payment.dispute_status == "lost":
        return "Taken back by the bank", "bad"
    if payment.refunded_cents >= payment.amount_cents:
        return "Refunded", "quiet"
    if payment.refunded_cents > 0:
        return f"{format_money(payment.refunded_cents, currency)} refunded", "quiet"
    return "Paid", "good"


def pay_words(shown: PublicInvoice) -> str:
    """What the button says: how much it pays."""
    amount = format_money(shown.payable_cents, shown.invoice.currency)
    return f"Pay {amount}" if shown.payable_cents == shown.invoice.total_cents else f"Pay balance of {amount}"


def say_phone(company: Company) -> Phone | None:
    """The company's number as people at home write it, with its country code anywhere else."""
    if not company.phone:
        return None
    number = phonenumbers.parse(company.phone)
    at_home = phonenumbers.region_code_for_number(number) == company.country
    style = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return Phone(phonenumbers.format_number(number, style), company.phone)
