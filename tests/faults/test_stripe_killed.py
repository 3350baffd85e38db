"""kill -9 of the service and of PostgreSQL under a stream of Stripe's events: what was acknowledged is there, once."""

from __future__ import annotations

import itertools
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import psycopg
import pytest

from tests.faults.killing import kill_database, kill_service, wait_until_ready
from tests.sandbox.running import wait_for
from tests.support.companies import Company, new_company
from tests.support.stack import RunningStack
from tests.support.stripe_events import Json, Paid, body_of, new_id, sign, some_payment

STREAMS = 4
PAYMENTS = 4_000
"""More attempts than the streams can take in."""

AMOUNT, GIVEN_BACK = 12_500, 2_500

MAKE = """
insert into public.stripe_accounts (tenant_id, stripe_account_id, livemode, charges_enabled)
values (%(tenant)s, %(account)s, false, true);
insert into public.contacts (tenant_id, name) values (%(tenant)s, 'Rosa');
alter table public.invoices disable trigger user;
alter table public.payments disable trigger user;
insert into public.invoices (tenant_id, contact_id, number, status, total_cents, issued_at, issued_on)
select tenant_id, id, n, 'issued', 12500, now(), current_date
from public.contacts cross join generate_series(1, %(count)s) as n where tenant_id = %(tenant)s;
insert into public.payments (tenant_id, invoice_id, amount_cents, currency)
select tenant_id, id, 12500, 'USD' from public.invoices where tenant_id = %(tenant)s;
alter table public.invoices enable trigger user;
alter table public.payments enable trigger user;
"""


class Stripe:
    """Tells of one payment after the other until told to stop, and tells again what was not acknowledged."""

    def __init__(self, stack: RunningStack, payments: list[Paid]) -> None:
        self.stack = stack
        self.waiting = iter(payments)
        self.taking = threading.Lock()
        self.secret = stack.settings_env["FIELDLITE_STRIPE_CONNECT_SECRETS"].split(",")[0]
        self.stopped = False
        self.acknowledged: list[str] = []
        self.statuses: set[int] = set()

    def tell_until_stopped(self) -> None:
        """Tell of payments, each in several events; what is told of a payment is told to its end."""
        while not self.stopped and (paid := self.next_payment()):
            events = [
                paid.event("payment_intent.succeeded", paid.payment_intent()),
                paid.event("charge.succeeded", paid.charge_object()),
                paid.event("refund.created", paid.refund_object(GIVEN_BACK)),
            ]
            for document in [*events, events[0]]:
                self.tell_until_acknowledged(document)

    def next_payment(self) -> Paid | None:
        """Return a payment that no other stream tells of."""
        with self.taking:
            return next(self.waiting, None)

    def tell_until_acknowledged(self, document: Json) -> None:
        """Deliver an event, again and again until the answer is 2xx."""
        while not self.tell(document):
            time.sleep(0.1)  # Stripe waits too before it tries again
        self.acknowledged.append(document["id"])

    def tell(self, document: Json) -> bool:
        """Deliver an event once; whether it was acknowledged."""
        body = body_of(document)
        headers = {"Content-Type": "application/json", "Stripe-Signature": sign(body, self.secret)}
        try:
            answer = httpx.post(
                f"{self.stack.service_url}/api/stripe/webhook", content=body, headers=headers, timeout=20
            )
        except httpx.TransportError:
            return False
        self.statuses.add(answer.status_code)
        return answer.is_success


def make_payments(stack: RunningStack, company: Company) -> list[Paid]:
    """Connect an account and make open attempts, each of an invoice of its own."""
    account = new_id("acct")
    values = {"tenant": company.tenant_id, "account": account, "count": PAYMENTS}
    with psycopg.connect(stack.database_url) as connection, psycopg.ClientCursor(connection) as cursor:
        cursor.execute(MAKE, values)
        cursor.execute("select id from public.payments where tenant_id = %s", [company.tenant_id])
        return [replace(some_payment(account), payment=str(row[0]), amount=AMOUNT) for row in cursor.fetchall()]


@pytest.mark.timeout(300)
def test_every_acknowledged_event_survives_and_none_counts_twice(fragile_stack: RunningStack) -> None:
    """While something is down the answer is 503 or none at all, and everything is well again by itself."""
    company = new_company(fragile_stack)
    stripe = Stripe(fragile_stack, make_payments(fragile_stack, company))
    with ThreadPoolExecutor(STREAMS) as pool:
        streams = [pool.submit(stripe.tell_until_stopped) for _ in range(STREAMS)]
        try:
            for kill, _ in zip(itertools.cycle([kill_database, kill_service]), range(3), strict=False):
                known = len(stripe.acknowledged)
                wait_for(lambda known=known: len(stripe.acknowledged) > known + 20, seconds=60)  # type: ignore[misc]
                kill(fragile_stack)
                wait_until_ready(fragile_stack)
        finally:
            stripe.stopped = True
        for stream in streams:
            stream.result()
    assert stripe.statuses <= {200, 503}
    check(fragile_stack, company, stripe)


def check(stack: RunningStack, company: Company, stripe: Stripe) -> None:
    """Every acknowledged event is stored and done, and each payment has one refund and the balance that follows."""
    tenant = [company.tenant_id]
    with psycopg.connect(stack.database_url) as connection:
        done = "select event_key from public.webhook_events where tenant_id = %s and processed_at is not null"
        assert {key for (key,) in connection.execute(done, tenant)} == set(stripe.acknowledged)
        paid = "select count(*) from public.payments where tenant_id = %s and status = 'succeeded'"
        (payments,) = connection.execute(paid, tenant).fetchone() or (0,)
        assert payments == len(set(stripe.acknowledged)) / 3
        refunds = connection.execute(
            "select count(*), count(distinct payment_id), sum(amount_cents) from public.refunds where tenant_id = %s",
            tenant,
        ).fetchone()
        assert refunds == (payments, payments, payments * GIVEN_BACK)
        balances = connection.execute(
            "select distinct state, balance_cents from public.invoice_list where tenant_id = %s and paid_cents > 0",
            tenant,
        ).fetchall()
        assert balances == [("partial", GIVEN_BACK)]
