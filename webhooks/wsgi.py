"""What gunicorn runs: the service with the webhooks registered in it. The service itself knows nothing of them."""

from __future__ import annotations

import sys

from flask import Flask

from service.app import create_app
from service.logs import configure_logs
from service.settings import SettingsError, load_settings
from webhooks import stripe, twilio

WORKER_BOOT_ERROR = 3
"""The exit code at which gunicorn gives up; after any other it would try the same settings again, for ever."""


def make_app() -> Flask:
    """The app as the environment describes it; ends the process with a plain sentence when it describes none."""
    try:
        settings = load_settings()
        configure_logs(settings.log_level)
        return create_app(settings, webhooks=[twilio.blueprint, stripe.blueprint])
    except SettingsError as error:
        print(f"The service cannot start:\n{error}", file=sys.stderr)
        sys.exit(WORKER_BOOT_ERROR)


app = make_app()
