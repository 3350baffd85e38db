"""The application factory. It only wires: what a route does is said where the route is."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Flask

from service import web
from service.api import (
    account,
    auth,
    billing,
    contacts_export,
    erasure,
    health,
    imports,
    invitations,
    oauth,
    refunds,
    stripe_account,
    twilio_settings,
)
from service.bodies import MOST_BYTES
from service.context import Services, attach, make_services
from service.portal import routes as portal
from service.problems import shape_errors
from service.request_log import follow_requests
from service.settings import Settings

API = (
    auth.blueprint,
    account.blueprint,
    oauth.blueprint,
    invitations.blueprint,
    twilio_settings.blueprint,
    stripe_account.blueprint,
    refunds.blueprint,
    billing.blueprint,
    imports.blueprint,
    contacts_export.blueprint,
    erasure.blueprint,
    health.blueprint,
)


def create_app(settings: Settings, webhooks: Iterable[Blueprint] = (), services: Services | None = None) -> Flask:
    """Build the service. `webhooks` are the provider routes, which live in a room above this one."""
    app = Flask("fieldlite", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES + 1
    attach(app, services or make_services(settings))
    follow_requests(app)
    shape_errors(app)
    web.secure_answers(app, settings)
    for blueprint in (*API, portal.blueprint, *webhooks, web.blueprint):
        app.register_blueprint(blueprint)
    return app
