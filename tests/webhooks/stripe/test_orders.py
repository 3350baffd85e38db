"""Every order of one payment's news ends the same: all permutations, each event also doubled, all of one second.

The handlers turn the events into what the database is told; the database is told in every order, in transactions
that are rolled back. Orders that begin differently and come to the same rows go on alike, so each such place is gone on
from once: that covers all 5,040 orders in some hundred steps. A sample of them goes over HTTP in test_receiving.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from psycopg import Connection
from psycopg.types.json import Jsonb

from service.payments.intake import HANDLERS
from service.payments.news import Effect, read_news
from tests.support.stripe_events import Json, Paid
from tests.webhooks.stripe.deliveries import Till

TOLD_TWICE = 60
"""Of the orders in which each event comes twice there are 681 billion: a sample, the same in every run."""

END = """
  select paid.status, paid.method, paid.refunded_cents, paid.refundable_cents, paid.dispute_status, invoice.state,
    invoice.balance_cents, invoice.paid_cents, invoice.credit_cents, invoice.is_disputed, invoice.is_processing,
    (select count(*) from public.refunds as refund where refund.payment_id = paid.id),
    (select count(*) from public.disputes as dispute where dispute.payment_id = paid.id),
    (select count(*) from public.webhook_events as event
      where event.tenant_id = paid.tenant_id and event.processed_at is null
        and (event.fields ->> 'payment' = paid.id::text or event.fields ->> 'payment_intent' = base.payment_intent_id))
  from public.payment_list as paid
  join public.payments as base on base.id = paid.id
  join public.invoice_list as invoice on invoice.id = paid.invoice_id
  where paid.id = %s
"""

STATE = """
  select jsonb_build_array(
    (select to_jsonb(paid) - {chance} from public.payments as paid where paid.id = %(payment)s),
    (select to_jsonb(invoice) - {chance} from public.invoices as invoice
      where invoice.id = (select invoice_id from public.payments where id = %(payment)s)),
    (select jsonb_agg(to_jsonb(part) - {chance} order by invoice_id) from public.payment_allocations as part
      where payment_id = %(payment)s),
    (select jsonb_agg(to_jsonb(refund) - {chance} order by stripe_refund_id) from public.refunds as refund
      where payment_id = %(payment)s),
    (select jsonb_agg(to_jsonb(dispute) - {chance} order by stripe_dispute_id) from public.disputes as dispute
      where payment_id = %(payment)s),
    (select jsonb_agg(to_jsonb(event) - {chance} order by event_key) from public.webhook_events as event
      where tenant_id = %(tenant)s and event_key = any(%(events)s))
  )::text
""".replace("{chance}", "array['id', 'version']")
"""All that the handling of an event reads or writes, but for what is drawn by lot and the count of changes.

