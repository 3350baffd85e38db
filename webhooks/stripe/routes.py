"""`/api/stripe/webhook`: size, type and signature are checked in this order, then one call decides.

What is signed is answered 2xx unless we failed ourselves: asking Stripe again would bring the same bytes.
"""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import UnsupportedMediaType

from service.bodies import read_bytes
from service.context import Services, services_of_app
from service.logs import get_logger
from service.payments.intake import Outcome, effect_of, store
from service.payments.lookup import Lookup
from service.payments.news import News, read_news
from service.problems import problem
from webhooks.stripe.signature import signed_by

blueprint = Blueprint("stripe", __name__, url_prefix="/api/stripe")

MOST_BYTES = 512 * 1024
"""An event carries one whole object; those with long lists come near 300 KB."""

_log = get_logger("fieldlite.stripe")


@blueprint.post("/webhook")
def webhook() -> Response:
    """Something happened at Stripe."""
    raw = read_bytes(MOST_BYTES)
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send application/json.")
    services = services_of_app()
    secrets = services.settings.stripe_signing_secrets
    endpoints = signed_by(raw, request.headers.get("Stripe-Signature", ""), secrets)
    if not endpoints:
        return _forbidden()
    news = _read(raw)
    if news is None:
        return _answer("ignored")
    if ("connect" if news.account else "platform") not in endpoints:
        _log.warning("event_of_another_endpoint", event_id=news.id, type=news.type)
        return _forbidden()
    return _answer(_receive(services, news))


def _receive(services: Services, news: News) -> Outcome:
    """Do what the news asks for. Raises DatabaseUnavailable and PaymentsUnavailable, which ask Stripe to try again."""
    if news.livemode != services.settings.stripe_livemode:
        return "ignored"
    payments = services.require_payments()
    effect = effect_of(news, Lookup(payments.stripe), payments.prices)
    if effect is None:
        return "ignored"
    tenant = services.stripe_tenants.of(news, effect)
    if tenant is None:
        return "ignored"
    return store(services.webhook, tenant, news, effect)


def _read(raw: bytes) -> News | None:
    try:
        return read_news(json.loads(raw), raw)
    except (ValueError, RecursionError):  # the latter for thousands of opening brackets
        return None


def _answer(outcome: Outcome) -> Response:
    """Stripe shows the answer beside the event in its dashboard."""
    return jsonify({"outcome": outcome})


def _forbidden() -> Response:
    """The same bytes whatever was wrong."""
    return problem(HTTPStatus.FORBIDDEN, "bad_signature", "The signature is not valid.", with_request_id=False)
