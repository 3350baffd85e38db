"""What the routes work with, made once for each process and found through the app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, request

from service.database import Database
from service.mail.post import Post, make_post
from service.payments.client import Payments, make_payments
from service.payments.errors import PaymentsNotConfigured
from service.payments.tenants import StripeTenants
from service.settings import Settings
from service.supabase_door import SupabaseDoor
from service.user_agents import device_name
from service.vault import TokenCache, token_loader
from service.visitors import Visitor, visitor_address

_KEY = "fieldlite"


@dataclass(frozen=True)
class Services:
    """The doors to the outside. Nothing here belongs to a person or to a request."""

    settings: Settings
    door: SupabaseDoor
    portal: Database
    webhook: Database
    tokens: TokenCache
    stripe_tenants: StripeTenants
    payments: Payments | None
    """None when the service has no Stripe key."""
    post: Post

    def require_payments(self) -> Payments:
        """The door to Stripe, for what cannot be done without it. Raises PaymentsNotConfigured."""
        if self.payments is None:
            raise PaymentsNotConfigured
        return self.payments


def make_services(settings: Settings) -> Services:
    """Open the doors; SettingsError when one has no key. Waits for nothing that is down."""
    webhook_url, portal_url = settings.database_url("webhook"), settings.database_url("portal")
    door = SupabaseDoor(settings)
    webhook = Database(webhook_url, "webhook")
    portal = Database(portal_url, "portal", max_size=4)
    return Services(
        settings=settings,
        door=door,
        portal=portal,
        webhook=webhook,
        tokens=TokenCache(token_loader(webhook, settings.keyring())),
        stripe_tenants=StripeTenants(webhook),
        payments=make_payments(settings, portal),
        post=make_post(settings),
    )


def attach(app: Flask, services: Services) -> None:
    """Make `services` what `services_of_app` finds while `app` answers."""
    app.extensions[_KEY] = services


def services_of_app() -> Services:
    """The services of the app that answers the present request."""
    return cast(Services, current_app.extensions[_KEY])


def visitor() -> Visitor:
    """Whoever sent the present request."""
    trusted = services_of_app().settings.trusted_proxies
    address = visitor_address(request.remote_addr, request.headers.get("X-Forwarded-For"), trusted)
    return Visitor(address, device_name(request.headers.get("User-Agent", "")))
