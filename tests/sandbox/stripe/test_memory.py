"""A restart of the sandbox keeps payments, keys, the clock and what was to be sent."""

from __future__ import annotations

from pathlib import Path

from tests.sandbox.running import running_sandbox, running_webhook
from tests.sandbox.stripe.money import DAY, advance, connect, pay_by_bank, point_at, stripe_client, types


def test_payments_the_clock_and_waiting_events_survive(tmp_path: Path) -> None:
    with running_webhook() as webhook:
        with running_sandbox(tmp_path) as before, stripe_client(before) as client:
            company = connect(client, before)
            session = company.checkout()
            advance(before, 2 * DAY // 4)
            now = before.get("stripe/clock")["now"]
            before.switch(webhook_delay_seconds=1.5)
            point_at(before, webhook)
            pay_by_bank(session.url)
        assert webhook.received == []
        with running_sandbox(tmp_path) as after, stripe_client(after) as client:
            company.client, company.sandbox = client, after
            assert after.get("stripe/clock")["now"] >= now
            webhook.wait_for(4)
            after.switch(webhook_delay_seconds=0)
            advance(after, 4 * DAY)
            assert company.session(session).payment_status == "paid"
            webhook.wait_for(8)
        assert types(webhook).count("checkout.session.completed") == 1
