"""One sandbox for the session, as new for each test; a webhook of the company for each test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from service.telephony.client import twilio_client
from tests.sandbox.running import Sandbox, Webhook, running_sandbox, running_webhook
from tests.support.companies import DEMO_ACCOUNT


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[Sandbox]:
    """The sandbox, started once."""
    with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_process: Sandbox) -> Sandbox:
    """The sandbox without any memory, fast."""
    sandbox_process.reset()
    sandbox_process.switch(status_step_seconds=0.05)
    return sandbox_process


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    """The company's webhook."""
    with running_webhook() as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[Any]:
    """The official SDK as the demo company uses it."""
    with twilio_client(sandbox.url, DEMO_ACCOUNT.sid, DEMO_ACCOUNT.token) as made:
        yield made
