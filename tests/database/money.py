"""What tests say of a company's money: a connected account, an issued invoice, what Stripe tells of its payments."""

from __future__ import annotations

import uuid
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from tests.database.actors import ask
from tests.database.conftest import Company


def connect_stripe(database: Connection[Any], company: Company, account: str | None = None) -> str:
    """Give the company a connected account that takes charges; return its id."""
    account = account or f"acct_{uuid.uuid4().hex[:16]}"
    owner = company.people["owner"].user_id
    database.execute("select backend.save_stripe_account(%s, %s, %s, false)", [company.id, owner, account])
    state = {"charges_enabled": True, "payouts_enabled": True, "details_submitted": True, "currently_due": []}
    database.execute("select backend.update_stripe_account(%s, %s)", [account, Jsonb(state)])
    return account


def draft_invoice(database: Connection[Any], company: Company, cents: int, *, role: str = "owner") -> uuid.UUID:
    """Draft an invoice of one item as a browser does; return its id."""
    person, contact, invoice = company.people[role], uuid.uuid4(), uuid.uuid4()
    database.execute("insert into public.contacts (id, tenant_id, name) values (%s, %s, 'Rosa')", [contact, company.id])
    for statement, values in (
        ("insert into public.invoices (id, contact_id) values (%s, %s)", [invoice, contact]),
        (
            "insert into public.invoice_items (invoice_id, description, unit_price) values (%s, 'Work', %s / 100.0)",
            [invoice, cents],
        ),
    ):
        answer = ask(database, person, statement, values, keep=True)
        assert answer.state is None, answer
    return invoice


def issue(database: Connection[Any], company: Company, invoice: uuid.UUID, *, role: str = "owner") -> int:
    """Issue a draft; return its number."""
    answer = ask(database, company.people[role], "select public.issue_invoice(%s)", [invoice], keep=True)
    assert answer.state is None, answer
    number: int = answer.rows[0][0]
    return number


def invoice_link(database: Connection[Any], company: Company, invoice: uuid.UUID) -> str:
    """Make a link to an issued invoice; return its secret."""
    answer = ask(database, company.people["owner"], "select public.create_invoice_link(%s)", [invoice], keep=True)
    assert answer.state is None, answer
    token: str = answer.rows[0][0]
    return token


def start_payment(database: Connection[Any], token: str, cents: int | None = None) -> dict[str, Any]:
    """Start an attempt as the portal does; return what it needs for Checkout."""
    row = database.execute(
        "select backend.start_payment(sha256(convert_to(%s, 'UTF8')), %s)", [token, cents]
    ).fetchone()
    assert row is not None
    attempt: dict[str, Any] = row[0]
    return attempt


def tell(
    database: Connection[Any], company: Company, kind: str, fields: dict[str, Any], event: str | None = None
) -> str:
    """Deliver one Stripe event; return its outcome."""
    row = database.execute(
        "select outcome from backend.receive_stripe_event(%s, %s, %s, %s, '{}')",
        [company.id, event or f"evt_{uuid.uuid4().hex}", kind, Jsonb(fields)],
    ).fetchone()
    assert row is not None
    return str(row[0])


def shown(database: Connection[Any], company: Company, invoice: uuid.UUID) -> dict[str, Any]:
    """Return the invoice as the owner's list shows it."""
    answer = ask(
        database,
        company.people["owner"],
        "select to_jsonb(invoice) from public.invoice_list as invoice where id = %s",
        [invoice],
    )
    row: dict[str, Any] = answer.rows[0][0]
    return row
