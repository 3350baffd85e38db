"""An invoice as its customer may see it: what `backend.portal_invoice` returns, typed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from service.portal.dates import local_day

LETTER_COUNTRIES = frozenset("BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split())  # noqa: SIM905 - reads as a list
"""Where letters are printed on US Letter (CLDR's territories of that paper size); everywhere else it is A4."""

LinkState = Literal["ok", "expired", "revoked"]
MoneyState = Literal["draft", "unpaid", "partial", "paid", "overpaid", "refunded", "void", "written_off"]


class Shown(BaseModel):
    """The base of the parts: immutable, and indifferent to fields that a newer database adds."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Company(Shown):
    """Who sent the invoice. `phone` is E.164, absent while the company has no number."""

    name: str
    country: str
    timezone: str
    phone: str | None = None


class Item(Shown):
    """One line. `unit_price` is in major units, `amount_cents` what the line comes to."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    amount_cents: int


class Payment(Shown):
    """One attempt to pay. `refunded_cents`: refunds that succeeded; `dispute_status`: open, won, lost or None."""

    amount_cents: int
    status: str
    method: str | None = None
    created_at: datetime
    refunded_cents: int = 0
    dispute_status: str | None = None


class Document(Shown):
    """The invoice itself."""

    id: UUID
    number: int | None = None
    status: str
    issued_on: date | None = None
    due_on: date | None = None
    memo: str | None = None
    total_cents: int
    currency: str
    balance_cents: int
    state: MoneyState
    allows_partial_payment: bool = False


class PublicInvoice(Shown):
    """All that a link shows."""

    company: Company
    contact_name: str | None = None
    invoice: Document
    items: list[Item]
    payments: list[Payment]
    payable_cents: int
    """What may still be paid: the balance less what is on its way."""

    can_pay: bool
    why_not: str | None = None
    """Why `can_pay` is false: paid, processing, void, too_small or not_ready."""

    def paid(self) -> list[Payment]:
        """Payments whose money arrived."""
        return [payment for payment in self.payments if payment.status == "succeeded"]

    def processing(self) -> list[Payment]:
        """Payments that are on their way: bank debits take days, and may still fail."""
        return [payment for payment in self.payments if payment.status == "processing"]

    def paid_cents(self) -> int:
        """What arrived, before refunds."""
        return sum(payment.amount_cents for payment in self.paid())

    def refunded_cents(self) -> int:
        """What was given back."""
        return sum(payment.refunded_cents for payment in self.payments)

    def disputed_cents(self) -> int:
        """What a bank took back: all that is owed although it was paid and not refunded."""
        unpaid = max(0, self.invoice.total_cents - self.paid_cents() + self.refunded_cents())
        return max(0, self.invoice.balance_cents - unpaid)

    def credit_cents(self) -> int:
        """What was paid beyond the total and not given back."""
        left = self.paid_cents() - self.refunded_cents() - self.disputed_cents()
        return max(0, left - self.invoice.total_cents) if self.invoice.status != "void" else 0

    def is_overdue(self, now: datetime) -> bool:
        """Whether the due day is over where the company is, and money is still owed."""
        due = self.invoice.due_on
        today = local_day(now, self.company.timezone)
        return due is not None and self.invoice.balance_cents > 0 and today > due

    def paper(self) -> Literal["us-letter", "a4"]:
        """The paper that the company's country prints on."""
        return "us-letter" if self.company.country in LETTER_COUNTRIES else "a4"


class Link(Shown):
    """Where a link leads. `shown` is set only while the link works; `company` is who can send a new one."""

    state: LinkState
    company: Company
    shown: PublicInvoice | None


def read_link(answer: dict[str, Any]) -> Link:
    """The answer of `backend.portal_invoice` for a token that exists."""
    state: LinkState = answer["state"]
    shown = PublicInvoice.model_validate(answer) if state == "ok" else None
    return Link(state=state, company=Company.model_validate(answer["company"]), shown=shown)
