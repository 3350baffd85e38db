"""`/api/v1/contacts/<contact_id>/erase`: an owner erases a person. Bearer token, no cookie."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, jsonify

from service.api.bearer import signed_in_member
from service.bodies import Body, read_body
from service.context import services_of_app
from service.operations.erase_person import erase_contact

blueprint = Blueprint("erasure", __name__, url_prefix="/api/v1/contacts/<uuid:contact_id>/erase")


class Wish(Body):
    """Without `confirm` nothing is changed, and the answer says what would go."""

    confirm: bool = False


@blueprint.post("")
def erase(contact_id: UUID) -> Response:
    """Erase the person, or show what that would take; the same again gives the same certificate."""
    body, services, member = read_body(Wish), services_of_app(), signed_in_member()
    answer = erase_contact(services.portal, services.door, member, contact_id, really=body.confirm)
    shown = {name: answer[name] for name in ("erased", "certificate", "certificate_hash") if name in answer}
    return jsonify(shown)
