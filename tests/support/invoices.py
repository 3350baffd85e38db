"""Issued invoices with their links, made through the Data API as the pages do."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from tests.support.companies import Company, rest
from tests.support.stack import RunningStack


@dataclass(frozen=True)
class Invoice:
    """An issued invoice; `token` is the secret of its link."""

    id: uuid.UUID
    number: int
    total_cents: int
    token: str


def new_invoice(stack: RunningStack, company: Company, total_cents: int = 12_500) -> Invoice:
    """Make a customer, and an invoice of one item for them; issue it and make a link."""
    contact, invoice = str(uuid.uuid4()), str(uuid.uuid4())
    owner = company.owner
    rest(stack, owner, "POST", "contacts", {"id": contact, "name": "Maria Alvarez"})
    rest(stack, owner, "POST", "invoices", {"id": invoice, "contact_id": contact})
    item = {"invoice_id": invoice, "description": "Water heater", "unit_price": total_cents / 100}
    rest(stack, owner, "POST", "invoice_items", item)
    number = rest(stack, owner, "POST", "rpc/issue_invoice", {"p_invoice": invoice})
    token = rest(stack, owner, "POST", "rpc/create_invoice_link", {"p_invoice": invoice})
    return Invoice(uuid.UUID(invoice), number, total_cents, token)
