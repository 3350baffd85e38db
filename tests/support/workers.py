"""Worker processes on a database of one test, with a company whose texts they send through the sandbox."""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import psycopg
from psycopg import Connection

from scripts.stack.roles import connection_strings, set_passwords
from tests.database import companies
from tests.database.catalog import Catalog
from tests.database.conftest import Company, make_company, superuser_url
from tests.sandbox.running import Sandbox, wait_for
from tests.service.settings_values import VALUES, VAULT_KEY
from tests.support import forked
from tests.support.companies import DEMO_ACCOUNT

MODULE = "service.background"
PASSWORD = {"fieldlite_worker": "password-of-a-test"}
FAST = 100
"""Segments a second, so that no test waits for a carrier unless it wants to."""


@dataclass
class Plant:
    """A company ready to text: its database (autocommit, as superuser), the sandbox, and its worker processes."""

    database: Connection[Any]
    database_url: str
    company: Company
    sandbox: Sandbox
    environment: Mapping[str, str]
    logs: Path
    started: list[Worker] = field(default_factory=list)

    def queue(self, body: str, customer: str = companies.CUSTOMER) -> uuid.UUID:
        """Queue a text as a browser does; return its id."""
        text_id = uuid.uuid4()
        answer = companies.write(self.database, self.company, body, text_id=text_id, into=self.conversation(customer))
        assert answer.count == 1, answer
        return text_id

    def conversation(self, customer: str) -> uuid.UUID:
        """Return the conversation with a customer, made by a text of theirs where there is none."""
        query = "select id from public.conversations where tenant_id = %s and their_number = %s"
        found = self.database.execute(query, [self.company.id, customer]).fetchone()
        if found is None:
            companies.receive(self.database, self.company, "Hello", sender=customer)
            return self.conversation(customer)
        conversation: uuid.UUID = found[0]
        return conversation

    def text(self, text_id: uuid.UUID) -> dict[str, Any]:
        """Return a text by column name."""
        return companies.text(self.database, text_id)

    def wait_for_status(self, text_id: uuid.UUID, *wanted: str, seconds: float = 30) -> dict[str, Any]:
        """Return the text when its status is one of `wanted`."""
        wait_for(lambda: self.text(text_id)["status"] in wanted, seconds=seconds)
        return self.text(text_id)

    def wait_until_taken(self, text_id: uuid.UUID, seconds: float = 30) -> dict[str, Any]:
        """Return the text when the provider's id is recorded."""
        wait_for(lambda: self.text(text_id)["provider_sid"], seconds=seconds)
        return self.text(text_id)

    def wait_for_the_phone(self, count: int, customer: str = companies.CUSTOMER, seconds: float = 30) -> list[str]:
        """Return the bodies of what the customer's phone received, when there are at least `count`."""
        wait_for(lambda: len(self.sandbox.texts_on(customer)) >= count, seconds=seconds)
        return [text["body"] for text in self.sandbox.texts_on(customer)]

    def waiting_drains(self) -> int:
        """Return how many drains are queued or running."""
        query = "select count(*) from background.procrastinate_jobs where task_name = 'drain_number'"
        row = self.database.execute(query).fetchone()
        assert row is not None
        return int(row[0])

    @contextmanager
    def another_connection(self) -> Iterator[Connection[Any]]:
        """Open a transaction of the test's own, as superuser; rolled back unless committed."""
        with psycopg.connect(superuser_url(self.database_url)) as connection:
            yield connection
            connection.rollback()

    def let_claims_grow_old(self) -> None:
        """Let three minutes pass for claims and heartbeats, which a killed worker would leave behind."""
        self.database.execute("update public.sms_messages set claimed_at = claimed_at - interval '3 minutes'")
        self.database.execute("update private.worker_heartbeats set beat_at = beat_at - interval '3 minutes'")

    @contextmanager
    def worker(self, *options: str) -> Iterator[Worker]:
        """Run a worker, ready when the block starts; it must end gracefully unless the block killed it."""
        worker = self.start_worker(*options)
        try:
            yield worker
            worker.stop()
        finally:
            worker.kill()

    def start_worker(self, *options: str) -> Worker:
        """Start a worker and wait until it works."""
        worker = self.launch_worker(*options)
        wait_for(lambda: worker.said("worker_started"), seconds=20)
        return worker

    def launch_worker(self, *options: str) -> Worker:
        """Start a worker and leave it to itself."""
        log = self.logs / f"worker-{len(self.started)}.log"
        log.touch()
        worker = Worker(forked.start(MODULE, options, {**os.environ, **self.environment}, log), log)
        self.started.append(worker)
        return worker


@dataclass(frozen=True)
class Worker:
    """One worker process and what it printed."""

    process: ForkServerProcess
    log: Path

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self.process.is_alive()

    def said(self, event: str) -> bool:
        """Whether an event was logged."""
        return any(entry.get("event") == event for entry in self.entries())

    def entries(self) -> list[dict[str, Any]]:
        """Return the log; a line that is not JSON becomes {"line": ...}."""
        return [_entry(line) for line in self.log.read_text().splitlines()]

    def kill(self) -> None:
        """Kill it without any chance to tidy up."""
        self.process.kill()
        self.process.join()

    def stop(self) -> float:
        """Ask it to stop and return how many seconds that took; a killed worker is left in peace."""
        begun = time.monotonic()
        if self.is_alive:
            self.process.terminate()
            self.process.join(40)
            assert self.process.exitcode == 0, self.log.read_text()
        return time.monotonic() - begun


@contextmanager
def running_plant(database_url: str, sandbox: Sandbox, logs: Path) -> Iterator[Plant]:
    """Make a company in the database at `database_url` that texts through the sandbox."""
    set_passwords(superuser_url(database_url), PASSWORD)
    with psycopg.connect(superuser_url(database_url), autocommit=True) as database:
        company = make_company(database, Catalog(database), "Ours")
        companies.connect_twilio(database, company)
        database.execute("update public.phone_numbers set sending_segments_per_second = %s", [FAST])
        save_credentials(database, company)
        yield Plant(database, database_url, company, sandbox, _environment(database_url, sandbox), logs)


def save_credentials(database: Connection[Any], company: Company) -> None:
    """Save the sandbox's demo account as the company's, under the vault key that workers of tests have."""
    database.execute(
        "select backend.save_twilio_settings(%s, %s, %s, %s, null, 'one', %s)",
        [company.id, company.people["owner"].user_id, DEMO_ACCOUNT.sid, DEMO_ACCOUNT.token, VAULT_KEY],
    )


def _environment(database_url: str, sandbox: Sandbox) -> dict[str, str]:
    shared = {f"FIELDLITE_{name.upper()}": str(value) for name, value in VALUES.items()}
    return {
        **shared,
        **connection_strings(database_url, PASSWORD),
        "FIELDLITE_TWILIO_API_BASE_URL": sandbox.url,
    }


def _entry(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        return {"line": line}
    return value if isinstance(value, dict) else {"line": line}
