"""Reads bodies: bytes up to a limit, or JSON into a typed object, refused in words that never quote what was sent."""

from __future__ import annotations

import json
from typing import TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from service.errors import InvalidInput, MalformedBody

MOST_BYTES = 256 * 1024
"""The largest body that a route reads unless it says otherwise: 10,000 emoji take 120,000 bytes in a form, and must be
kept, not refused."""


class Body(BaseModel):
    """The base of all bodies: nothing unknown, nothing coerced, no value in an error's text."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


B = TypeVar("B", bound=Body)


def read_bytes(most: int = MOST_BYTES) -> bytes:
    """The present request's body, of at most `most` bytes. Raises RequestEntityTooLarge.

    A body without Content-Length is cut off at the limit without a word, which is therefore one byte higher.
    """
    request.max_content_length = most + 1
    raw = request.get_data(cache=False)
    if len(raw) > most:
        raise RequestEntityTooLarge
    return raw


def read_body(model: type[B]) -> B:
    """The present request's body as `model`.

    Raises RequestEntityTooLarge, UnsupportedMediaType when it is not declared as JSON, MalformedBody when it is none,
    InvalidInput when a field is missing, unknown or not acceptable.
    """
    raw = read_bytes()
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send application/json.")
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):  # the latter for thousands of opening brackets
        document = None
    if not isinstance(document, dict):
        raise MalformedBody
    try:
        return model.model_validate(document)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        fields = sorted({str(fault["loc"][0]) for fault in faults if fault["loc"]})
        raise InvalidInput(detail=f"Please check: {', '.join(fields)}.") from None
