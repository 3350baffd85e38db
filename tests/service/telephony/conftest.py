"""The service's settings as the door to Twilio needs them, and the sandbox to play Twilio."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.settings import Settings
from tests.sandbox.running import Sandbox, running_sandbox
from tests.service.settings_values import make_settings


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[Sandbox]:
    """The sandbox, started once."""
    with running_sandbox() as running:
        yield running


@pytest.fixture
def sandbox(sandbox_process: Sandbox) -> Sandbox:
    """The sandbox without any memory."""
    sandbox_process.reset()
    return sandbox_process


@pytest.fixture
def configured(sandbox: Sandbox) -> Settings:
    """Settings that point at the sandbox."""
    return make_settings(twilio_api_base_url=sandbox.url)
