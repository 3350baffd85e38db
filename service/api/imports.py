"""`/api/v1/imports`: a file of contacts becomes rows of the database. Bearer token, no cookie.

What happens with the rows is asked for at the Data API: check_import, start_import, cancel_import, undo_import.
"""

from __future__ import annotations

from http import HTTPStatus
from pathlib import PurePath
from typing import BinaryIO, cast
from uuid import UUID

from flask import Blueprint, Response, jsonify, request
from werkzeug.datastructures import FileStorage

from service.api.bearer import signed_in_member
from service.contacts.uploading import MOST_BYTES, Upload, upload
from service.context import services_of_app
from service.errors import InvalidInput

blueprint = Blueprint("imports", __name__, url_prefix="/api/v1/imports")

_FORM_BYTES = 64 * 1024
"""What a form has around its file."""


@blueprint.post("")
def take_file() -> tuple[Response, int]:
    """Keep the rows of a CSV file; the same `id` with the same file again is the same import."""
    request.max_content_length = MOST_BYTES + _FORM_BYTES
    member = signed_in_member()
    return jsonify(upload(services_of_app().portal, member, _chosen_file())), HTTPStatus.CREATED


def _chosen_file() -> Upload:
    """The form's fields `file` and `id`. Raises InvalidInput without them, RequestEntityTooLarge."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise InvalidInput("no_file", "Choose a file.")
    try:
        identifier = UUID(request.form.get("id", ""))
    except ValueError:
        raise InvalidInput(detail="Please check: id.") from None
    return Upload(identifier, _plain_name(sent), cast(BinaryIO, sent.stream))


def _plain_name(sent: FileStorage) -> str:
    """The file's name without folders, of which some browsers tell, and without what no text may have."""
    return PurePath((sent.filename or "").replace("\\", "/").replace("\x00", "")).name[:200]
