"""kill -9 of PostgreSQL while webhooks stream: every 2xx answer is in the database afterwards, and nothing twice."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.faults.killing import kill_database, wait_until_ready
from tests.sandbox.running import wait_for
from tests.support.companies import SECOND_ACCOUNT, Company, new_company
from tests.support.stack import RunningStack, running_stack
from tests.support.texts import inbound_text, post_signed

KILLS = 2
STREAMS = 6
SECONDS_BETWEEN_KILLS = 2.0


@pytest.fixture
def own_stack() -> Iterator[RunningStack]:
    """A stack that this test may break."""
    with running_stack("--without", "web,worker") as stack:
        yield stack


class Twilio:
    """Delivers texts one after the other until told to stop; repeats what was not answered by 2xx, as Twilio does."""

    def __init__(self, stack: RunningStack, company: Company) -> None:
        self.stack = stack
        self.company = company
        self.stopped = False
        self.acknowledged: list[str] = []
        self.statuses: set[int] = set()

    def deliver_until_stopped(self, sender: str) -> None:
        """Send one text after the other from one customer."""
        while not self.stopped:
            form = inbound_text(SECOND_ACCOUNT, sender, "Hello")
            while not self.deliver(form) and not self.stopped:
                time.sleep(random.uniform(0.05, 0.2))  # noqa: S311 - Twilio's own pause before it tries again

    def deliver(self, form: dict[str, str]) -> bool:
        """Send a text once; note and return whether it was acknowledged."""
        answer = post_signed(self.stack, self.company.tenant_id, "sms", form, SECOND_ACCOUNT.token)
        self.statuses.add(answer.status_code)
        if answer.is_success:
            self.acknowledged.append(form["MessageSid"])
        return answer.is_success


@pytest.mark.timeout(300)
def test_every_acknowledged_text_survives(own_stack: RunningStack) -> None:
    """The service answers 503 meanwhile, never another failure, and is ready again by itself."""
    company = new_company(own_stack, account=SECOND_ACCOUNT)
    twilio = Twilio(own_stack, company)
    with ThreadPoolExecutor(STREAMS) as pool:
        streams = [pool.submit(twilio.deliver_until_stopped, f"+1720555010{n}") for n in range(STREAMS)]
        try:
            for _ in range(KILLS):
                known = len(twilio.acknowledged)
                wait_for(lambda known=known: len(twilio.acknowledged) > known + 20, seconds=60)  # type: ignore[misc]
                kill_database(own_stack)
                time.sleep(SECONDS_BETWEEN_KILLS)
                wait_until_ready(own_stack)
        finally:
            twilio.stopped = True
        for stream in streams:
            stream.result()
    assert twilio.statuses <= {200, 503}
    with psycopg.connect(own_stack.database_url) as connection:
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
