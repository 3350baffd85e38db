"""Customers at the payment page: cards and bank debits that succeed and fail, without scripts, once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.sandbox.running import Sandbox
from tests.sandbox.stripe.money import CANCEL, DAY, Company, advance, pay_by_bank, pay_by_card, told


def charges(sandbox: Sandbox) -> list[tuple[int, str]]:
    """Return what customers really were charged."""
    return [(charge["amount"], charge["status"]) for charge in sandbox.get("stripe/charges")["charges"]]


def test_the_page_shows_the_amount_and_needs_no_script(company: Company) -> None:
    page = httpx.get(company.checkout(amount=12345).url)
    assert "$123.45" in page.text
    assert CANCEL in page.text
    assert "<script" not in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "form-action 'self' https://crm.example" in policy


def test_a_card_pays_and_leads_back(company: Company, sandbox: Sandbox) -> None:
    session = company.checkout(amount=12500)
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    answer = pay_by_card(session.url, "4242 4242 4242 4242")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"https://crm.example/i/token?paid=1&session={session.id}"
    after = company.session(session, "payment_intent.latest_charge")
    intent = after.payment_intent
    assert (after.status, after.payment_status, after.url) == ("complete", "paid", None)
    assert (intent.status, intent.amount_received, intent.metadata["payment"]) == ("succeeded", 12500, "payment-1")
    assert (intent.latest_charge.status, intent.latest_charge.metadata["payment"]) == ("succeeded", "payment-1")
    assert intent.latest_charge.payment_method_details.card.last4 == "4242"
    assert charges(sandbox) == [(12500, "succeeded")]


def test_a_double_click_charges_once(company: Company, sandbox: Sandbox) -> None:
    session = company.checkout()
    with ThreadPoolExecutor(4) as clicks:
        answers = list(clicks.map(lambda _: pay_by_card(session.url, "4242424242424242"), range(4)))
    assert {answer.headers["Location"].split("?")[0] for answer in answers} == {CANCEL}
    assert charges(sandbox) == [(12500, "succeeded")]
    assert "paid already" in httpx.get(session.url or f"{sandbox.url}/stripe/c/pay/{session.id}").text


@pytest.mark.parametrize(
    ("card", "code", "decline_code", "words"),
    [
        ("4000000000000002", "card_declined", "generic_decline", "Your card was declined."),
        ("4000000000009995", "card_declined", "insufficient_funds", "insufficient funds"),
        ("4000000000000069", "expired_card", None, "expired"),
        ("4111111111111111", "card_declined", "test_mode_live_card", "non test card"),
    ],
)
def test_a_decline_keeps_the_page_and_another_card_pays_in_the_same_session(
    company: Company, sandbox: Sandbox, card: str, code: str, decline_code: str | None, words: str
) -> None:
    session = company.checkout()
    declined = httpx.get(str(pay_by_card(session.url, card).next_request.url))  # type: ignore[union-attr]
    assert words in declined.text
    intent = company.session(session, "payment_intent").payment_intent
    error = intent.last_payment_error
    assert (intent.status, error.code, getattr(error, "decline_code", None)) == (
        "requires_payment_method",
        code,
        decline_code,
    )
    assert charges(sandbox) == []
    pay_by_card(session.url, "4242424242424242")
    paid = company.session(session, "payment_intent").payment_intent
    assert (paid.id, paid.status, paid.last_payment_error) == (intent.id, "succeeded", None)
    assert told(sandbox)[1:5] == [
        "payment_intent.created",
        "charge.failed",
        "payment_intent.payment_failed",
        "charge.succeeded",
    ]


@pytest.mark.parametrize(
    "typed", [{"number": "4242424242424241"}, {"number": "42"}, {"expiry": "13/34"}, {"expiry": "01/20"}, {"cvc": "x"}]
)
def test_a_mistyped_card_tries_nothing(company: Company, sandbox: Sandbox, typed: dict[str, str]) -> None:
    session = company.checkout()
    pay_by_card(session.url, **{"number": "4242424242424242", **typed})
    assert 'role="alert"' in httpx.get(session.url).text
    assert company.session(session).payment_intent is None
    assert told(sandbox) == ["account.updated"]


def test_authentication_is_a_step_that_can_fail_and_be_repeated(company: Company, sandbox: Sandbox) -> None:
    session = company.checkout()
    for answer, status in (("refuse", "requires_payment_method"), ("agree", "succeeded")):
        pay_by_card(session.url, "4000002500003155")
        assert "Complete authentication" in httpx.get(session.url).text
        httpx.post(f"{session.url}/authenticate", data={"answer": answer})
        assert company.session(session, "payment_intent").payment_intent.status == status
    assert charges(sandbox) == [(12500, "succeeded")]


def test_a_bank_debit_is_processing_for_days_and_then_paid(company: Company, sandbox: Sandbox) -> None:
    session = company.checkout(amount=10000)
    assert pay_by_bank(session.url).headers["Location"].startswith("https://crm.example/")
    after = company.session(session, "payment_intent.latest_charge")
    assert (after.status, after.payment_status, after.payment_intent.status) == ("complete", "unpaid", "processing")
    assert after.payment_intent.latest_charge.payment_method_details.type == "us_bank_account"
    advance(sandbox, 3 * DAY)
    assert company.session(session).payment_status == "unpaid"
    advance(sandbox, DAY)
    paid = company.session(session, "payment_intent.latest_charge.balance_transaction")
    assert (paid.payment_status, paid.payment_intent.latest_charge.balance_transaction.fee) == ("paid", 80)
    assert charges(sandbox) == [(10000, "succeeded")]
    assert told(sandbox)[1:] == [
        "payment_intent.created",
        "checkout.session.completed",
        "payment_intent.processing",
        "charge.pending",
        "charge.succeeded",
        "payment_intent.succeeded",
        "charge.updated",
        "checkout.session.async_payment_succeeded",
    ]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_bank_debit_can_fail(company: Company, sandbox: Sandbox, at_once: bool) -> None:
    session = company.checkout()
    pay_by_bank(session.url, "000123456789" if at_once else "000222222227")
    intent = company.session(session).payment_intent
    if at_once:
        sandbox.post(f"stripe/payment_intents/{intent}/settle", {"succeeds": False})
    advance(sandbox, 10 * DAY)
    after = company.session(session, "payment_intent").payment_intent
    assert (after.status, after.last_payment_error.code) == ("requires_payment_method", "insufficient_funds")
    assert told(sandbox)[-3:] == [
        "charge.failed",
        "payment_intent.payment_failed",
        "checkout.session.async_payment_failed",
    ]
    assert charges(sandbox) == []


def test_an_expired_page_takes_no_money(company: Company, sandbox: Sandbox) -> None:
    session, declined = company.checkout(), company.checkout()
    pay_by_card(declined.url, "4000000000000002")
    advance(sandbox, 2 * DAY)
    pay_by_card(session.url, "4242424242424242")
    assert "expired" in httpx.get(session.url).text
    assert company.session(session).status == "expired"
    assert company.session(declined, "payment_intent").payment_intent.status == "canceled"
    assert charges(sandbox) == []


def test_a_moved_clock_shortens_no_new_session(company: Company, sandbox: Sandbox) -> None:
    advance(sandbox, 30 * DAY)
    session = company.checkout(expires_at=int(time.time()) + 3600)
    advance(sandbox, 3000)
    assert company.session(session).status == "open"
    advance(sandbox, 1000)
    assert company.session(session).status == "expired"


def test_only_an_open_session_can_be_expired(company: Company) -> None:
    session = company.checkout()
    sessions = company.client.v1.checkout.sessions
    assert sessions.expire(session.id, options=company.options).status == "expired"
    with pytest.raises(Exception, match="status of `expired`"):
        sessions.expire(session.id, options=company.options)


def test_another_pages_form_pays_nothing(company: Company, sandbox: Sandbox) -> None:
    session = company.checkout()
    form = {"number": "4242424242424242", "expiry": "12/34", "cvc": "123"}
    answer = httpx.post(f"{session.url}/card", data=form, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert charges(sandbox) == []


def test_unknown_pages_are_not_found(sandbox: Sandbox) -> None:
    for path in ("c/pay/cs_test_x", "onboarding/x", "p/session/x"):
        assert httpx.get(f"{sandbox.url}/stripe/{path}").status_code == 404
    assert httpx.post(f"{sandbox.url}/stripe/c/pay/cs_test_x/card").status_code == 404
