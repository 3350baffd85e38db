"""`/api/v1/billing`: the owner subscribes to FieldLite, and manages that on Stripe's page. Bearer token, no cookie."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from pydantic import Field

from service import urls
from service.api.bearer import signed_in_member
from service.bodies import Body, read_body
from service.context import services_of_app
from service.payments import billing

blueprint = Blueprint("billing", __name__, url_prefix="/api/v1/billing")


class Plan(Body):
    """Which plan is bought."""

    plan: str = Field(min_length=1, max_length=40)


@blueprint.post("/checkout")
def checkout() -> Response:
    """The address of Stripe's page to subscribe on."""
    body, services, member = read_body(Plan), services_of_app(), signed_in_member()
    page = urls.settings_page(services.settings, "billing")
    return jsonify({"url": billing.start_subscription(services.require_payments(), member, body.plan, page)})


@blueprint.post("/portal")
def portal() -> Response:
    """The address of Stripe's page for cards, receipts and cancelling."""
    services, member = services_of_app(), signed_in_member()
    page = urls.settings_page(services.settings, "billing")
    return jsonify({"url": billing.open_portal(services.require_payments(), member, page)})
