"""`/api/v1/invitations`: an owner or manager invites somebody by mail, and whoever holds the link looks at it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Literal
from uuid import UUID

from flask import Blueprint, Response, jsonify
from pydantic import Field, StringConstraints

from service.api.auth import DisplayName, Email
from service.api.bearer import signed_in_member
from service.bodies import Body, read_body
from service.context import services_of_app
from service.invitations import Desk, Wish

blueprint = Blueprint("invitations", __name__, url_prefix="/api/v1/invitations")


class Invitation(Body):
    """Whom the member invites, as what."""

    id: Annotated[UUID, Field(strict=False)]
    email: Email
    role: Literal["owner", "manager", "dispatcher", "estimator", "tech", "bookkeeper"]
    display_name: DisplayName


class Link(Body):
    """The secret of a mailed link."""

    token: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


@blueprint.post("")
def invite() -> tuple[Response, int]:
    """201 also when the mail could not be sent: the invitation stands, and its link is in the answer."""
    body = read_body(Invitation)
    wish = Wish(body.id, body.email, body.role, body.display_name)
    return jsonify(_desk().invite(signed_in_member(), wish).as_json()), HTTPStatus.CREATED


@blueprint.post("/<uuid:invitation_id>/resend")
def send_again(invitation_id: UUID) -> Response:
    """A new link, by mail and in the answer; the earlier one opens nothing any more."""
    return jsonify(_desk().send_again(signed_in_member(), invitation_id).as_json())


@blueprint.post("/preview")
def preview() -> Response:
    """Whose invitation a link is. Without sign-in: its secret is proof enough, and no address shows it to a log."""
    return jsonify(_desk().preview(read_body(Link).token))


def _desk() -> Desk:
    services = services_of_app()
    return Desk(services.settings, services.portal, services.post)
