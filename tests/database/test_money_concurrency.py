"""Money in several connections at once: whatever comes first, the facts are the same, and what follows from them."""

from __future__ import annotations

import random
import uuid
from typing import Any

import psycopg
from psycopg import Connection

from tests.database.actors import ask
from tests.database.concurrently import Work, company_of, together
from tests.database.conftest import Company
from tests.database.money import connect_stripe, draft_invoice, invoice_link, issue, shown, start_payment, tell
from tests.database.test_money_model import PAYMENT_ORDER, REFUND_ORDER, TOTAL, Model, Money

SHARES = (2_500, 4_000, 6_000)


def issued_invoice(look: Connection[Any], company: Company) -> tuple[uuid.UUID, list[Money]]:
    """Issue an invoice and start an attempt for each share; together they are more than the total."""
    connect_stripe(look, company)
    invoice = draft_invoice(look, company, TOTAL)
    issue(look, company, invoice)
    link = invoice_link(look, company, invoice)
    attempts = [start_payment(look, link, cents) for cents in SHARES]
    return invoice, [Money(uuid.UUID(each["payment_id"]), each["amount_cents"]) for each in attempts]


def news_of(payment: Money, dice: random.Random) -> list[tuple[str, dict[str, Any]]]:
    """Make up what Stripe tells of a payment, and let the model know of it."""
    mark = {"payment": str(payment.id), "payment_intent": payment.intent}
    told: list[tuple[str, dict[str, Any]]] = []
    for status in dice.sample(PAYMENT_ORDER, 4):
        told.append(("payment", mark | {"status": status, "amount_cents": payment.amount}))
        payment.status = max(payment.status, status, key=PAYMENT_ORDER.index)
    for status in dice.sample(REFUND_ORDER, 2):
        refund = {"stripe_refund": "re_1", "amount_cents": 500, "status": status}
        told.append(("refund", mark | refund | {"stripe_refund": f"re_{payment.id.hex}"}))
        _, old = payment.refunds.get("re", (500, "pending"))
        payment.refunds["re"] = (500, max(old, status, key=REFUND_ORDER.index))
    ending = dice.choice(["won", "lost"])
    for status in ("open", ending):
        dispute = {"stripe_dispute": f"dp_{payment.id.hex}", "amount_cents": 1_000, "status": status}
        told.append(("dispute", mark | dispute))
    payment.disputes["dp"] = (1_000, ending)
    return told


def test_events_told_at_once_end_as_the_model_says(clone_url: str) -> None:
    """Four connections tell everything, each in an order of its own, so each event comes four times."""
    look, company = company_of(clone_url)
    with look:
        for seed in range(4):
            dice = random.Random(seed)  # noqa: S311
            invoice, payments = issued_invoice(look, company)
            events = [
                (f"evt_{seed}_{n}", *news) for n, news in enumerate(e for p in payments for e in news_of(p, dice))
            ]

            def tell_all(order: list[Any]) -> Work:
                return lambda connection: [tell(connection, company, kind, fields, key) for key, kind, fields in order]

            together(clone_url, [tell_all(dice.sample(events, len(events))) for _ in range(4)])
            # What came before its payment was known, or lost a deadlock, the worker's next ticks do.
            look.execute("update public.webhook_events set next_attempt_at = now() where processed_at is null")
            look.execute("select backend.worker_tick()")
            failed = look.execute("select kind, error from public.webhook_events where processed_at is null").fetchall()
            assert failed == []
            expected = Model(payments).expected()
            row = shown(look, company, invoice)
            assert {name: row[name] for name in expected} == expected


def test_two_people_cannot_give_back_the_same_money(clone_url: str) -> None:
    """Six refunds of two fifths at once: two go through."""
    look, company = company_of(clone_url)
    with look:
        _, (payment, *_) = issued_invoice(look, company)
        fields = {"payment": str(payment.id), "payment_intent": payment.intent, "status": "succeeded"}
        tell(look, company, "payment", fields | {"amount_cents": payment.amount})

        def refund(connection: Connection[Any]) -> str | None:
            person = company.people["bookkeeper"].user_id
            values = [company.id, person, uuid.uuid4(), payment.id, payment.amount * 2 // 5]
            try:
                connection.execute("select backend.start_refund(%s, %s, %s, %s, %s, null)", values)
            except psycopg.Error as refusal:
                return refusal.diag.message_detail
            return None

        answers = together(clone_url, [refund] * 6)
        assert sorted(map(str, answers)) == ["None"] * 2 + ["refund_too_large"] * 4


def test_a_payment_and_a_void_at_once_leave_no_money_on_a_void_invoice(clone_url: str) -> None:
    """Either the void is refused, or the money that came after it is credit."""
    look, company = company_of(clone_url)
    with look:
        for _ in range(5):
            invoice, (payment, *_) = issued_invoice(look, company)
            fields = {"payment": str(payment.id), "status": "succeeded", "amount_cents": payment.amount}
            owner = company.people["owner"]

            def void(connection: Connection[Any], invoice: uuid.UUID = invoice, owner: Any = owner) -> str | None:
                return ask(connection, owner, "select public.void_invoice(%s)", [invoice], keep=True).detail

            def pay(connection: Connection[Any], fields: dict[str, Any] = fields) -> str:
                return tell(connection, company, "payment", fields)

            refused, outcome = together(clone_url, [void, pay])
            row = shown(look, company, invoice)
            assert outcome == "applied"
            if refused is None:
                assert (row["state"], row["paid_cents"], row["credit_cents"]) == ("void", 0, payment.amount)
            else:
                assert (refused, row["state"]) == ("invoice_has_money", "partial")
