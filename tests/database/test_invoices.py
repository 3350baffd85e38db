"""Invoices: numbers without gaps, content that stands, and money that is history."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from tests.database.actors import ask
from tests.database.concurrently import company_of, together
from tests.database.conftest import Company
from tests.database.money import connect_stripe, draft_invoice, invoice_link, issue, shown, start_payment, tell


def test_an_invoice_gets_its_number_when_it_is_issued(database: Connection[Any], ours: Company) -> None:
    """Drafts have none; pressing twice issues once; a deleted draft leaves no gap."""
    first, second, third = (draft_invoice(database, ours, 5_000) for _ in range(3))
    assert issue(database, ours, first) == 1
    assert issue(database, ours, first) == 1
    ask(database, ours.people["owner"], "select public.delete_invoice(%s)", [second], keep=True)
    assert issue(database, ours, third) == 2


def test_numbers_have_no_gaps_when_many_issue_at_once(clone_url: str) -> None:
    """Two tabs, or eight: also when some of the issuing transactions are undone."""
    look, company = company_of(clone_url)
    with look:
        invoices = [draft_invoice(look, company, 1_000) for _ in range(8)]

        def issue_or_give_up(position: int) -> Any:
            def work(connection: Connection[Any]) -> int | None:
                with connection.transaction(force_rollback=position % 3 == 0):
                    return issue(connection, company, invoices[position])

            return work

        together(clone_url, [issue_or_give_up(n) for n in range(8)])
        numbers = look.execute("select number from public.invoices where number is not null order by number").fetchall()
        assert [number for (number,) in numbers] == list(range(1, len(numbers) + 1))
        assert len(numbers) == 5


def test_what_was_issued_stands(database: Connection[Any], ours: Company) -> None:
    """Items, contact and total; memo and due date may change."""
    invoice = draft_invoice(database, ours, 5_000)
    issue(database, ours, invoice)
    owner = ours.people["owner"]
    for statement in (
        "update public.invoice_items set unit_price = 1",
        "delete from public.invoice_items",
        f"insert into public.invoice_items (invoice_id, description, unit_price) values ('{invoice}', 'More', 1)",
    ):
        assert ask(database, owner, statement).detail == "invoice_issued"
    assert ask(database, owner, "update public.invoices set memo = 'Thank you'").state is None
    assert ask(database, owner, "select public.delete_invoice(%s)", [invoice]).detail == "invoice_issued"


def test_an_empty_invoice_is_not_issued(database: Connection[Any], ours: Company) -> None:
    """What it is for, and an amount."""
    invoice = draft_invoice(database, ours, 0)
    answer = ask(database, ours.people["owner"], "select public.issue_invoice(%s)", [invoice])
    assert (answer.state, answer.detail) == ("PT422", "empty_invoice")


@pytest.mark.parametrize("role", ["tech", "estimator"])
def test_others_see_no_money(database: Connection[Any], ours: Company, role: str) -> None:
    """Neither rows nor calls."""
    invoice = draft_invoice(database, ours, 5_000)
    person = ours.people[role]
    assert ask(database, person, "select 1 from public.invoice_list").rows == ()
    assert ask(database, person, "select public.issue_invoice(%s)", [invoice]).state == "PT403"


@pytest.mark.parametrize(
    "statement",
    [
        "delete from public.payments",
        "update public.payments set amount_cents = 1",
        "update public.refunds set amount_cents = 1",
        "delete from public.refunds",
    ],
)
def test_money_is_history_for_everybody(database: Connection[Any], ours: Company, statement: str) -> None:
    """Even for the database's own owner, and all the more for a browser."""
    connect_stripe(database, ours)
    invoice = draft_invoice(database, ours, 5_000)
    issue(database, ours, invoice)
    attempt = start_payment(database, invoice_link(database, ours, invoice))
    fields = {"payment": attempt["payment_id"], "status": "succeeded", "amount_cents": 5_000, "payment_intent": "pi_1"}
    tell(database, ours, "payment", fields)
    tell(
        database,
        ours,
        "refund",
        {"stripe_refund": "re_1", "payment_intent": "pi_1", "amount_cents": 100, "status": "succeeded"},
    )
    with pytest.raises(psycopg.Error) as caught, database.transaction():
        database.execute(statement.encode())
    assert caught.value.diag.message_detail == "money_is_history"
    assert ask(database, ours.people["owner"], statement).state == "42501"


def test_a_double_click_is_one_attempt(database: Connection[Any], ours: Company) -> None:
    """The same amount again within the session's life."""
    connect_stripe(database, ours)
    invoice = draft_invoice(database, ours, 5_000)
    issue(database, ours, invoice)
    token = invoice_link(database, ours, invoice)
    first, again = start_payment(database, token), start_payment(database, token)
    assert first["payment_id"] == again["payment_id"]
    assert first["expires_at"] == again["expires_at"]


