"""A process with a wrong setting does not start, says which one, and never shows its value."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from service.settings import REPOSITORY, Settings, SettingsError, load_settings
from tests.service.settings_values import PRODUCTION, VALUES, VAULT_KEY, make_settings

STRIPE: dict[str, Any] = {
    "stripe_secret_key": "sk_test_1a2b",
    "stripe_platform_secrets": "whsec_a",
    "stripe_connect_secrets": "whsec_b, whsec_c",
    "stripe_price_ids": "solo:price_1, team:price_2",
}


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither variables of the machine nor a file .env take part."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"FIELDLITE_{name.upper()}", raising=False)


def demo_jwt() -> str:
    claims = base64.urlsafe_b64encode(json.dumps({"iss": "supabase-demo", "role": "service_role"}).encode())
    return f"e30.{claims.decode().rstrip('=')}.c2ln"


def test_values_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in VALUES.items():
        monkeypatch.setenv(f"FIELDLITE_{name.upper()}", value)
    settings = load_settings()
    assert settings.public_url == "http://crm.test:8000"
    assert settings.database_url("portal") == VALUES["database_url_portal"]
    assert settings.browser_supabase_url == settings.supabase_url


def test_values_come_from_a_file_too(tmp_path: Path) -> None:
    lines = (f"FIELDLITE_{name.upper()}={value}" for name, value in VALUES.items())
    (tmp_path / ".env").write_text("\n".join(lines))
    assert load_settings().supabase_publishable_key == VALUES["supabase_publishable_key"]


@pytest.mark.parametrize("name", ["public_url", "supabase_url", "supabase_publishable_key", "vault_keys"])
def test_a_missing_value_is_named(name: str) -> None:
    values = {key: value for key, value in VALUES.items() if key != name}
    with pytest.raises(SettingsError, match=f"^FIELDLITE_{name.upper()}: is not set$"):
        load_settings(**values)


@pytest.mark.parametrize(
    "url", ["crm.test", "ftp://crm.test", "https://crm.test/app", "https://u@crm.test", "https://"]
)
def test_a_public_address_that_is_no_origin_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        make_settings(public_url=url)


def test_a_closing_slash_is_dropped() -> None:
    assert make_settings(public_url="https://crm.test/").public_url == "https://crm.test"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"public_url": "http://crm.ridgeline.test"}, "must be https"),
        ({"public_url": "https://localhost"}, "own address"),
        ({"supabase_secret_key": "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz"}, "SECRET_KEY is a demo key"),
        ({"supabase_secret_key": demo_jwt()}, "SECRET_KEY is a demo key"),
        ({"supabase_publishable_key": "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH"}, "PUBLISHABLE_KEY is a demo"),
        ({"supabase_secret_key": "<sb_secret_...>"}, "SECRET_KEY is a placeholder"),
        ({"database_url_portal": "postgresql://fieldlite_portal:change-me@db/postgres"}, "PORTAL is a placeholder"),
        ({"vault_keys": f"dev:{VAULT_KEY}"}, "development key"),
        ({"twilio_api_base_url": "http://127.0.0.1:8010"}, "TWILIO_API_BASE_URL must be empty or https"),
        ({**STRIPE, "stripe_api_base_url": "http://127.0.0.1:8010"}, "STRIPE_API_BASE_URL must be empty or https"),
        ({**STRIPE, "stripe_secret_key": "sk_test_sandbox_platform"}, "STRIPE_SECRET_KEY is a demo key"),
        ({**STRIPE, "stripe_connect_secrets": "whsec_sandbox_connect"}, "STRIPE_CONNECT_SECRETS is a demo key"),
        ({**STRIPE, "stripe_secret_key": "<sk_live_...>"}, "STRIPE_SECRET_KEY is a placeholder"),
        ({**STRIPE, "stripe_secret_key": "sk_live_1a2b"}, "are of different modes"),
        ({**STRIPE, "stripe_livemode": True}, "are of different modes"),
        ({"smtp_url": ""}, "SMTP_URL is not set"),
        ({"smtp_url": "smtp://mail.ridgeline.test?tls=none"}, "SMTP_URL must not have tls=none"),
        ({"smtp_url": "<smtp://user:password@host:587>"}, "must look like smtp:"),
        ({"smtp_url": "smtp://user:change-me@mail.ridgeline.test"}, "SMTP_URL is a placeholder"),
        ({"mail_from": ""}, "MAIL_FROM is not set"),
        ({"mail_from": "FieldLite"}, "must look like FieldLite <"),
    ],
)
def test_production_refuses(changes: dict[str, Any], complaint: str) -> None:
    load_settings(**PRODUCTION)  # the same without the change starts
    with pytest.raises(SettingsError, match=complaint):
        load_settings(**{**PRODUCTION, **changes})


def test_stripe_is_optional_and_its_lists_are_read() -> None:
    assert make_settings(stripe_secret_key="").stripe_signing_secrets == ()
    settings = make_settings(**STRIPE, stripe_api_base_url="http://127.0.0.1:8010/stripe/")
    secrets = (("platform", "whsec_a"), ("connect", "whsec_b"), ("connect", "whsec_c"))
    assert settings.stripe_signing_secrets == secrets
    assert settings.stripe_prices == {"solo": "price_1", "team": "price_2"}
    assert settings.stripe_api_base_url == "http://127.0.0.1:8010/stripe"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"stripe_secret_key": ""}, "STRIPE_SECRET_KEY is not set"),
        ({"stripe_connect_secrets": "whsec_a,sk_test_1"}, "must be signing secrets"),
        ({"stripe_price_ids": "solo=price_1"}, "must look like solo:price_x"),
        ({"stripe_api_base_url": "127.0.0.1"}, "must look like https"),
    ],
)
def test_half_of_stripe_is_refused(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint):
        load_settings(**{**PRODUCTION, **STRIPE, **changes})


def test_no_value_is_in_an_error_or_a_repr() -> None:
    secret = "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz"
    with pytest.raises(SettingsError) as refused:
        load_settings(**{**PRODUCTION, "supabase_secret_key": secret, "vault_keys": f"dev:{VAULT_KEY}"})
    shown = str(refused.value) + repr(make_settings(supabase_secret_key=secret))
    assert secret not in shown
    assert VAULT_KEY not in shown
    assert ":pw@" not in shown


def test_a_process_needs_only_the_logins_that_it_uses() -> None:
    with pytest.raises(SettingsError, match="FIELDLITE_DATABASE_URL_WORKER is not set"):
        make_settings().database_url("worker")


def test_the_example_lists_every_setting_and_nothing_else() -> None:
    text = (REPOSITORY / ".env.example").read_text()
    listed = re.findall(r"^(?:# )?FIELDLITE_([A-Z_]+)=", text, re.MULTILINE)
    assert sorted(listed) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_as_it_stands_does_not_start_in_production(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text((REPOSITORY / ".env.example").read_text())
    with pytest.raises(SettingsError):
        load_settings()
