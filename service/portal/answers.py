"""What every answer of the portal has: headers that keep a document private, and pages instead of problem+json."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from service.context import services_of_app
from service.errors import DomainError
from service.logs import get_logger
from service.portal.messages import Message, message
from service.problems import RETRY_AFTER_SECONDS, status_of
from service.request_log import request_id
from service.settings import Settings

CHECKOUT = "https://checkout.stripe.com"

PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
"""Chromium applies the policy of a PDF to the page that it makes around it, which is one plugin and its inline styles
(https://crbug.com/271452). Nothing in a PDF is markup of ours, so nothing else is opened by that."""

_log = get_logger("fieldlite.portal")


def shape_answers(blueprint: Blueprint) -> None:
    """Register the hooks and handlers on the portal's blueprint."""
    blueprint.after_request(_keep_private)
    blueprint.register_error_handler(DomainError, _domain_page)
    blueprint.register_error_handler(HTTPException, _http_page)
    blueprint.register_error_handler(Exception, _accident_page)


def content_security_policy(settings: Settings) -> str:
    """No script at all; our style sheet; forms to us, from where we send on to Stripe's page (or the sandbox's)."""
    parts = urlsplit(settings.stripe_api_base_url)
    sandbox = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return (
        f"default-src 'none'; style-src 'self'; form-action 'self' {CHECKOUT}{sandbox}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def _keep_private(response: Response) -> Response:
    if request.endpoint == "portal.static":
        return response
    policy = content_security_policy(services_of_app().settings)
    response.headers["Content-Security-Policy"] = PDF_POLICY if response.mimetype == "application/pdf" else policy
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _domain_page(error: DomainError) -> Response:
    status = _status(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.warning("unavailable", code=error.code, exc_info=error)
    return _page(message(error, status), status)


def _http_page(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    return _page(message(error, status), status)


def _accident_page(error: Exception) -> Response:
    _log.error("failed", exc_info=error)
    return _page(message(error, HTTPStatus.INTERNAL_SERVER_ERROR), HTTPStatus.INTERNAL_SERVER_ERROR)


def _status(error: DomainError) -> int:
    """Links have statuses of their own; all else as everywhere."""
    own = {"unknown_link": HTTPStatus.NOT_FOUND, "link_ended": HTTPStatus.GONE}
    return own.get(error.code) or status_of(error)


def _page(said: Message, status: int) -> Response:
    html = render_template(
        "portal/message.html",
        title=said.title,
        text=said.text,
        company=said.company,
        phone=said.phone,
        retry=request.path.removesuffix("/pay") if said.can_retry else "",
        request_id=request_id() if said.with_request_id else "",
    )
    response = make_response(html, status)
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
