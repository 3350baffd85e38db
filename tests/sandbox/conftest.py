"""An empty sandbox, the SDK and the company's webhook for each test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from service.telephony.client import twilio_client
from tests.sandbox.running import Sandbox, Webhook, running_webhook
from tests.support.companies import DEMO_ACCOUNT


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
