"""An empty sandbox, the SDK and a connected company for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stripe

from tests.sandbox.running import Sandbox
from tests.sandbox.stripe.money import Company, connect, stripe_client


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[stripe.StripeClient]:
    """The official SDK with the platform's key."""
    with stripe_client(sandbox) as made:
        yield made


@pytest.fixture
def company(client: stripe.StripeClient, sandbox: Sandbox) -> Company:
    """A connected account that can charge."""
    return connect(client, sandbox)
