"""`/api/v1/payments/<payment_id>/refunds`: gives back money. Bearer token, no cookie."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from flask import Blueprint, Response, jsonify
from pydantic import Field, StringConstraints

from service.api.bearer import signed_in_member
from service.bodies import Body, read_body
from service.context import services_of_app
from service.payments import refunds

blueprint = Blueprint("refunds", __name__, url_prefix="/api/v1/payments/<uuid:payment_id>/refunds")

_MOST_CENTS = 99_999_999
"""Stripe's own limit for one charge in US dollars."""

Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^[^\x00]*$")]


class Refund(Body):
    """What is given back; `id` is chosen by the browser and repeated when it asks again."""

    id: Annotated[UUID, Field(strict=False)]
    amount_cents: Annotated[int, Field(gt=0, le=_MOST_CENTS)]
    reason: Reason | None = None


@blueprint.post("")
def give_back(payment_id: UUID) -> tuple[Response, int]:
    """Give money back; the same `id` again is the same refund."""
    body, services, member = read_body(Refund), services_of_app(), signed_in_member()
    wish = refunds.Refund(body.id, payment_id, body.amount_cents, body.reason or None)
    status = refunds.give_back(services.require_payments(), member, wish)
    return jsonify({"id": str(body.id), "status": status}), HTTPStatus.CREATED
