"""What must never run in production: values that anyone can read in this repository or in Supabase's own tools."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Protocol
from urllib.parse import urlsplit

from pydantic import SecretStr

from service.keyring import Keyring
from service.mail.relay import parse_relay

DEVELOPMENT_VAULT_KEY_ID = "dev"
"""The id that development keys carry: .env.example and scripts/dev use it, production refuses it."""

_PLACEHOLDER = re.compile(r"change-?me|placeholder|your-|example|xxxx|<[^>]*>", re.IGNORECASE)

_OFFICIAL_CLI_KEYS = frozenset(
    {
        # Printed by `supabase start` on every machine of the world.
        "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH",
        "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz",
    }
)
_DEMO_ISSUER = "supabase-demo"
_SANDBOX_KEY = "_sandbox_"
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


class _Checked(Protocol):
    """The part of Settings that is looked at here."""

    @property
    def public_url(self) -> str: ...
    @property
    def supabase_publishable_key(self) -> str: ...
    @property
    def supabase_secret_key(self) -> SecretStr | None: ...
    @property
    def database_url_webhook(self) -> SecretStr | None: ...
    @property
    def database_url_portal(self) -> SecretStr | None: ...
    @property
    def database_url_worker(self) -> SecretStr | None: ...
    @property
    def vault_keys(self) -> SecretStr: ...
    @property
    def twilio_api_base_url(self) -> str: ...
    @property
    def stripe_api_base_url(self) -> str: ...
    @property
    def stripe_secret_key(self) -> SecretStr: ...
    @property
    def stripe_livemode(self) -> bool: ...
    @property
    def stripe_platform_secrets(self) -> SecretStr: ...
    @property
    def stripe_connect_secrets(self) -> SecretStr: ...
    @property
    def smtp_url(self) -> SecretStr: ...
    @property
    def mail_from(self) -> str: ...


def production_faults(settings: _Checked) -> list[str]:
    """One sentence for each setting that production must not have; none quotes a value."""
    faults = []
    if not settings.public_url.startswith("https://"):
        faults.append("FIELDLITE_PUBLIC_URL must be https in production")
    if urlsplit(settings.public_url).hostname in _LOCAL_HOSTS:
        faults.append("FIELDLITE_PUBLIC_URL must not be this machine's own address in production")
    if settings.twilio_api_base_url and not settings.twilio_api_base_url.startswith("https://"):
        faults.append("FIELDLITE_TWILIO_API_BASE_URL must be empty or https in production")
    faults += _stripe_faults(settings)
    faults += _mail_faults(settings)
    for name, value in _secrets(settings).items():
        if is_demo_key(value):
            faults.append(f"{name} is a demo key that everybody knows")
        elif not value.strip() or _PLACEHOLDER.search(value):
            faults.append(f"{name} is a placeholder")
    if any(key_id == DEVELOPMENT_VAULT_KEY_ID for key_id, _ in _keys(settings)):
        faults.append("FIELDLITE_VAULT_KEYS holds a development key")
    return faults


def is_demo_key(key: str) -> bool:
    """Whether this is a key of the official CLI's local stack, new style or JWT, or one of the provider sandbox."""
    return key in _OFFICIAL_CLI_KEYS or _issuer(key) == _DEMO_ISSUER or _SANDBOX_KEY in key


def _stripe_faults(settings: _Checked) -> list[str]:
    faults = []
    if settings.stripe_api_base_url and not settings.stripe_api_base_url.startswith("https://"):
        faults.append("FIELDLITE_STRIPE_API_BASE_URL must be empty or https in production")
    mode = re.match(r"[sr]k_(live|test)_", settings.stripe_secret_key.get_secret_value())
    if mode and (mode[1] == "live") != settings.stripe_livemode:
        faults.append("FIELDLITE_STRIPE_LIVEMODE and FIELDLITE_STRIPE_SECRET_KEY are of different modes")
    return faults


def _mail_faults(settings: _Checked) -> list[str]:
    url, faults = settings.smtp_url.get_secret_value(), []
    if not url:
        faults.append("FIELDLITE_SMTP_URL is not set")
    elif not parse_relay(url).is_private:
        faults.append("FIELDLITE_SMTP_URL must not have tls=none, except for a server on this machine")
    if not settings.mail_from:
        faults.append("FIELDLITE_MAIL_FROM is not set")
    return faults


def _secrets(settings: _Checked) -> dict[str, str]:
    given = {
        "FIELDLITE_SUPABASE_SECRET_KEY": settings.supabase_secret_key,
        "FIELDLITE_DATABASE_URL_WEBHOOK": settings.database_url_webhook,
        "FIELDLITE_DATABASE_URL_PORTAL": settings.database_url_portal,
        "FIELDLITE_DATABASE_URL_WORKER": settings.database_url_worker,
        "FIELDLITE_STRIPE_SECRET_KEY": settings.stripe_secret_key or None,
        "FIELDLITE_STRIPE_PLATFORM_SECRETS": settings.stripe_platform_secrets or None,
        "FIELDLITE_STRIPE_CONNECT_SECRETS": settings.stripe_connect_secrets or None,
        "FIELDLITE_SMTP_URL": settings.smtp_url or None,
    }
    secrets = {name: secret.get_secret_value() for name, secret in given.items() if secret is not None}
    return {"FIELDLITE_SUPABASE_PUBLISHABLE_KEY": settings.supabase_publishable_key, **secrets}


def _keys(settings: _Checked) -> tuple[tuple[str, str], ...]:
    return Keyring.parse(settings.vault_keys.get_secret_value()).keys


def _issuer(key: str) -> str | None:
    """The `iss` claim of an unverified JWT, or None when this is no JWT."""
    parts = key.split(".")
    if len(parts) != 3:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return None
    return claims.get("iss") if isinstance(claims, dict) else None