def test_another_amount_supersedes_the_attempt_before(database: Connection[Any], ours: Company) -> None:
    """Also going back to the first amount, and coming by another link: the page before was closed."""
    connect_stripe(database, ours)
    invoice = draft_invoice(database, ours, 5_000)
    issue(database, ours, invoice)
    token = invoice_link(database, ours, invoice)
    attempts = []
    other_link = invoice_link(database, ours, invoice)
    for number, (link, cents) in enumerate([(token, 5_000), (token, 1_000), (token, 5_000), (other_link, 5_000)]):
        attempts.append(start_payment(database, link, cents))
        payment = attempts[-1]["payment_id"]
        database.execute("select backend.record_checkout(%s, %s, %s, null)", [ours.id, payment, f"cs_{number}"])
    assert len({attempt["payment_id"] for attempt in attempts}) == 4
    assert [attempt["supersedes"] for attempt in attempts] == [None, "cs_0", "cs_1", "cs_2"]


def test_a_refund_that_comes_before_its_payment_waits(database: Connection[Any], ours: Company) -> None:
    """And is applied as soon as the payment is known."""
    connect_stripe(database, ours)
    invoice = draft_invoice(database, ours, 5_000)
    issue(database, ours, invoice)
    attempt = start_payment(database, invoice_link(database, ours, invoice))
    refund = {"stripe_refund": "re_1", "payment_intent": "pi_1", "amount_cents": 5_000, "status": "succeeded"}
    assert tell(database, ours, "refund", refund) == "failed"
    fields = {"payment": attempt["payment_id"], "status": "succeeded", "amount_cents": 5_000, "payment_intent": "pi_1"}
    assert tell(database, ours, "payment", fields) == "applied"
    assert shown(database, ours, invoice)["state"] == "refunded"
    assert ask(database, ours.people["owner"], "select 1 from public.failed_events").rows == ()


def test_a_link_opens_its_invoice_and_nothing_else(database: Connection[Any], ours: Company, theirs: Company) -> None:
    """By the hash of its secret; revoked and expired links say so; an unknown one opens nothing."""
    invoice = draft_invoice(database, ours, 5_000)
    issue(database, ours, invoice)
    token = invoice_link(database, ours, invoice)
    opened = "select backend.portal_invoice(sha256(convert_to(%s, 'UTF8')), true)"

    def state_of(secret: str) -> Any:
        row = database.execute(opened, [secret]).fetchone()
        assert row is not None
        return row[0] and (row[0]["state"], row[0]["invoice"]["id"])

    assert state_of(token) == ("ok", str(invoice))
    assert shown(database, ours, invoice)["viewed_at"] is not None
    assert state_of(token[:-1] + "!") is None
    ask(database, theirs.people["owner"], "select public.revoke_invoice_links(%s)", [invoice], keep=True)
    assert state_of(token) == ("ok", str(invoice))
    ask(database, ours.people["owner"], "select public.revoke_invoice_links(%s)", [invoice], keep=True)
    assert state_of(token) == ("revoked", str(invoice))


def test_a_payment_shows_in_the_conversation_to_those_who_may_see_money(
    database: Connection[Any], ours: Company
) -> None:
    """One line per payment and refund, followed live."""
    connect_stripe(database, ours)
    invoice = draft_invoice(database, ours, 5_000)
    issue(database, ours, invoice)
    attempt = start_payment(database, invoice_link(database, ours, invoice))
    fields = {"payment": attempt["payment_id"], "amount_cents": 5_000, "payment_intent": "pi_1"}
    for status in ("processing", "succeeded"):
        tell(database, ours, "payment", fields | {"status": status})
    lines = "select kind, amount_cents, money_status, invoice_number from public.thread_entries"
    assert ask(database, ours.people["owner"], lines).rows == (("payment", 5_000, "succeeded", 1),)
    assert ask(database, ours.people["estimator"], lines).rows == ()


def test_a_payment_of_another_amount_is_for_a_person(database: Connection[Any], ours: Company) -> None:
    """Nothing of ours is believed that Stripe did not say, and the reverse."""
    connect_stripe(database, ours)
    invoice = draft_invoice(database, ours, 5_000)
    issue(database, ours, invoice)
    attempt = start_payment(database, invoice_link(database, ours, invoice))
    fields = {"payment": attempt["payment_id"], "status": "succeeded", "amount_cents": 1, "payment_intent": "pi_1"}
    assert tell(database, ours, "payment", fields) == "failed"
    assert shown(database, ours, invoice)["state"] == "unpaid"
    assert uuid.UUID(attempt["payment_id"])
