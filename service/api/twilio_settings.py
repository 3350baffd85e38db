"""`/api/v1/twilio-settings`: an owner or manager connects the company's Twilio account. Bearer token, no cookie."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from flask import Blueprint, Response, jsonify
from pydantic import StringConstraints

from service import twilio_settings
from service.api.bearer import bearer_token, signed_in_member
from service.bodies import Body, read_body
from service.context import services_of_app
from service.members import company_numbers
from service.twilio_settings import Credentials

blueprint = Blueprint("twilio_settings", __name__, url_prefix="/api/v1/twilio-settings")

AccountSid = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^AC[0-9a-fA-F]{32}$")]
AuthToken = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[\x21-\x7e]{8,128}$")]


class Account(Body):
    """What is copied from Twilio's console; `next_auth_token` while its auth token is being rotated."""

    account_sid: AccountSid
    auth_token: AuthToken
    next_auth_token: AuthToken | None = None


@blueprint.get("")
def show() -> Response:
    """What is kept, by last characters."""
    return jsonify(twilio_settings.summary(services_of_app().portal, signed_in_member()))


@blueprint.put("")
def save() -> Response:
    """Keep an account that Twilio accepts, and connect the company's numbers."""
    body, services, member = read_body(Account), services_of_app(), signed_in_member()
    credentials = Credentials(body.account_sid, body.auth_token, body.next_auth_token)
    numbers = company_numbers(services.door, bearer_token())
    kept = twilio_settings.save(services.settings, services.portal, member, credentials, numbers)
    services.tokens.forget(member.tenant_id)
    return jsonify(kept)


@blueprint.post("/test")
def test() -> Response:
    """Whether Twilio accepts what is kept, and which numbers the account has."""
    services = services_of_app()
    account = twilio_settings.test(services.settings, services.portal, signed_in_member())
    return jsonify({"ok": True, "account_name": account.name, "numbers": account.numbers})


@blueprint.post("/connect-numbers")
def connect_numbers() -> Response:
    """Point the company's numbers at our webhook: after a number was added to the company."""
    services, member = services_of_app(), signed_in_member()
    credentials = twilio_settings.kept_credentials(services.settings, services.portal, member)
    numbers = company_numbers(services.door, bearer_token())
    twilio_settings.connect_numbers(services.settings, member, credentials, numbers)
    return jsonify({"numbers": numbers})


@blueprint.delete("")
def delete() -> Response:
    """Forget the account."""
    services, member = services_of_app(), signed_in_member()
    twilio_settings.delete(services.portal, member)
    services.tokens.forget(member.tenant_id)
    return Response(status=HTTPStatus.NO_CONTENT)
