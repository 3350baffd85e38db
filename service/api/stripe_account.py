"""`/api/v1/stripe-account`: an owner or manager connects the company's Stripe account. Bearer token, no cookie."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from service import urls
from service.api.bearer import signed_in_member
from service.context import services_of_app
from service.payments import accounts

blueprint = Blueprint("stripe_account", __name__, url_prefix="/api/v1/stripe-account")


@blueprint.get("")
def show() -> Response:
    """How far the connection is, and what Stripe still wants to know."""
    return jsonify(accounts.state(services_of_app().portal, signed_in_member()))


@blueprint.post("/onboarding")
def onboarding() -> Response:
    """The address of Stripe's page to go on with."""
    services = services_of_app()
    member = signed_in_member()
    url = accounts.start_onboarding(
        services.require_payments(), member, urls.settings_page(services.settings, "payments")
    )
    return jsonify({"url": url})


@blueprint.post("/refresh")
def refresh() -> Response:
    """The same as GET, after asking Stripe."""
    member = signed_in_member()
    return jsonify(accounts.refresh(services_of_app().require_payments(), member))
