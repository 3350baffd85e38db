"""Stripe played by canned answers, and a database that remembers what it was told."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any, cast
from urllib.parse import parse_qs

import pytest
import responses

from service.database import Database
from service.members import Member
from service.payments.client import Payments, stripe_client
from tests.support.companies import new_company
from tests.support.sandbox_payer import Payer
from tests.support.shops import Shop
from tests.support.stack import RunningStack

API = "https://api.stripe.com"
ACCOUNT = "acct_1Foothill"
SESSIONS = f"{API}/v1/checkout/sessions"
PAGE = "https://checkout.stripe.com/c/pay/cs_1"
BACK = "https://crm.test/i/token"


def form(call: responses.Call) -> dict[str, str]:
    body = call.request.body
    return {name: values[0] for name, values in parse_qs(body if isinstance(body, str) else "").items()}


def opens_a_page(stripe: responses.RequestsMock) -> None:
    stripe.post(SESSIONS, json={"id": "cs_1", "object": "checkout.session", "url": PAGE, "payment_intent": None})


class Recorded:
    """Stands for the database door: answers as told, and keeps the calls."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, Any] = {}

    def call(self, function: str, /, **arguments: Any) -> list[dict[str, Any]]:
        self.calls.append((function, arguments))
        return []

    def call_value(self, function: str, /, **arguments: Any) -> Any:
        self.calls.append((function, arguments))
        return self.answers.get(function)

    def told(self, function: str) -> list[dict[str, Any]]:
        return [arguments for name, arguments in self.calls if name == function]


@pytest.fixture
def recorded() -> Recorded:
    return Recorded()


@pytest.fixture
def payments(recorded: Recorded, monkeypatch: pytest.MonkeyPatch) -> Payments:
    monkeypatch.setattr("stripe._http_client.HTTPClient._sleep_time_seconds", lambda *_, **__: 0)
    database = cast(Database, recorded)
    return Payments(stripe_client("sk_test_of_a_test"), database, livemode=False, prices={"solo": "price_solo"})


@pytest.fixture
def member() -> Member:
    return Member(user_id=uuid.uuid4(), tenant_id=uuid.uuid4())


@pytest.fixture
def stripe() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


@pytest.fixture(scope="module")
def new_shop(stack: RunningStack) -> Iterator[Callable[[str], Shop]]:
    """Makes a company that has not connected Stripe yet."""
    settings = stack.settings_env
    database = Database(settings["FIELDLITE_DATABASE_URL_PORTAL"], "tests", max_size=4)
    client = stripe_client(settings["FIELDLITE_STRIPE_SECRET_KEY"], settings["FIELDLITE_STRIPE_API_BASE_URL"])
    payer = Payer(stack.sandbox_url)
    payer.events_go_to(f"{stack.service_url}/api/stripe/webhook")
    yield lambda name: Shop(stack, new_company(stack, name), payer, Payments(client, database, False, {}))
    payer.close()
    database.close()
