"""JSON bodies and query parameters, coerced and refused as storage-api's schemas do (Ajv with coercion)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request

from supabase_local.storage.errors import invalid_request

LARGEST_BODY = 1 << 20
"""Bytes of a JSON body, Fastify's limit."""

Body = Mapping[str, Any]


async def read_body(request: Request) -> Body:
    """Return the JSON object of the body; an empty body is an empty object. Raises InvalidRequest."""
    text = bytearray()
    async for chunk in request.stream():
        text += chunk
        if len(text) > LARGEST_BODY:
            raise invalid_request("Request body is too large", "FastifyError")
    try:
        body = json.loads(text or b"{}")
    except (ValueError, RecursionError) as error:
        message = "Body is not valid JSON but content-type is set to 'application/json'"
        raise invalid_request(message, "FastifyError") from error
    if not isinstance(body, dict):
        raise invalid_request("body must be object")
    return body


def text(values: Body, name: str, where: str = "body") -> str:
    """Return a text that must be there. Raises InvalidRequest."""
    value = optional_text(values, name, where)
    if value is None:
        raise invalid_request(f"{where} must have required property '{name}'")
    return value


def optional_text(values: Body, name: str, where: str = "body") -> str | None:
    """Return a text, or None when it is not given."""
    value = values.get(name)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict | list):
        raise invalid_request(f"{where}/{name} must be string")
    return json.dumps(value)


def texts(body: Body, name: str) -> list[str]:
    """Return a list of at least one text. Raises InvalidRequest."""
    value = body.get(name)
    if value is None:
        raise invalid_request(f"body must have required property '{name}'")
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise invalid_request(f"body/{name} must be array")
    if not value:
        raise invalid_request(f"body/{name} must NOT have fewer than 1 items")
    return value


def integer(values: Body, name: str, minimum: int, where: str = "body") -> int:
    """Return a whole number that must be there. Raises InvalidRequest."""
    value = optional_integer(values, name, minimum, where)
    if value is None:
        raise invalid_request(f"{where} must have required property '{name}'")
    return value


def optional_integer(values: Body, name: str, minimum: int, where: str = "body") -> int | None:
    """Return a whole number, also one written as text, or None when it is not given. Raises InvalidRequest."""
    value = values.get(name)
    if value is None:
        return None
    try:
        number = float(value) if isinstance(value, str | int | float) else float("nan")
    except ValueError:
        number = float("nan")
    if not number.is_integer():
        raise invalid_request(f"{where}/{name} must be integer")
    if number < minimum:
        raise invalid_request(f"{where}/{name} must be >= {minimum}")
    return int(number)


def flag(body: Body, name: str) -> bool | None:
    """Return a truth value, also one written as text, or None when it is not given. Raises InvalidRequest."""
    value = body.get(name)
    if value is None or isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    raise invalid_request(f"body/{name} must be boolean")


def choice(values: Body, name: str, allowed: Sequence[str], where: str = "body") -> str | None:
    """Return one of the allowed texts, or None when it is not given. Raises InvalidRequest."""
    value = optional_text(values, name, where)
    if value is not None and value not in allowed:
        raise invalid_request(f"{where}/{name} must be equal to one of the allowed values")
    return value


def section(body: Body, name: str) -> Body:
    """Return an object inside the body, empty when it is not given. Raises InvalidRequest."""
    value = body.get(name)
    if value is not None and not isinstance(value, dict):
        raise invalid_request(f"body/{name} must be object")
    return value or {}
