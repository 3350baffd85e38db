"""What gunicorn runs: the service with the webhooks registered in it. The service itself knows nothing of them."""

from __future__ import annotations

import sys

from flask import Flask

from service.app import create_app
from service.logs import configure_logs
from service.settings import SettingsError, load_settings
from webhooks import stripe, twilio


def make_app() -> Flask:
    """The app as the environment describes it; ends the process with a plain sentence when it describes none."""
    try:
        settings = load_settings()
        configure_logs(settings.log_level)
        return create_app(settings, webhooks=[twilio.blueprint, stripe.blueprint])
    except SettingsError as error:
        sys.exit(f"The service cannot start:\n{error}")


app = make_app()
