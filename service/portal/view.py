"""The customer's page of an invoice, ready to be put into its template. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from service.money import format_money
from service.portal.dates import say_day
from service.portal.invoice import PublicInvoice
from service.portal.notices import (
    Notice,
    is_known,
    obstacle_notice,
    obstacle_to_pay,
    processing_notices,
    return_notice,
)
from service.portal.words import (
    Amount,
    Badge,
    Line,
    Phone,
    Receipt,
    badge,
    due_words,
    headline,
    line,
    pay_words,
    receipt,
    say_phone,
    sums,
)

SMALLEST_PAYMENT_CENTS = 50
"""Stripe's least charge in US dollars (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts)."""


@dataclass(frozen=True)
class InvoicePage:
    """Everything that the template shows."""

    company: str
    phone: Phone | None
    title: str
    customer: str | None
    badge: Badge
    headline: Amount
    due: str
    issued: str
    lines: list[Line]
    sums: list[Amount]
    receipts: list[Receipt]
    memo: str
    pay_button: str
    allows_other_amount: bool
    most: str
    notices: list[Notice] = field(default_factory=list)
    awaits_news: bool = False
    """Whether the customer came back from paying before Stripe's news did."""


def make_page(
    shown: PublicInvoice, now: datetime, *, returned: str = "", notice: Notice | None = None, can_charge: bool = True
) -> InvoicePage:
    """The page at a moment. `returned` is `yes` or `no` for somebody who comes back from Stripe's page.

    `notice` is what came of the last click, `can_charge` whether the service can reach Stripe at all.
    """
    invoice, company = shown.invoice, shown.company
    obstacle = obstacle_to_pay(shown, can_charge)
    awaits_news = returned == "yes" and not obstacle and not is_known(shown, now)
    pays = not obstacle and not awaits_news
    told = [notice, return_notice(shown, now, returned, awaits_news), obstacle_notice(obstacle)]
    return InvoicePage(
        company=company.name,
        phone=say_phone(company),
        title=f"Invoice {invoice.number}",
        customer=shown.contact_name,
        badge=badge(shown, now),
        headline=headline(shown),
        due=due_words(shown, now),
        issued=say_day(invoice.issued_on) if invoice.issued_on else "",
        lines=[line(item, invoice.currency) for item in shown.items],
        sums=sums(shown),
        receipts=[receipt(payment, shown) for payment in shown.payments],
        memo=(invoice.memo or "").strip(),
        pay_button=pay_words(shown) if pays else "",
        allows_other_amount=pays and invoice.allows_partial_payment and shown.payable_cents > SMALLEST_PAYMENT_CENTS,
        most=format_money(shown.payable_cents, invoice.currency),
        notices=[*(item for item in told if item), *processing_notices(shown)],
        awaits_news=awaits_news,
    )
