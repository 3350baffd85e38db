"""The service's settings as the door to Twilio needs them, and the sandbox to play Twilio."""

from __future__ import annotations

import pytest

from service.settings import Settings
from tests.sandbox.running import Sandbox
from tests.service.settings_values import make_settings


@pytest.fixture
def sandbox(sandbox_process: Sandbox) -> Sandbox:
    """The sandbox without any memory."""
    sandbox_process.reset()
    return sandbox_process


@pytest.fixture
def configured(sandbox: Sandbox) -> Settings:
    """Settings that point at the sandbox."""
    return make_settings(twilio_api_base_url=sandbox.url)
