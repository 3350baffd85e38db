"""kill -9 of PostgreSQL while webhooks stream: every 2xx answer is in the database afterwards, and nothing twice."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.faults.killing import kill_database, wait_until_ready
from tests.sandbox.running import wait_for
from tests.support.companies import SECOND_ACCOUNT, Company, new_company
from tests.support.stack import RunningStack
from tests.support.texts import inbound_text, post_signed

KILLS = 2
STREAMS = 6


class Twilio:
    """Delivers texts one after the other until told to stop; repeats what was not answered by 2xx, as Twilio does."""

    def __init__(self, stack: RunningStack, company: Company) -> None:
        self.stack = stack
        self.company = company
        self.stopped = False
        self.acknowledged: list[str] = []
        self.statuses: Counter[int] = Counter()

    def deliver_until_stopped(self, sender: str) -> None:
        """Send one text after the other from one customer."""
        while not self.stopped:
            form = inbound_text(SECOND_ACCOUNT, sender, "Hello")
            while not self.deliver(form) and not self.stopped:
                time.sleep(random.uniform(0.05, 0.2))  # noqa: S311 - Twilio's own pause before it tries again

    def deliver(self, form: dict[str, str]) -> bool:
        """Send a text once; note and return whether it was acknowledged."""
        answer = post_signed(self.stack, self.company.tenant_id, "sms", form, SECOND_ACCOUNT.token)
        self.statuses[answer.status_code] += 1
        if answer.is_success:
            self.acknowledged.append(form["MessageSid"])
        return answer.is_success

    def wait_for(self, status: int, count: int) -> None:
        """Wait for that many more answers of a status."""
        wanted = self.statuses[status] + count
        wait_for(lambda: self.statuses[status] >= wanted, seconds=60)


@pytest.mark.timeout(300)
def test_every_acknowledged_text_survives(fragile_stack: RunningStack) -> None:
    """The service answers 503 meanwhile, never another failure, and is ready again by itself."""
    company = new_company(fragile_stack, account=SECOND_ACCOUNT)
    twilio = Twilio(fragile_stack, company)
    with ThreadPoolExecutor(STREAMS) as pool:
        streams = [pool.submit(twilio.deliver_until_stopped, f"+1720555010{n}") for n in range(STREAMS)]
        try:
            for _ in range(KILLS):
                twilio.wait_for(200, 20)
                kill_database(fragile_stack)
                twilio.wait_for(503, 1)
                wait_until_ready(fragile_stack)
        finally:
            twilio.stopped = True
        for stream in streams:
            stream.result()
    assert twilio.statuses.keys() <= {200, 503}
    with psycopg.connect(fragile_stack.database_url) as connection:
        rows = connection.execute(
            "select provider_sid from public.sms_messages where tenant_id = %s", [company.tenant_id]
        )
        stored = [sid for (sid,) in rows]
        leads = connection.execute(
            "select count(*) from public.contacts where tenant_id = %s", [company.tenant_id]
        ).fetchone()
    assert len(stored) == len(set(stored))
    assert set(twilio.acknowledged) <= set(stored)
    assert leads == (STREAMS,)
