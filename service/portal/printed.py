"""The invoice as the paper's template reads it: the same words and amounts as on the page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from service.money import format_money, format_unit_price, plain_number
from service.portal.dates import local_day, say_day
from service.portal.invoice import Item, PublicInvoice
from service.portal.words import badge, receipt, say_phone, sums


def printed_invoice(shown: PublicInvoice, now: datetime) -> dict[str, Any]:
    """The data of `service/pdf/invoice.typ`, which names its shape."""
    phone = say_phone(shown.company)
    receipts = [receipt(payment, shown) for payment in shown.payments]
    return {
        "paper": shown.paper(),
        "company": shown.company.name,
        "phone": phone.text if phone else "",
        "title": f"Invoice {shown.invoice.number}",
        "customer": shown.contact_name or "",
        "facts": _facts(shown, now),
        "lines": [_line(item, shown.invoice.currency) for item in shown.items],
        "sums": [{"label": row.label, "amount": row.text, "strong": row.strong} for row in sums(shown)],
        "payments": [[paid.day, paid.method, paid.amount, paid.state] for paid in receipts],
        "memo": (shown.invoice.memo or "").strip(),
    }


def _facts(shown: PublicInvoice, now: datetime) -> list[list[str]]:
    """Dates, the currency, and the state with the day it is the state of: paper does not follow what happens later."""
    invoice = shown.invoice
    printed = say_day(local_day(now, shown.company.timezone))
    facts = [
        ["Issued", say_day(invoice.issued_on) if invoice.issued_on else ""],
        ["Due", say_day(invoice.due_on) if invoice.due_on else ""],
        ["Currency", invoice.currency],
        ["State", f"{badge(shown, now).words}, as of {printed}"],
    ]
    return [fact for fact in facts if fact[1]]


def _line(item: Item, currency: str) -> dict[str, str]:
    return {
        "description": item.description,
        "quantity": plain_number(item.quantity),
        "price": format_unit_price(item.unit_price, currency),
        "amount": format_money(item.amount_cents, currency),
    }
