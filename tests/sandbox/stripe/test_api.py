"""What the official SDK sees: keys, accounts, idempotency, expansion, lists, refusals in Stripe's shape."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest
import stripe

from scripts.sandbox.stripe import API_VERSION
from tests.sandbox.running import Sandbox
from tests.sandbox.stripe.money import DAY, KEY, SUCCESS, Company, connect, stripe_client


def test_the_version_is_the_sdks() -> None:
    assert stripe.api_version == API_VERSION


def test_another_key_is_refused(sandbox: Sandbox) -> None:
    with stripe_client(sandbox, "sk_test_another") as stranger, pytest.raises(stripe.AuthenticationError) as refusal:
        stranger.v1.events.list()
    assert refusal.value.http_status == 401
    assert refusal.value.error is not None
    assert refusal.value.error.type == "invalid_request_error"


def test_what_is_not_played_is_not_found(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.payouts.list()
    assert refusal.value.http_status == 404


def test_a_new_account_owes_everything_and_then_can_charge(client: stripe.StripeClient, sandbox: Sandbox) -> None:
    account = client.v1.accounts.create(
        {"controller": {"stripe_dashboard": {"type": "full"}}, "metadata": {"tenant": "7"}}
    )
    assert account.requirements is not None
    assert account.metadata is not None
    assert account.metadata.to_dict() == {"tenant": "7"}
    assert "external_account" in (account.requirements.currently_due or [])
    assert not account.charges_enabled
    sandbox.post(f"stripe/accounts/{account.id}/complete", {})
    account = client.v1.accounts.retrieve(account.id)
    assert (account.charges_enabled, account.payouts_enabled, account.details_submitted) == (True, True, True)
    assert account.requirements is not None
    assert (account.requirements.currently_due, account.requirements.disabled_reason) == ([], None)
    sandbox.post(f"stripe/accounts/{account.id}/require", {"requirements": ["individual.verification.document"]})
    assert not client.v1.accounts.retrieve(account.id).charges_enabled


def test_an_account_that_cannot_charge_gets_no_session(client: stripe.StripeClient, sandbox: Sandbox) -> None:
    account = client.v1.accounts.create({"type": "standard"})
    with pytest.raises(stripe.InvalidRequestError, match="cannot currently make charges"):
        Company(client, sandbox, account.id).checkout()


def test_objects_are_found_only_with_their_account(
    client: stripe.StripeClient, company: Company, sandbox: Sandbox
) -> None:
    session, other = company.checkout(), connect(client, sandbox)
    assert company.session(session).id == session.id
    wrong: list[Any] = [{}, other.options]
    for options in wrong:
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            client.v1.checkout.sessions.retrieve(session.id, options=options)
        assert (refusal.value.http_status, refusal.value.code) == (404, "resource_missing")


def test_an_account_that_withdrew_access_is_closed_to_us(
    client: stripe.StripeClient, company: Company, sandbox: Sandbox
) -> None:
    sandbox.post(f"stripe/accounts/{company.account}/deauthorize", {})
    with pytest.raises(stripe.PermissionError):
        company.checkout()
    with pytest.raises(stripe.PermissionError):
        client.v1.accounts.retrieve(company.account)


def test_the_same_key_gives_the_same_answer_and_refuses_other_parameters(company: Company) -> None:
    def create(amount: int, key: str = "payment-1") -> Any:
        company_options: Any = {**company.options, "idempotency_key": key}
        return company.client.v1.checkout.sessions.create(_session(amount), company_options)

    first = create(100)
    assert create(100).id == first.id
    with pytest.raises(stripe.IdempotencyError) as refusal:
        create(200)
    assert refusal.value.http_status == 400
    assert create(100, "payment-2").id != first.id


def test_a_key_belongs_to_its_account(client: stripe.StripeClient, company: Company, sandbox: Sandbox) -> None:
    other = connect(client, sandbox)
    options: list[Any] = [{**each.options, "idempotency_key": "same"} for each in (company, other)]
    made = [client.v1.checkout.sessions.create(_session(100), each).id for each in options]
    assert made[0] != made[1]


@pytest.mark.parametrize("fault", ["unavailable", "server_error", "server_error_after_accepting"])
def test_the_sdk_repeats_what_failed_and_gets_one_object(company: Company, sandbox: Sandbox, fault: str) -> None:
    sandbox.switch(stripe_api_fault=fault, stripe_api_faults=1)
    with stripe_client(sandbox, retries=2) as patient:
        made = patient.v1.checkout.sessions.create(_session(100), company.options)
        found = patient.v1.checkout.sessions.list(options=company.options).data
    assert [session.id for session in found] == [made.id]


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"line_items": []}, "line_items"),
        ({"success_url": None}, "success_url"),
        ({"success_url": "javascript:alert(1)"}, "success_url"),
        ({"expires_at": 5}, "expires_at"),
        ({"no_such_thing": "1"}, "no_such_thing"),
        ({"mode": "setup"}, "mode"),
        ({"allowed_payment_method_types": ["klarna"]}, "allowed_payment_method_types"),
    ],
)
def test_parameters_that_make_no_sense_are_refused_by_name(
    company: Company, changes: dict[str, Any], param: str
) -> None:
    params: Any = {**_session(100), **changes}
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        company.client.v1.checkout.sessions.create(params, company.options)
    assert (refusal.value.http_status, refusal.value.param) == (400, param)


def test_too_little_money_is_refused(company: Company) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        company.checkout(amount=49)
    assert refusal.value.code == "amount_too_small"


def test_lists_page_in_both_directions(company: Company) -> None:
    made = [company.checkout(amount=100 + number).id for number in range(5)][::-1]
    sessions = company.client.v1.checkout.sessions

    def page(**paging: Any) -> tuple[list[str], bool]:
        params: Any = {"limit": 2, **paging}
        found = sessions.list(params, company.options)
        return [session.id for session in found.data], found.has_more

    assert page() == (made[:2], True)
    assert page(starting_after=made[1]) == (made[2:4], True)
    assert page(starting_after=made[3]) == (made[4:], False)
    assert page(ending_before=made[4]) == (made[2:4], True)
    assert page(ending_before=made[1]) == (made[:1], False)
    everything = sessions.list({"limit": 2}, company.options).auto_paging_iter()
    assert [session.id for session in everything] == made
    with pytest.raises(stripe.InvalidRequestError):
        page(limit=0)


def test_expansion_replaces_ids_by_objects(company: Company) -> None:
    intent = company.paid(amount=10000)
    assert intent.latest_charge.balance_transaction.fee == 320
    assert intent.latest_charge.balance_transaction.net == 9680
    session = company.client.v1.checkout.sessions.list(
        {"expand": ["data.payment_intent", "data.line_items"]}, company.options
    ).data[0]
    assert (session.payment_intent.id, session.line_items.data[0].amount_total) == (intent.id, 10000)  # type: ignore[union-attr]
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        company.session(session, "nonsense")


def test_the_platforms_prices_are_fixed(client: stripe.StripeClient) -> None:
    prices = {price.id: price.unit_amount for price in client.v1.prices.list().data}
    assert prices == {"price_sandbox_solo": 2900, "price_sandbox_team": 7900}
    product = client.v1.prices.retrieve("price_sandbox_solo", {"expand": ["product"]}).product
    assert getattr(product, "id", product) == "prod_sandbox_solo"


def test_customers_are_kept(client: stripe.StripeClient) -> None:
    made = client.v1.customers.create({"email": "owner@ridgeline.example", "metadata": {"tenant": "7"}})
    metadata = client.v1.customers.retrieve(made.id).metadata
    assert metadata is not None
    assert metadata.to_dict() == {"tenant": "7"}


def test_requests_are_logged_without_the_key(company: Company, sandbox: Sandbox) -> None:
    company.checkout()
    logged = sandbox.get("requests")["requests"][-1]
    assert (logged["method"], logged["path"]) == ("POST", "/stripe/v1/checkout/sessions")
    assert (logged["account_sid"], logged["answer_status"]) == (company.account, 200)
    assert KEY not in str(logged)


def test_answers_carry_a_request_id(sandbox: Sandbox) -> None:
    answer = httpx.get(f"{sandbox.url}/stripe/v1/events", headers={"Authorization": f"Bearer {KEY}"})
    assert answer.headers["Request-Id"].startswith("req_")


def _session(amount: int) -> Any:
    price = {"currency": "usd", "unit_amount": amount, "product_data": {"name": "Invoice"}}
    return {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "success_url": SUCCESS,
        "expires_at": int(time.time()) + DAY // 24,
    }
