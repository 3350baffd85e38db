"""Where the SDK's client is made: pinned version, our time limit, repeats with idempotency keys, the sandbox's address.

One client serves all threads: the SDK keeps a connection for each, and repeats a request that a closed connection lost
under the same idempotency key, so nothing is done twice.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

import stripe
from stripe import StripeClient

from service.database import Database
from service.settings import Settings

API_VERSION = "2026-10-28.endive"
"""The version that our code was written for, the SDK's own. Webhook endpoints have their own version, so handlers of
events accept older shapes too. https://docs.stripe.com/sdks/set-version"""

TIMEOUT_SECONDS = 10.0
MOST_REPEATS = 2

logging.getLogger("stripe").setLevel(logging.WARNING)  # the SDK reports each request and each answer at INFO


@dataclass(frozen=True, repr=False)
class Payments:
    """What the functions of this package work with. Safe to share between threads."""

    stripe: StripeClient
    database: Database
    """The login of whoever asks: the portal's in the service."""

    livemode: bool
    prices: Mapping[str, str]
    """Plan -> price id."""


def make_payments(settings: Settings, database: Database) -> Payments | None:
    """The platform's door to Stripe; None when the settings have no key."""
    if not settings.stripe_secret_key:
        return None
    client = stripe_client(settings.stripe_secret_key.get_secret_value(), settings.stripe_api_base_url)
    return Payments(client, database, settings.stripe_livemode, settings.stripe_prices)


def stripe_client(secret_key: str, api_base_url: str = "") -> StripeClient:
    """A client of one account; `api_base_url` is empty for the real Stripe, or where the sandbox plays it."""
    return StripeClient(
        secret_key,
        stripe_version=API_VERSION,
        base_addresses={"api": api_base_url} if api_base_url else None,
        max_network_retries=MOST_REPEATS,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
    )
