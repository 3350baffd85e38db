"""The one shape of all our errors: RFC 9457 problem+json with a stable code and the request's id."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from service.errors import (
    Conflict,
    DatabaseRefusal,
    DomainError,
    InvalidInput,
    MalformedBody,
    NoSession,
    NotAllowed,
    NotFound,
    TooManyAttempts,
    Unavailable,
    WrongCredentials,
)
from service.logs import get_logger
from service.request_log import request_id

_STATUS: dict[type[DomainError], HTTPStatus] = {
    MalformedBody: HTTPStatus.BAD_REQUEST,
    NoSession: HTTPStatus.UNAUTHORIZED,
    WrongCredentials: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    InvalidInput: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooManyAttempts: HTTPStatus.TOO_MANY_REQUESTS,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}

_HTTP_CODES = {
    400: "bad_request",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
}

RETRY_AFTER_SECONDS = 5

_log = get_logger("fieldlite.problems")


def problem(status: int, code: str, detail: str, *, with_request_id: bool = True) -> Response:
    """An error answer. Without the request's id the bytes are the same for every request."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "code": code,
    }
    if with_request_id:
        body["request_id"] = request_id()
    response = Response(json.dumps(body), status=int(status), content_type="application/problem+json")
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def status_of(error: DomainError) -> int:
    """The HTTP status of a domain error: its own for a database refusal, else that of its nearest class."""
    if isinstance(error, DatabaseRefusal):
        return error.status
    for cls in type(error).__mro__:
        if cls in _STATUS:
            return _STATUS[cls]
    return HTTPStatus.UNPROCESSABLE_ENTITY


def shape_errors(app: Flask) -> None:
    """Register the handlers: whatever is raised in a route leaves as a problem."""
    app.register_error_handler(DomainError, _domain_problem)
    app.register_error_handler(HTTPException, _http_problem)
    app.register_error_handler(Exception, _internal_problem)


def _domain_problem(error: DomainError) -> Response:
    status = status_of(error)
    if status >= 500:
        _log.warning("unavailable", code=error.code, exc_info=error)
    return problem(status, error.code, error.detail)


def _http_problem(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    response = problem(status, _HTTP_CODES.get(status, "http_error"), error.description or HTTPStatus(status).phrase)
    if status == HTTPStatus.METHOD_NOT_ALLOWED and error.get_response().headers.get("Allow"):
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


def _internal_problem(error: Exception) -> Response:
    _log.error("failed", exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side. Please try again.")
