"""Settings for tests that need no stack: complete, valid, and pointing at nothing."""

from __future__ import annotations

import base64
from typing import Any

from service.settings import Settings

VAULT_KEY = base64.b64encode(bytes(range(32))).decode()

VALUES: dict[str, Any] = {
    "environment": "test",
    "public_url": "http://crm.test:8000",
    "supabase_url": "http://127.0.0.1:9",
    "supabase_publishable_key": "sb_publishable_of_a_test",
    "supabase_secret_key": "sb_secret_of_a_test_0123456789",
    "database_url_webhook": "postgresql://fieldlite_webhook:pw@127.0.0.1:9/postgres",
    "database_url_portal": "postgresql://fieldlite_portal:pw@127.0.0.1:9/postgres",
    "vault_keys": f"one:{VAULT_KEY}",
}

PRODUCTION: dict[str, Any] = {
    **VALUES,
    "environment": "production",
    "public_url": "https://crm.ridgeline.test",
    "supabase_url": "https://abcdefgh.supabase.co",
    "smtp_url": "smtp://mailer:pw@mail.ridgeline.test",
    "mail_from": "FieldLite <no-reply@ridgeline.test>",
}


def make_settings(**changes: Any) -> Settings:
    """Settings made of VALUES and `changes`, without a look at the environment's file."""
    return Settings(**{"_env_file": None, **VALUES, **changes})
