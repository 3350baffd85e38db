"""What we could not do, Stripe is asked to send again; and a service without Stripe believes nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
import responses
from flask.testing import FlaskClient

from service.app import create_app
from service.context import make_services
from tests.service.settings_values import make_settings
from tests.support.stripe_events import Json, body_of, sign, some_payment
from webhooks import stripe

SECRET = "whsec_of_a_test"
STRIPE = {"stripe_secret_key": "sk_test_1a2b", "stripe_connect_secrets": SECRET}
PAID = some_payment()


def client_with(**changes: Any) -> Iterator[FlaskClient]:
    settings = make_settings(**changes)
    services = make_services(settings)
    yield create_app(settings, [stripe.blueprint], services).test_client()
    services.portal.close()
    services.webhook.close()


@pytest.fixture
def client() -> Iterator[FlaskClient]:
    """A service whose database is down."""
    yield from client_with(**STRIPE)


@pytest.fixture
def client_without_stripe() -> Iterator[FlaskClient]:
    yield from client_with()


def post(client: FlaskClient, event: Json, secret: str = SECRET) -> tuple[int, str, bool]:
    body = body_of(event)
    headers = {"Stripe-Signature": sign(body, secret)}
    answer = client.post("/api/stripe/webhook", data=body, content_type="application/json", headers=headers)
    return answer.status_code, (answer.json or {}).get("code", ""), "Retry-After" in answer.headers


def test_a_database_that_is_down_is_503(client: FlaskClient) -> None:
    event = PAID.event("charge.succeeded", PAID.charge_object())
    assert post(client, event) == (503, "database_unavailable", True)


@pytest.mark.parametrize(("ours", "theirs"), [(True, False), (False, True)])
def test_an_event_of_the_other_mode_asks_the_database_for_nothing(ours: bool, theirs: bool) -> None:
    """The database is down, so an acknowledgement shows that it was not asked."""
    with contextmanager(client_with)(**STRIPE, stripe_livemode=ours) as client:
        event = PAID.event("charge.succeeded", PAID.charge_object(), livemode=theirs)
        assert post(client, event)[0] == 200


def test_a_stripe_that_does_not_answer_a_question_is_503(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stripe._http_client.HTTPClient._sleep_time_seconds", lambda *_, **__: 0)
    with responses.RequestsMock() as mock:
        mock.get(f"https://api.stripe.com/v1/accounts/{PAID.account}", body=requests.ConnectionError())
        event = PAID.event("account.updated", {"id": PAID.account, "object": "account"})
        assert post(client, event) == (503, "payments_unavailable", True)


def test_without_a_key_every_signature_is_wrong(client_without_stripe: FlaskClient) -> None:
    event = PAID.event("charge.succeeded", PAID.charge_object())
    assert post(client_without_stripe, event)[:2] == (403, "bad_signature")
