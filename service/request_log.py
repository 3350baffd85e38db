"""What every request gets: an id that its log lines and its answer share, and one line in the log when it is done."""

from __future__ import annotations

import re
import uuid
from time import perf_counter

import structlog
from flask import Flask, Response, g, request

from service.logs import get_logger

_LINK = re.compile(r"^/i/[^/]+")
"""The address of a customer's document holds its secret."""

_log = get_logger("fieldlite.requests")


def request_id() -> str:
    """The present request's id, made by us: a stranger's header would let them write into our logs."""
    return str(g.request_id)


def follow_requests(app: Flask) -> None:
    """Register the hooks."""
    app.before_request(_begin)
    app.after_request(_finish)


def _begin() -> None:
    g.request_id = uuid.uuid4().hex
    g.began_at = perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _finish(response: Response) -> Response:
    response.headers["X-Request-Id"] = request_id()
    _log.info(
        "answered",
        method=request.method,
        path=_shown_path(),
        status=response.status_code,
        milliseconds=round((perf_counter() - g.began_at) * 1000, 1),
    )
    return response


def _shown_path() -> str:
    """The path without links' secrets, and without the query: a GET webhook carries the customer's text in it."""
    return _LINK.sub("/i/[link]", request.path)
