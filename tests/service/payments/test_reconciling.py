"""The receiver was dark: what no webhook brought is fetched, and fetching it twice changes nothing."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest

from service.operations import reconcile_stripe
from service.operations.reconcile_stripe import Plan
from service.settings import Settings
from tests.support import forked
from tests.support.invoices import new_invoice
from tests.support.shops import Shop
from tests.support.stack import RunningStack, running_stack


@pytest.fixture(scope="module")
def stack() -> Iterator[RunningStack]:
    """A stack of this file's own: a run asks for every account there is, and other tests make up accounts."""
    with running_stack("--without", "web") as started:
        yield started


@pytest.fixture
def shop(new_shop: Callable[[str], Shop]) -> Iterator[Shop]:
    made = new_shop("Prairie Plumbing")
    made.connect()
    yield made
    made.payer.switch(webhook_drops=0)
    made.payer.events_go_to(made.receiver())


def reconcile(shop: Shop, *options: str) -> str:
    code, said = run(shop.stack.settings_env, *options)
    assert code == 0, said
    return said


def run(settings: Mapping[str, str], *options: str) -> tuple[int | None, str]:
    """Reconcile in a process of its own; return its exit code and what it said."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "said"
        process = forked.start("service.operations.reconcile", ["stripe", *options], {**os.environ, **settings}, log)
        process.join(120)
        return process.exitcode, log.read_text()


def history(shop: Shop) -> dict[str, Any]:
    """Everything of money that the company has."""
    query = """
      select
        (select jsonb_agg(to_jsonb(p) order by id) from public.payments p where tenant_id = tenant.id) as payments,
        (select jsonb_agg(to_jsonb(e) order by id) from public.payment_events e where tenant_id = tenant.id) as steps,
        (select jsonb_agg(to_jsonb(r) order by id) from public.refunds r where tenant_id = tenant.id) as refunds,
        (select jsonb_agg(to_jsonb(d) order by id) from public.disputes d where tenant_id = tenant.id) as disputes,
        (select count(*) from public.webhook_events w where tenant_id = tenant.id) as events
      from public.tenants as tenant where tenant.id = %s
    """
    return shop.row(query, shop.company.tenant_id)


def live_in_the_dark(shop: Shop) -> tuple[str, str]:
    """A payment that is refunded in part, and one that is disputed and lost, while no webhook comes."""
    shop.payer.switch(webhook_drops=1_000)
    refunded, page = shop.checkout(new_invoice(shop.stack, shop.company, 12_500))
    shop.payer.pay_by_card(page)
    disputed, page = shop.checkout(new_invoice(shop.stack, shop.company, 7_000))
    shop.payer.pay_by_card(page)
    (charge,) = shop.payer.charges(disputed)
    dispute = shop.payer.control("disputes", {"charge": charge["id"]})["id"]
    shop.payer.control(f"disputes/{dispute}/close", {"status": "lost"})
    (charge,) = shop.payer.charges(refunded)
    account = shop.row(
        "select stripe_account_id from public.stripe_accounts where tenant_id = %s", shop.company.tenant_id
    )
    shop.payments.stripe.v1.refunds.create(
        {"charge": charge["id"], "amount": 2_500}, {"stripe_account": account["stripe_account_id"]}
    )
    assert {shop.payment(payment)["status"] for payment in (refunded, disputed)} == {"pending"}
    return refunded, disputed


@pytest.mark.parametrize("options", [(), ("--undelivered",)])
def test_everything_is_restored_and_a_second_run_changes_nothing(shop: Shop, options: tuple[str, ...]) -> None:
    refunded, disputed = live_in_the_dark(shop)
    before = history(shop)
    assert "found" in reconcile(shop, "--dry-run", *options)
    assert history(shop) == before

    said = reconcile(shop, *options)
    assert "applied" in said
    row = shop.payment(refunded)
    assert (row["status"], row["refunded_cents"], row["balance_cents"]) == ("succeeded", 2_500, 2_500)
    row = shop.payment(disputed)
    assert (row["status"], row["dispute_status"], row["balance_cents"]) == ("succeeded", "lost", 7_000)

    restored = history(shop)
    assert "applied" not in reconcile(shop, *options)
    assert history(shop) == restored


def test_a_run_that_must_end_early_says_so(shop: Shop) -> None:
    said: list[str] = []
    values: dict[str, Any] = {
        name.removeprefix("FIELDLITE_").lower(): text for name, text in shop.stack.settings_env.items()
    }
    settings = Settings(**values)
    assert reconcile_stripe.reconcile(settings, Plan(dry_run=True), said.append, lambda: False).total() == 0
    assert "stopped early" in said


@pytest.mark.parametrize("days", ["0", "31", "many"])
def test_stripe_keeps_events_for_thirty_days(days: str) -> None:
    code, said = run({}, "--days", days)
    assert code == 2
    assert "--days" in said


def test_a_refund_that_stripe_was_never_asked_for_is_finished(shop: Shop) -> None:
    """The service died between claiming the money and asking Stripe; twice in a row gives it back once."""
    payment = shop.paid()
    refund = uuid.uuid4()
    shop.payments.database.call_value(
        "start_refund",
        p_tenant=shop.company.tenant_id,
        p_user=shop.company.owner.user_id,
        p_refund=refund,
        p_payment=payment,
        p_amount_cents=2_500,
        p_reason=None,
    )
    reconcile(shop)
    assert shop.payment(payment)["refunded_cents"] == 0, "too fresh: whoever claimed it may be asking right now"
    with psycopg.connect(shop.stack.database_url) as connection:
        connection.execute("alter table public.refunds disable trigger touch")
        connection.execute("update public.refunds set created_at = now() - interval '1 hour' where id = %s", [refund])
        connection.execute("alter table public.refunds enable trigger touch")
    for _ in range(2):
        reconcile(shop)
    assert shop.wait_for(payment, refunded_cents=2_500)["refundable_cents"] == 10_000
