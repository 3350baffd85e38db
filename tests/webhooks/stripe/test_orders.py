"""Every order of one payment's news ends the same: all permutations, each event also doubled, all of one second.

The handlers turn the events into what the database is told; the database is told in every order, in transactions
that are rolled back. A sample of the orders goes over HTTP in test_receiving.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
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


def ends(database: Connection[Any], till: Till, paid: Paid, rest: Sequence[Told]) -> set[tuple[Any, ...]]:
    """How the payment looks after each order of the rest; orders that begin alike are told that beginning once."""
    if not rest:
        return {end(database, paid)}
    found = set()
    for index, told in enumerate(rest):
        with database.transaction(force_rollback=True):
            tell(database, till, told)
            found |= ends(database, till, paid, [*rest[:index], *rest[index + 1 :]])
    return found


def test_every_order_ends_the_same(till: Till, database: Connection[Any]) -> None:
    """A lost dispute takes all of the payment back, and what was refunded before is not taken twice."""
    paid = till.attempt(12_500)
    (last,) = ends(database, till, paid, news_of(paid, "lost"))
    assert last[:3] == ("succeeded", "ach", 2_500)
    assert last[4:7] == ("lost", "refunded", 12_500)
    assert last[-3:] == (1, 1, 0), "one refund, one dispute, and no event that waits"


@pytest.mark.parametrize(("dispute", "state", "balance"), [("won", "partial", 2_500), ("lost", "refunded", 12_500)])
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
    assert (last[0], *last[4:7], *last[-3:]) == ("succeeded", dispute, state, balance, 1, 1, 0)
