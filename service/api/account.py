"""`/api/v1/auth/password`, `/email`, `/factors`: a signed-in person's own account. Bearer token, no cookie."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from flask import Blueprint, Response, jsonify
from pydantic import StringConstraints

from service.api.auth import Email, Password
from service.api.bearer import bearer_token
from service.api.signed_in import signed_in
from service.bodies import Body, read_body
from service.context import services_of_app, visitor
from service.sessions import factors, own_account

blueprint = Blueprint("account", __name__, url_prefix="/api/v1/auth")

FriendlyName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00]+$")
]


class NewPassword(Body):
    """The new password; the present one unless the person just came by a mailed link or a provider."""

    password: Password
    current_password: Password | None = None


class NewEmail(Body):
    """The address to change to."""

    email: Email


class NewFactor(Body):
    """What the person calls the device with the authenticator app."""

    friendly_name: FriendlyName


class Code(Body):
    """The six digits that the app shows."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9]{6}$")]


@blueprint.post("/password")
def change_password() -> Response:
    """204; the person's other sessions have ended."""
    body = read_body(NewPassword)
    own_account.change_password(
        services_of_app().door,
        visitor(),
        bearer_token(),
        password=body.password,
        current_password=body.current_password,
    )
    return Response(status=HTTPStatus.NO_CONTENT)


@blueprint.post("/email")
def change_email() -> tuple[Response, int]:
    """202 whether the address is free or not; mails to both addresses confirm."""
    own_account.change_email(services_of_app().door, visitor(), bearer_token(), email=read_body(NewEmail).email)
    return jsonify({}), HTTPStatus.ACCEPTED


@blueprint.get("/factors")
def list_factors() -> Response:
    """The second factors that are set up."""
    return jsonify({"factors": factors.list_factors(services_of_app().door, visitor(), bearer_token())})


@blueprint.post("/factors")
def enrol() -> tuple[Response, int]:
    """What the authenticator app needs; the factor counts once a code was verified."""
    body = read_body(NewFactor)
    made = factors.enrol(services_of_app().door, visitor(), bearer_token(), friendly_name=body.friendly_name)
    return jsonify(made.as_json()), HTTPStatus.CREATED


@blueprint.post("/factors/<uuid:factor_id>/verify")
def verify(factor_id: UUID) -> Response:
    """The session again, now with the second factor, and its cookie."""
    code = read_body(Code).code
    door = services_of_app().door
    return signed_in(factors.verify(door, visitor(), bearer_token(), factor_id=str(factor_id), code=code))


@blueprint.delete("/factors/<uuid:factor_id>")
def remove(factor_id: UUID) -> Response:
    """204; the session counts as one without that factor from its next token on."""
    factors.remove(services_of_app().door, visitor(), bearer_token(), factor_id=str(factor_id))
    return Response(status=HTTPStatus.NO_CONTENT)
