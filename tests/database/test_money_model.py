"""Any sequence of payments, refunds, disputes and voids leaves what an independent model in Python says.

The model knows nothing of allocations, ranks or triggers: it keeps facts (what Stripe last said of each thing, by the
rules of the payment's state machine) and adds up. Events are told several times and out of order; people of every role
try to refund and void.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Connection

from tests.database.actors import ROLES, ask
from tests.database.conftest import Company
from tests.database.money import connect_stripe, draft_invoice, invoice_link, issue, shown, start_payment, tell

T = TypeVar("T")

TOTAL = 10_000
PAYMENT_ORDER = ["pending", "processing", "failed", "canceled", "succeeded"]
REFUND_ORDER = ["pending", "succeeded", "canceled", "failed"]
MAY_REFUND = {"owner", "manager", "bookkeeper"}
MAY_VOID = {"owner", "manager", "dispatcher", "bookkeeper"}


@dataclass
class Money:
    """One payment as the model knows it."""

    id: uuid.UUID
    amount: int
    status: str = "pending"
    refunds: dict[str, tuple[int, str]] = field(default_factory=dict)
    disputes: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def intent(self) -> str:
        """Its PaymentIntent."""
        return f"pi_{self.id.hex}"

    @property
    def net(self) -> int:
        """What is left of it."""
        gone = sum(a for a, s in self.refunds.values() if s == "succeeded")
        gone += sum(a for a, s in self.disputes.values() if s == "lost")
        return max(0, self.amount - gone) if self.status == "succeeded" else 0

    @property
    def refundable(self) -> int:
        """What may still be given back."""
        claimed = sum(a for a, s in self.refunds.values() if s in {"pending", "succeeded"})
        lost = sum(a for a, s in self.disputes.values() if s == "lost")
        return max(0, self.amount - claimed - lost) if self.status == "succeeded" else 0


@dataclass
class Model:
    """The invoice as the model knows it."""

    payments: list[Money] = field(default_factory=list)
    void: bool = False

    def expected(self) -> dict[str, Any]:
        """What the list must show."""
        net = sum(payment.net for payment in self.payments)
        paid = 0 if self.void else min(TOTAL, net)
        balance = 0 if self.void else TOTAL - paid
        return {
            "paid_cents": paid,
            "balance_cents": balance,
            "credit_cents": net - paid,
            "state": self.state(paid, balance, net),
            "is_processing": any(payment.status == "processing" for payment in self.payments),
            "is_disputed": any(s == "open" for p in self.payments for _, s in p.disputes.values()),
        }

    def state(self, paid: int, balance: int, net: int) -> str:
        """The derived state."""
        if self.void:
            return "void"
        if balance == 0:
            return "overpaid" if net > paid else "paid"
        if paid > 0:
            return "partial"
        return "refunded" if any(payment.status == "succeeded" for payment in self.payments) else "unpaid"


class World:
    """The database and the model side by side; every method does one thing to both."""

    def __init__(self, database: Connection[Any], company: Company, dice: random.Random) -> None:
        self.database = database
        self.company = company
        self.dice = dice
        self.model = Model()
        self.invoice = draft_invoice(database, company, TOTAL)
        issue(database, company, self.invoice)
        self.link = invoice_link(database, company, self.invoice)

    def pay(self) -> None:
        """The customer starts an attempt; it may be refused, and the same amount again is the same attempt."""
        cents = self.dice.choice([TOTAL, 2_500, 4_000, 6_000])
        attempt = self.unless_refused(lambda: start_payment(self.database, self.link, cents))
        if attempt is None:
            return
        identifier = uuid.UUID(attempt["payment_id"])
        if identifier not in {payment.id for payment in self.model.payments}:
            self.model.payments.append(Money(identifier, attempt["amount_cents"]))

    def stripe_tells_of_a_payment(self) -> None:
        """A step of some payment, perhaps late, perhaps twice."""
        payment = self.some_payment()
        if payment is None:
            return
        status = self.dice.choice(PAYMENT_ORDER)
        fields = {
            "payment": str(payment.id), "payment_intent": payment.intent, "charge": f"ch_{payment.id.hex}",
            "status": status, "amount_cents": payment.amount, "currency": "usd", "method": "card",
        }  # fmt: skip
        self.tell("payment", fields)
        payment.status = max(payment.status, status, key=PAYMENT_ORDER.index)

    def stripe_tells_of_a_refund(self) -> None:
        """A refund made in Stripe's dashboard, or the next step of one."""
        payment = self.some_payment()
        if payment is None:
            return
        known = [name for name in payment.refunds if name.startswith("re_")]
        name = self.dice.choice([*known, f"re_{self.dice.getrandbits(32):x}"])
        amount, old = payment.refunds.get(name, (self.dice.choice([500, 2_000]), "pending"))
        status = self.dice.choice(REFUND_ORDER)
        fields = {"stripe_refund": name, "payment": str(payment.id), "amount_cents": amount, "status": status}
        self.tell("refund", fields | {"payment_intent": payment.intent})
        payment.refunds[name] = (amount, max(old, status, key=REFUND_ORDER.index))

    def stripe_tells_of_a_dispute(self) -> None:
        """Opened, then won or lost; what is decided stays decided unless Stripe, asked again, says otherwise."""
        payment = self.some_payment()
        if payment is None:
            return
        name = self.dice.choice([*payment.disputes, f"dp_{self.dice.getrandbits(32):x}"])
        amount, old = payment.disputes.get(name, (payment.amount, "open"))
        status = self.dice.choice(["open", "won", "lost"])
        fields = {"stripe_dispute": name, "payment": str(payment.id), "amount_cents": amount, "status": status}
        self.tell("dispute", fields | {"payment_intent": payment.intent})
        payment.disputes[name] = (amount, old if status == "open" else status)

    def somebody_refunds(self) -> None:
        """A person of any role gives money back: only who may, and never more than is left."""
        payment, role = self.some_payment(), self.dice.choice(ROLES)
        if payment is None:
            return
        amount, refund = self.dice.choice([500, 2_500, TOTAL]), uuid.uuid4()
        disputed = any(status == "open" for _, status in payment.disputes.values())
        allowed = role in MAY_REFUND and amount <= payment.refundable and not disputed
        person = self.company.people[role].user_id
        values = [self.company.id, person, refund, payment.id, amount]
        done = self.unless_refused(
            lambda: self.database.execute("select backend.start_refund(%s, %s, %s, %s, %s, null)", values)
        )
        assert (done is not None) is allowed
        if allowed:
            payment.refunds[str(refund)] = (amount, "pending")

    def unless_refused(self, work: Callable[[], T]) -> T | None:
        """Return what the work returns; None when the database refused it in its own words, with nothing done."""
        try:
            with self.database.transaction():
                return work()
        except psycopg.Error as refusal:
            if refusal.sqlstate in {"PT403", "PT409", "PT422"}:
                return None
            raise

    def somebody_voids(self) -> None:
        """A person of any role withdraws the invoice: only who may, and only without money on it or on its way."""
        role = self.dice.choice(ROLES)
        money = any(payment.net > 0 or payment.status == "processing" for payment in self.model.payments)
        allowed = role in MAY_VOID and (self.model.void or not money)
        answer = ask(
            self.database, self.company.people[role], "select public.void_invoice(%s)", [self.invoice], keep=True
        )
        assert (answer.state is None) is allowed, (role, answer)
        self.model.void = self.model.void or allowed

    def tell(self, kind: str, fields: dict[str, Any]) -> None:
        """Deliver an event one to three times."""
        event = f"evt_{self.dice.getrandbits(64):x}"
        outcomes = [tell(self.database, self.company, kind, fields, event) for _ in range(self.dice.randint(1, 3))]
        assert outcomes == ["applied"] + ["duplicate"] * (len(outcomes) - 1)

    def some_payment(self) -> Money | None:
        """One of the payments."""
        return self.dice.choice(self.model.payments) if self.model.payments else None

    def agree(self) -> None:
        """The list shows what the model says."""
        row = shown(self.database, self.company, self.invoice)
        assert {name: row[name] for name in self.model.expected()} == self.model.expected()


STEPS = [
    World.pay, World.pay, World.stripe_tells_of_a_payment, World.stripe_tells_of_a_payment,
    World.stripe_tells_of_a_refund, World.stripe_tells_of_a_dispute, World.somebody_refunds, World.somebody_voids,
]  # fmt: skip


@given(seed=st.integers(0, 2**32), steps=st.lists(st.sampled_from(STEPS), max_size=14))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_balance_and_state_are_the_models(
    database: Connection[Any], ours: Company, seed: int, steps: list[Any]
) -> None:
    """After every single step."""
    with database.transaction(force_rollback=True):
        connect_stripe(database, ours)
        world = World(database, ours, random.Random(seed))  # noqa: S311
        for step in steps:
            step(world)
            world.agree()
