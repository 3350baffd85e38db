"""scripts/dev tells the sandbox where Stripe's events go."""

from __future__ import annotations

import pytest

from scripts.stack.console import StackError
from scripts.stack.stripe_events import send_to
from tests.sandbox.running import Sandbox, free_port


def test_the_sandbox_sends_events_to_the_service(sandbox_process: Sandbox) -> None:
    sandbox_process.reset()
    send_to("http://127.0.0.1:8000", sandbox_process.url)
    assert sandbox_process.get("stripe/endpoint") == {"url": "http://127.0.0.1:8000/api/stripe/webhook"}


def test_a_sandbox_that_is_gone_is_named() -> None:
    with pytest.raises(StackError, match="did not answer"):
        send_to("http://127.0.0.1:8000", f"http://127.0.0.1:{free_port()}")
