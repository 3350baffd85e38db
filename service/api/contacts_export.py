"""`/api/v1/contacts/export`: contacts as a file to take along. Bearer token, no cookie."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, cast, get_args
from uuid import UUID

from flask import Blueprint, Response, request

from service.api.bearer import bearer_token, signed_in_member
from service.contacts.exporting import Format, Wish, export, require_export
from service.context import services_of_app
from service.errors import InvalidInput

blueprint = Blueprint("contacts_export", __name__, url_prefix="/api/v1/contacts/export")

_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "vcf": "text/vcard; charset=utf-8"}


@blueprint.get("")
def download() -> Response:
    """One contact, or those that a search and a filter leave (all without), streamed."""
    wish, services = _wish(), services_of_app()
    require_export(services.portal, signed_in_member())
    response = Response(export(services.door, bearer_token(), wish), content_type=_MEDIA_TYPES[wish.format])
    name = f"contacts-{datetime.now(UTC):%Y-%m-%d}.{wish.format}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _wish() -> Wish:
    """What the address asks for. Raises InvalidInput."""
    asked = request.args
    chosen = asked.get("format", "csv")
    if chosen not in get_args(Format):
        raise InvalidInput(detail="Please check: format.")
    contact, query, fields = asked.get("contact"), asked.get("query"), asked.get("filter")
    return Wish(cast(Format, chosen), _contact(contact) if contact else None, query or None, _filter(fields or "{}"))


def _contact(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidInput(detail="Please check: contact.") from None


def _filter(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InvalidInput(detail="Please check: filter.")
    return found
