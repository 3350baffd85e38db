"""The demo company is connected to the sandbox by ./scripts/dev, as often as it is started."""

from __future__ import annotations

import httpx
import pytest

from service.operations.connect_demo import PASSWORD, SANDBOX_ACCOUNT, connect_demo, main
from service.settings import Settings, load_settings
from tests.support.companies import DEMO_ACCOUNT
from tests.support.people import DEMO_PASSWORD, demo_person
from tests.support.stack import RunningStack


@pytest.fixture
def settings(stack: RunningStack, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The stack's own settings, in this process."""
    for name, value in stack.settings_env.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def test_it_uses_the_sandboxs_demo_account_and_the_seeds_password() -> None:
    assert (SANDBOX_ACCOUNT.account_sid, SANDBOX_ACCOUNT.auth_token) == (DEMO_ACCOUNT.sid, DEMO_ACCOUNT.token)
    assert PASSWORD == DEMO_PASSWORD


def test_connecting_again_changes_nothing(stack: RunningStack, settings: Settings) -> None:
    owner = demo_person(stack, "owner")

    def summary() -> object:
        return httpx.get(f"{stack.service_url}/api/v1/twilio-settings", headers=owner.headers).raise_for_status().json()

    assert connect_demo(settings) == list(DEMO_ACCOUNT.numbers)
    before = summary()
    assert connect_demo(settings) == list(DEMO_ACCOUNT.numbers)
    assert summary() == before


def test_a_real_account_is_never_touched(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.twilio_api_base_url
    monkeypatch.setenv("FIELDLITE_TWILIO_API_BASE_URL", "")
    assert main() == 2
