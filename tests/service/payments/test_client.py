"""The SDK's client: pinned version, the sandbox's address, a time limit, repeats under one key."""

from __future__ import annotations

import pytest
import requests
import responses
from stripe._api_version import _ApiVersion

from service.payments.client import API_VERSION, Payments, make_payments, stripe_client
from service.payments.errors import CardRefused, PaymentsRefused, PaymentsUnavailable, asking_stripe
from tests.service.payments.conftest import API, Recorded
from tests.service.settings_values import make_settings

CUSTOMERS = f"{API}/v1/customers"


def create(payments: Payments) -> None:
    with asking_stripe():
        payments.stripe.v1.customers.create({"name": "Foothill Electric"}, {"idempotency_key": "one"})


def test_the_pinned_version_is_the_sdks_own() -> None:
    """An update of the SDK changes the types that we check against, and must be looked at."""
    assert _ApiVersion.CURRENT == API_VERSION


def test_every_request_says_the_version(payments: Payments, stripe: responses.RequestsMock) -> None:
    stripe.post(CUSTOMERS, json={"id": "cus_1", "object": "customer"})
    create(payments)
    assert stripe.calls[0].request.headers["Stripe-Version"] == API_VERSION


def test_the_address_can_have_a_path(stripe: responses.RequestsMock) -> None:
    stripe.get("http://127.0.0.1:8010/stripe/v1/accounts/acct_1", json={"id": "acct_1", "object": "account"})
    stripe_client("sk_test", "http://127.0.0.1:8010/stripe").v1.accounts.retrieve("acct_1")


@pytest.mark.parametrize("failure", [requests.ConnectionError(), requests.Timeout()])
def test_a_lost_connection_is_repeated_under_the_same_key(
    payments: Payments, stripe: responses.RequestsMock, failure: Exception
) -> None:
    stripe.post(CUSTOMERS, body=failure)
    stripe.post(CUSTOMERS, json={"id": "cus_1", "object": "customer"})
    create(payments)
    assert [call.request.headers["Idempotency-Key"] for call in stripe.calls] == ["one", "one"]


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (500, {"type": "api_error"}),
        (502, {"type": "api_error"}),
        (429, {"type": "invalid_request_error", "code": "rate_limit"}),
        (409, {"type": "idempotency_error", "code": "idempotency_key_in_use"}),
        (401, {"type": "invalid_request_error"}),
    ],
)
def test_what_may_pass_is_unavailable(
    payments: Payments, stripe: responses.RequestsMock, status: int, error: dict[str, str]
) -> None:
    stripe.post(CUSTOMERS, status=status, json={"error": {"message": "no", **error}})
    with pytest.raises(PaymentsUnavailable):
        create(payments)


def test_an_answer_that_is_no_json_is_unavailable(payments: Payments, stripe: responses.RequestsMock) -> None:
    stripe.post(CUSTOMERS, status=503, body="<html>gateway</html>")
    with pytest.raises(PaymentsUnavailable):
        create(payments)


def test_a_stripe_that_is_not_there_is_unavailable(payments: Payments, stripe: responses.RequestsMock) -> None:
    stripe.post(CUSTOMERS, body=requests.ConnectionError())
    with pytest.raises(PaymentsUnavailable):
        create(payments)


@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [
        (400, {"type": "invalid_request_error", "code": "parameter_missing"}, "parameter_missing"),
        (404, {"type": "invalid_request_error", "code": "resource_missing"}, "resource_missing"),
        (403, {"type": "invalid_request_error", "code": "account_invalid"}, "account_invalid"),
        (400, {"type": "idempotency_error"}, "IdempotencyError"),
    ],
)
def test_a_refusal_keeps_stripes_code_and_not_its_words(
    payments: Payments, stripe: responses.RequestsMock, status: int, error: dict[str, str], reason: str
) -> None:
    stripe.post(CUSTOMERS, status=status, json={"error": {"message": "No such thing: secret words", **error}})
    with pytest.raises(PaymentsRefused) as refused:
        create(payments)
    assert refused.value.reason == reason
    assert "secret words" not in str(refused.value)


def test_a_declined_card_says_what_the_customer_may_read(payments: Payments, stripe: responses.RequestsMock) -> None:
    error = {"type": "card_error", "code": "card_declined", "message": "Your card has insufficient funds."}
    stripe.post(CUSTOMERS, status=402, json={"error": error})
    with pytest.raises(CardRefused, match="Your card has insufficient funds"):
        create(payments)


def test_without_a_key_there_are_no_payments(recorded: Recorded) -> None:
    assert make_payments(make_settings(), recorded) is None  # type: ignore[arg-type] # it is never used
