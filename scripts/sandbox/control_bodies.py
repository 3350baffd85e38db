"""Reading the control API's JSON bodies."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


class Unusable(Exception):  # noqa: N818  (the sentence it stands for)
    """The request makes no sense; the message says why. Answered 422."""


async def answer_unusable(_request: Request, error: Exception) -> Response:
    """Turn Unusable into its answer."""
    return JSONResponse({"error": str(error)}, status_code=422)


async def read_object(request: Request) -> dict[str, Any]:
    """Return the body's JSON object."""
    try:
        value = json.loads(await request.body())
    except ValueError as error:
        raise Unusable("the body is not JSON") from error
    if not isinstance(value, dict):
        raise Unusable("the body is not a JSON object")
    return value


def string(wanted: dict[str, Any], name: str) -> str:
    """Return a field that must be a string."""
    value = wanted.get(name)
    if not isinstance(value, str):
        raise Unusable(f"`{name}` must be a string")
    return value
