"""`/api/twilio/webhook/<tenant_id>/...`: size, type and signature are checked in this order, then one call decides.

A signed request always ends in a row and a 2xx, usable or not: asking Twilio again would bring the same bytes. Only our
own failure answers 5xx, so that Twilio tries again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, Response, request
from twilio.twiml.messaging_response import MessagingResponse
from werkzeug.exceptions import UnsupportedMediaType

from service.bodies import read_bytes
from service.context import services_of_app
from service.problems import problem
from service.urls import TwilioKind, twilio_webhook
from webhooks.twilio.events import Event, UnusableRequest, unusable_event
from webhooks.twilio.form import Form, clean, readings
from webhooks.twilio.parse import parse_sms, parse_status
from webhooks.twilio.signature import Signed, signed_form

blueprint = Blueprint("twilio", __name__, url_prefix="/api/twilio/webhook/<tenant_id>")

FORM = "application/x-www-form-urlencoded"
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NOBODY = UUID(int=0)
_LONGEST_HEADER = 200


@blueprint.route("/sms", methods=["GET", "POST"])
def sms(tenant_id: str) -> Response:
    """A text came in. The answer is TwiML: empty, or the reply to a keyword that nobody else answers."""
    return _receive(tenant_id, "sms", parse_sms)


@blueprint.post("/status")
def status(tenant_id: str) -> Response:
    """Twilio tells how far one of our texts came; `?message=` names it."""
    return _receive(tenant_id, "status", lambda form: parse_status(form, request.args.get("message")))


def _receive(tenant_id: str, kind: TwilioKind, parse: Callable[[Form], Event]) -> Response:
    raw = _raw_body()
    tenant = UUID(tenant_id) if _UUID.fullmatch(tenant_id) else _NOBODY
    form = _authentic_form(tenant, _signed(tenant_id, kind, raw))
    if form is None:
        return problem(HTTPStatus.FORBIDDEN, "bad_signature", "The signature is not valid.", with_request_id=False)
    try:
        event = parse(form if request.method == "POST" else _query_form())
    except UnusableRequest as unusable:
        event = unusable_event(kind, unusable.reason, raw)
    return _twiml(_store(tenant, event, raw))


def _raw_body() -> bytes:
    """The bytes that are kept: the body, or the query of a GET. Raises 413, then 415."""
    if request.method == "GET":
        return request.query_string
    raw = read_bytes()
    if request.mimetype != FORM:
        raise UnsupportedMediaType(f"Send {FORM}.")
    return raw


def _signed(tenant_id: str, kind: TwilioKind, raw: bytes) -> Signed:
    settings = services_of_app().settings
    query = request.query_string.decode("utf-8", "replace")
    url = twilio_webhook(settings, tenant_id, kind) + (f"?{query}" if query else "")
    forms = [Form()] if request.method == "GET" else list(readings(raw))
    return Signed(url, forms, request.headers.get("X-Twilio-Signature", ""))


def _authentic_form(tenant: UUID, signed: Signed) -> Form | None:
    """The signed form; a mismatch is tried once more with tokens read past the cache, since they may have changed."""
    cache = services_of_app().tokens
    form = signed_form(signed, cache.tokens(tenant))
    if form is None and (fresh := cache.reload(tenant)) is not None:
        form = signed_form(signed, fresh)
    return form


def _query_form() -> Form:
    return next(readings(request.query_string))


def _store(tenant: UUID, event: Event, raw: bytes) -> str | None:
    """The one database call; returns the words to answer with. DatabaseUnavailable becomes 503."""
    rows = services_of_app().webhook.call(
        "receive_twilio_event",
        p_tenant=tenant,
        p_kind=event.kind,
        p_event_key=event.key,
        p_fields=event.fields,
        p_raw=raw,
        p_content_type=_header("Content-Type"),
        p_idempotency_token=_header("I-Twilio-Idempotency-Token"),
    )
    reply: str | None = rows[0]["reply"] if rows else None
    return reply


def _header(name: str) -> str | None:
    return clean(request.headers.get(name, ""))[:_LONGEST_HEADER] or None


def _twiml(reply: str | None) -> Response:
    answer = MessagingResponse()
    if reply:
        answer.message(reply)
    return Response(str(answer), content_type="text/xml; charset=utf-8")
