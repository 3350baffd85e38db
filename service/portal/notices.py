"""What the customer should know first: what became of a payment, what is on its way, what stands in the way. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from service.money import format_money
from service.portal.dates import business_day_after, local_day, say_day
from service.portal.invoice import Payment, PublicInvoice
from service.portal.words import Tone

BANK_DEBIT_DAYS = 4
"""How long a bank debit takes: "up to 4 business days" (https://docs.stripe.com/payments/ach-direct-debit)."""

JUST_NOW = timedelta(minutes=10)
"""A payment this young is the one that the customer comes back from."""


@dataclass(frozen=True)
class Notice:
    """Something that just happened, or that stands in the way. `about_amount`: it belongs to the amount's field."""

    tone: Tone
    title: str
    text: str = ""
    about_amount: bool = False


def processing_notices(shown: PublicInvoice) -> list[Notice]:
    """Each payment on its way: it is not paid yet, and when it usually is."""
    return [_processing_notice(payment, shown) for payment in shown.processing()]


def _processing_notice(payment: Payment, shown: PublicInvoice) -> Notice:
    amount = format_money(payment.amount_cents, shown.invoice.currency)
    started = local_day(payment.created_at, shown.company.timezone)
    by = say_day(business_day_after(started, BANK_DEBIT_DAYS))
    return Notice(
        "waiting",
        f"Your payment of {amount} is on its way",
        f"Bank payments usually take up to {BANK_DEBIT_DAYS} business days. This one, from {say_day(started)}, should "
        f"arrive by {by}. It counts as paid when it arrives.",
    )


def is_known(shown: PublicInvoice, now: datetime) -> bool:
    """Whether the payment that somebody comes back from is among those shown."""
    return bool(shown.processing()) or any(now - payment.created_at < JUST_NOW for payment in shown.paid())


def return_notice(shown: PublicInvoice, now: datetime, returned: str, awaits_news: bool) -> Notice | None:
    """What to tell somebody who comes back from Stripe's page."""
    if awaits_news:
        return Notice("waiting", "Thank you. Your payment is being confirmed", "You do not need to pay again.")
    if returned == "yes" and any(now - payment.created_at < JUST_NOW for payment in shown.paid()):
        return Notice("good", "Thank you. Your payment arrived")
    if returned == "no" and shown.can_pay:
        return Notice("quiet", "Nothing was charged", "You left the payment page before you paid.")
    return None


def obstacle_to_pay(shown: PublicInvoice, can_charge: bool) -> str:
    """Why there is no button; empty when there is one."""
    if shown.can_pay and can_charge:
        return ""
    return "closed" if shown.invoice.state == "written_off" else shown.why_not or "not_ready"


def obstacle_notice(obstacle: str) -> Notice | None:
    """The same in words, where the state does not say it already."""
    words = {
        "void": ("This invoice was withdrawn", "There is nothing to pay."),
        "closed": ("This invoice is closed", "If you still want to pay it, please ask how."),
        "too_small": ("This cannot be paid online", "What is left is too little for an online payment."),
        "not_ready": ("Online payment is not ready yet", "Please pay in another way, or ask how."),
    }
    if obstacle not in words:
        return None
    title, text = words[obstacle]
    return Notice("quiet", title, text)
