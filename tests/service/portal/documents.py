"""Answers of `backend.portal_invoice` as the database shapes them, and a stand-in that gives them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from service.errors import DatabaseRefusal
from service.portal.invoice import PublicInvoice

TOKEN = "A" * 43
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
"""11:00 on a Tuesday in Denver."""

COMPANY = {
    "name": "Ridgeline Plumbing & Heating", "country": "US", "timezone": "America/Denver", "locale": "en-US",
    "phone": "+13035550100",
}  # fmt: skip


def answer(**changes: Any) -> dict[str, Any]:
    """An issued invoice of $600 that can be paid; `invoice` changes single fields of the document."""
    document = {
        "id": "00000000-0000-4000-8000-000000000001", "number": 1042, "status": "issued", "currency": "USD",
        "total_cents": 60000, "paid_cents": 0, "balance_cents": 60000, "credit_cents": 0, "state": "unpaid",
        "is_overdue": False, "due_on": "2026-12-08", "issued_on": "2026-11-24", "memo": None,
        "allows_partial_payment": True, "created_at": "2026-11-24T17:00:00+00:00",
    }  # fmt: skip
    items = [{"description": "Water heater", "quantity": 1, "unit_price": 600, "amount_cents": 60000}]
    base = {
        "state": "ok", "tenant_id": "00000000-0000-4000-8000-000000000002", "company": COMPANY,
        "contact_name": "Dana Example", "items": items, "payments": [], "payable_cents": 60000, "can_pay": True,
        "why_not": None,
    }  # fmt: skip
    return {**base, **changes, "invoice": {**document, **changes.get("invoice", {})}}


def payment(cents: int, status: str = "succeeded", **changes: Any) -> dict[str, Any]:
    """A payment of yesterday."""
    created_at = "2026-11-23T18:00:00+00:00"
    return {"amount_cents": cents, "status": status, "method": "credit_card", "created_at": created_at,
            "refunded_cents": 0, **changes}  # fmt: skip


def paid_answer(**changes: Any) -> dict[str, Any]:
    """The same invoice, paid."""
    settled = {"balance_cents": 0, "paid_cents": 60000, "state": "paid"}
    return answer(**{
        "payments": [payment(60000)], "invoice": settled, "payable_cents": 0, "can_pay": False, "why_not": "paid",
        **changes,
    })  # fmt: skip


def processing_answer() -> dict[str, Any]:
    """The same invoice while its bank debit is on its way."""
    debit = payment(60000, "processing", method="ach")
    return answer(payments=[debit], payable_cents=0, can_pay=False, why_not="processing")


def shown(document: dict[str, Any] | None = None) -> PublicInvoice:
    """An answer, typed."""
    return PublicInvoice.model_validate(document or answer())


@dataclass
class StandIn:
    """In the place of the portal's database door: answers with `link`, refuses payments with `refusal`."""

    link: dict[str, Any] | None = field(default_factory=answer)
    refusal: Exception = field(default_factory=lambda: DatabaseRefusal(409, "paid", "Paid already."))
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def call_value(self, function: str, /, **arguments: Any) -> Any:
        """Note the call; see above."""
        self.calls.append((function, arguments))
        if function == "start_payment":
            raise self.refusal
        return self.link

    def close(self) -> None:
        """As the door's."""
