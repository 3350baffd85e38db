"""The addresses of a stack, as ``status --json`` prints them, and the service's settings that follow from them."""

from __future__ import annotations

import os

from scripts.stack.credentials import Credentials
from scripts.stack.layout import WEB
from scripts.stack.options import Options
from scripts.stack.ports import ADDRESS, Ports
from scripts.stack.roles import connection_strings

PUBLISHABLE_KEY = "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH"
SECRET_KEY = "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz"  # noqa: S105 (the official CLI's published demo key)

SANDBOX_STRIPE = {
    "FIELDLITE_STRIPE_SECRET_KEY": "sk_test_sandbox_platform",
    "FIELDLITE_STRIPE_LIVEMODE": "false",
    "FIELDLITE_STRIPE_PLATFORM_SECRETS": "whsec_sandbox_platform",
    "FIELDLITE_STRIPE_CONNECT_SECRETS": "whsec_sandbox_connect",
    "FIELDLITE_STRIPE_PRICE_IDS": "solo:price_sandbox_solo,team:price_sandbox_team",
}
"""The sandbox's platform account; production refuses all of its secrets."""


def addresses(ports: Ports) -> dict[str, str]:
    """Return the fields of ``status --json`` that say where things are."""
    service = f"http://{ADDRESS}:{ports.web}"
    return {
        "supabase_url": f"http://{ADDRESS}:{ports.api}",
        "publishable_key": PUBLISHABLE_KEY,
        "secret_key": SECRET_KEY,
        "database_url": f"postgresql://postgres:postgres@{ADDRESS}:{ports.database}/postgres",
        "service_url": service,
        "web_url": service,
        "mailbox_url": f"http://{ADDRESS}:{ports.mailbox}",
        "smtp_url": f"smtp://{ADDRESS}:{ports.smtp}",
        "sandbox_url": f"http://{ADDRESS}:{ports.sandbox}",
    }


def service_settings(options: Options, credentials: Credentials) -> dict[str, str]:
    """Return the ``FIELDLITE_*`` variables with which the service, the worker and the operations run.

    What the stack does not decide itself, such as the log level, comes from our own environment.
    """
    where = addresses(options.ports)
    return {
        **{name: value for name, value in os.environ.items() if name.startswith("FIELDLITE_")},
        "FIELDLITE_ENVIRONMENT": "development",
        "FIELDLITE_PUBLIC_URL": where["service_url"],
        "FIELDLITE_SUPABASE_URL": where["supabase_url"],
        "FIELDLITE_SUPABASE_PUBLISHABLE_KEY": PUBLISHABLE_KEY,
        "FIELDLITE_SUPABASE_SECRET_KEY": SECRET_KEY,
        **connection_strings(where["database_url"], credentials.passwords),
        "FIELDLITE_VAULT_KEYS": credentials.vault_keys,
        "FIELDLITE_TWILIO_API_BASE_URL": where["sandbox_url"],
        # The mailbox speaks no TLS, and nothing leaves this machine.
        "FIELDLITE_SMTP_URL": f"{where['smtp_url']}?tls=none",
        "FIELDLITE_MAIL_FROM": "FieldLite <no-reply@fieldlite.example>",
        **SANDBOX_STRIPE,
        "FIELDLITE_STRIPE_API_BASE_URL": f"{where['sandbox_url']}/stripe",
        "FIELDLITE_WEB_ROOT": str(WEB / "dist"),
    }
