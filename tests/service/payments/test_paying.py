"""From onboarding to paid, refunded and disputed, on the running product with the sandbox as Stripe."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.sandbox.running import wait_for
from tests.support.invoices import new_invoice
from tests.support.sandbox_payer import DECLINED_CARD
from tests.support.shops import BACK, Shop
from tests.support.stack import RunningStack


@pytest.fixture(scope="module")
def shop(new_shop: Callable[[str], Shop]) -> Shop:
    made = new_shop("Foothill Electric")
    made.connect()
    return made


@pytest.fixture(autouse=True)
def everything_works(shop: Shop) -> Iterator[None]:
    yield
    shop.payer.switch(webhook_copies=1, webhook_shuffle_seconds=0, stripe_api_faults=0)
    shop.payer.events_go_to(shop.receiver())


def test_an_account_is_connected_step_by_step(new_shop: Callable[[str], Shop]) -> None:
    shop = new_shop("Connecting Carpentry")
    assert shop.account()["connected"] is False
    page = shop.api("POST", "stripe-account/onboarding").raise_for_status().json()["url"]
    again = shop.api("POST", "stripe-account/onboarding").raise_for_status().json()["url"]
    account = shop.api("POST", "stripe-account/refresh").raise_for_status().json()
    assert (account["connected"], account["charges_enabled"]) == (True, False)
    assert "external_account" in account["currently_due"]
    assert page != again
    back = shop.payer.complete_onboarding(again)
    assert back == f"{shop.stack.settings_env['FIELDLITE_PUBLIC_URL']}/settings/payments"
    wait_for(lambda: shop.account()["charges_enabled"])
    assert shop.account()["currently_due"] == []
    assert shop.api("POST", "stripe-account/refresh").json() == shop.account()


def test_an_account_that_leaves_is_told_and_can_come_back(new_shop: Callable[[str], Shop]) -> None:
    shop = new_shop("Leaving Landscaping")
    shop.connect()
    find = "select stripe_account_id from public.stripe_accounts where tenant_id = %s"
    before = shop.row(find, shop.company.tenant_id)["stripe_account_id"]
    shop.payer.control(f"accounts/{before}/deauthorize", {})
    wait_for(lambda: not shop.account()["connected"])
    shop.connect()
    assert shop.row(find, shop.company.tenant_id)["stripe_account_id"] != before


def test_a_customer_pays_by_card(shop: Shop) -> None:
    payment, page = shop.checkout(new_invoice(shop.stack, shop.company, 12_500))
    assert shop.payer.pay_by_card(page) == f"{BACK}?paid=yes"
    row = shop.wait_for(payment, status="succeeded", method="credit_card", state="paid")
    assert row["balance_cents"] == 0
    wait_for(lambda: shop.payment(payment)["fee_cents"])


def test_a_double_click_is_one_page_and_one_charge(shop: Shop) -> None:
    invoice = new_invoice(shop.stack, shop.company, 8_000)
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: shop.checkout(invoice), range(4)))
    assert len(set(opened)) == 1
    payment, page = opened[0]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: shop.payer.pay_by_card(page), range(4)))
    shop.wait_for(payment, status="succeeded")
    assert [charge["amount"] for charge in shop.payer.charges(payment)] == [8_000]


def test_another_amount_closes_the_first_page(shop: Shop) -> None:
    invoice = new_invoice(shop.stack, shop.company, 9_000)
    first, first_page = shop.checkout(invoice)
    second, second_page = shop.checkout(invoice, 4_000)
    assert (
        httpx.post(f"{first_page}/card", data={"number": "4242424242424242"}).headers["Location"].startswith("/stripe")
    )
    shop.wait_for(first, status="canceled")
    shop.payer.pay_by_card(second_page)
    assert shop.wait_for(second, status="succeeded")["balance_cents"] == 5_000
    assert shop.payer.charges(first) == []


def test_a_declined_card_is_tried_again_on_the_same_page(shop: Shop) -> None:
    payment, page = shop.checkout(new_invoice(shop.stack, shop.company))
    shop.payer.pay_by_card(page, DECLINED_CARD)
    query = "select count(*) as n from public.payment_events where payment_id = %s and kind = 'declined'"
    wait_for(lambda: shop.row(query, payment)["n"] == 1)
    assert shop.payment(payment)["status"] == "pending"
    shop.payer.pay_by_card(page)
    shop.wait_for(payment, status="succeeded")


@pytest.mark.parametrize(("succeeds", "status", "state"), [(True, "succeeded", "paid"), (False, "failed", "unpaid")])
def test_a_bank_debit_is_on_its_way_for_days(shop: Shop, succeeds: bool, status: str, state: str) -> None:
    payment, page = shop.checkout(new_invoice(shop.stack, shop.company))
    shop.payer.pay_by_bank(page)
    row = shop.wait_for(payment, status="processing")
    assert row["state"] == "unpaid"
    wait_for(lambda: shop.payment(payment)["payment_intent_id"])
    shop.payer.control(f"payment_intents/{row['payment_intent_id']}/settle", {"succeeds": succeeds})
    shop.wait_for(payment, status=status, state=state)


def test_money_is_given_back_once(shop: Shop) -> None:
    payment, refund = shop.paid(12_500), str(uuid.uuid4())
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: shop.refund(payment, 2_500, refund), range(3)))
    assert {answer.status_code for answer in answers} == {201}
    assert answers[0].json() == {"id": refund, "status": "succeeded"}
    shop.wait_for(payment, refunded_cents=2_500, balance_cents=2_500)
    assert [charge["amount_refunded"] for charge in shop.payer.charges(payment)] == [2_500]
    too_much = shop.refund(payment, 10_001)
    assert (too_much.status_code, too_much.json()["code"]) == (409, "refund_too_large")


def test_a_refund_whose_answer_was_lost_is_found_out(shop: Shop) -> None:
    payment, refund = shop.paid(), str(uuid.uuid4())
    shop.payer.switch(stripe_api_fault="server_error_after_accepting", stripe_api_faults=3)
    assert shop.refund(payment, 2_500, refund).status_code in {201, 503}
    shop.payer.switch(stripe_api_faults=0)
    assert shop.refund(payment, 2_500, refund).status_code == 201
    shop.wait_for(payment, refunded_cents=2_500)
    assert [charge["amount_refunded"] for charge in shop.payer.charges(payment)] == [2_500]


def test_only_the_books_people_give_back(shop: Shop, new_shop: Callable[[str], Shop]) -> None:
    payment, stranger = shop.paid(), new_shop("Prairie Roofing")
    answer = stranger.refund(payment, 100)
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_payment")


@pytest.mark.parametrize(("end", "balance"), [("won", 0), ("lost", 12_500)])
def test_a_dispute_takes_the_money_when_it_is_lost(shop: Shop, end: str, balance: int) -> None:
    payment = shop.paid(12_500)
    intent = shop.payment(payment)["payment_intent_id"]
    dispute = shop.payer.control("disputes", {"payment_intent": intent})["id"]
    shop.wait_for(payment, dispute_status="open")
    refused = shop.refund(payment, 100)
    assert refused.status_code in {409, 422}
    shop.payer.control(f"disputes/{dispute}/close", {"status": end})
    shop.wait_for(payment, dispute_status=end, balance_cents=balance)


def test_webhooks_that_come_often_and_in_any_order_end_the_same(shop: Shop) -> None:
    shop.payer.switch(webhook_copies=3, webhook_shuffle_seconds=0.5)
    payment, page = shop.checkout(new_invoice(shop.stack, shop.company, 12_500))
    shop.payer.pay_by_card(page)
    shop.wait_for(payment, status="succeeded")
    assert shop.refund(payment, 500).status_code == 201
    shop.wait_for(payment, refunded_cents=500, balance_cents=500)
    steps = shop.row(
        "select array_agg(new_status order by created_at, id) as steps"
        " from public.payment_events where payment_id = %s and kind = 'status'",
        payment,
    )
    assert steps["steps"] == ["pending", "succeeded"]
    assert shop.payment(payment)["state"] == "partial"


def test_the_owner_subscribes_and_cancels(shop: Shop) -> None:
    def subscription() -> dict[str, Any]:
        return shop.row("select * from public.subscriptions where tenant_id = %s", shop.company.tenant_id)

    page = shop.api("POST", "billing/checkout", {"plan": "team"}).raise_for_status().json()["url"]
    shop.payer.pay_by_card(page)
    wait_for(lambda: subscription()["stripe_subscription_id"] and subscription()["plan_id"] == "team")
    assert subscription()["status"] == "trialing"
    again = shop.api("POST", "billing/checkout", {"plan": "team"})
    assert (again.status_code, again.json()["code"]) == (409, "already_subscribed")
    assert shop.api("POST", "billing/portal").raise_for_status().json()["url"].startswith(shop.stack.sandbox_url)
    shop.payer.control(f"subscriptions/{subscription()['stripe_subscription_id']}/cancel", {})
    wait_for(lambda: subscription()["status"] == "canceled")


def test_without_a_session_nothing_is_said(stack: RunningStack) -> None:
    for path in ("stripe-account/onboarding", "billing/portal", f"payments/{uuid.uuid4()}/refunds"):
        body = {"id": str(uuid.uuid4()), "amount_cents": 1}
        assert httpx.post(f"{stack.service_url}/api/v1/{path}", json=body).status_code == 401