The steps in payment_events tell the order itself, and nothing reads them.
"""

Told = tuple[str, Effect]


class Remembering:
    """Stands for Stripe as it is after all of it happened."""

    def __init__(self, paid: Paid, dispute: str) -> None:
        self._paid, self._dispute = paid, dispute

    def payment_intent(self, *_: str) -> Json:
        return self._paid.payment_intent()

    def dispute(self, *_: str) -> Json:
        return self._paid.dispute_object(self._dispute)


def news_of(paid: Paid, dispute: str) -> list[Told]:
    """What the handlers make of seven events of one second."""
    events = [
        paid.event("checkout.session.completed", paid.checkout_session("unpaid")),
        paid.event("payment_intent.processing", paid.payment_intent("processing")),
        paid.event("payment_intent.succeeded", paid.payment_intent()),
        paid.event("charge.succeeded", paid.charge_object(method="us_bank_account")),
        paid.event("refund.created", paid.refund_object(2_500, metadata={})),
        paid.event("charge.dispute.created", paid.dispute_object()),
        paid.event("charge.dispute.closed", paid.dispute_object(dispute)),
    ]
    return [_told(event, Remembering(paid, dispute)) for event in events]


def _told(event: Json, stripe: Any) -> Told:
    news = read_news(event, b"{}")
    assert news is not None
    effect = HANDLERS[news.type](news, stripe)
    assert effect is not None
    return news.id, effect


@pytest.fixture
def database(till: Till) -> Iterator[Connection[Any]]:
    """One connection as `postgres`; nothing that is told through it stays."""
    with psycopg.connect(till.stack.database_url) as connection:
        yield connection
        connection.rollback()


def tell(database: Connection[Any], till: Till, told: Told) -> None:
    event_id, effect = told
    database.execute(
        "select outcome from backend.receive_stripe_event(%s, %s, %s, %s, '{}')",
        [till.company.tenant_id, event_id, effect.kind, Jsonb(effect.fields)],
    )


def end(database: Connection[Any], paid: Paid) -> tuple[Any, ...]:
    """How the payment looks now."""
    row = database.execute(END, [paid.payment]).fetchone()
    assert row is not None
    return tuple(row)


@dataclass(frozen=True)
class Orders:
    """The orders in which a payment's news can be told, each followed to its end."""

    database: Connection[Any]
    till: Till
    paid: Paid
    news: Sequence[Told]
    known: dict[tuple[frozenset[str], str], set[tuple[Any, ...]]] = field(default_factory=dict)
    """What the payment ends as, by what is still to be told and the rows that stand."""

    def ends(self) -> set[tuple[Any, ...]]:
        """How the payment looks after each order of all the news."""
        return self._ends_after(self.news)

    def _ends_after(self, rest: Sequence[Told]) -> set[tuple[Any, ...]]:
        if not rest:
            return {end(self.database, self.paid)}
        place = (frozenset(event_id for event_id, _ in rest), self._state())
        if place not in self.known:
            self.known[place] = set().union(*(self._ends_by(index, rest) for index in range(len(rest))))
        return self.known[place]

    def _ends_by(self, index: int, rest: Sequence[Told]) -> set[tuple[Any, ...]]:
        with self.database.transaction(force_rollback=True):
            tell(self.database, self.till, rest[index])
            return self._ends_after([*rest[:index], *rest[index + 1 :]])

    def _state(self) -> str:
        events = [event_id for event_id, _ in self.news]
        values = {"payment": self.paid.payment, "tenant": self.till.company.tenant_id, "events": events}
        row = self.database.execute(STATE, values).fetchone()
        assert row is not None
        return str(row[0])


outcomes = pytest.mark.parametrize(
    ("dispute", "state", "balance"), [("won", "partial", 2_500), ("lost", "refunded", 12_500)]
)
"""A lost dispute takes all of the payment back, and what was refunded before is not taken twice."""


@outcomes
def test_every_order_ends_the_same(
    till: Till, database: Connection[Any], dispute: str, state: str, balance: int
) -> None:
    paid = till.attempt(12_500)
    (last,) = Orders(database, till, paid, news_of(paid, dispute)).ends()
    check(last, dispute, state, balance)


@outcomes
def test_doubled_news_in_any_order_ends_the_same(
    till: Till, database: Connection[Any], dispute: str, state: str, balance: int
) -> None:
    paid = till.attempt(12_500)
    chance = random.Random(11)  # noqa: S311 - the same orders in every run
    news = [told for told in news_of(paid, dispute) for _ in range(2)]
    found = set()
    for _ in range(TOLD_TWICE):
        chance.shuffle(news)
        with database.transaction(force_rollback=True):
            for told in news:
                tell(database, till, told)
            found.add(end(database, paid))
    (last,) = found
    check(last, dispute, state, balance)


def check(last: tuple[Any, ...], dispute: str, state: str, balance: int) -> None:
    """Hold the one end to what the news amounts to."""
    assert last[:3] == ("succeeded", "ach", 2_500)
    assert last[4:7] == (dispute, state, balance)
    assert last[-3:] == (1, 1, 0), "one refund, one dispute, and no event that waits"
