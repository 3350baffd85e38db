"""What the page says about money: the state in a word, sums that add up, and no button that leads nowhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from service.money import parse_money
from service.portal.view import InvoicePage, make_page
from service.portal.words import say_phone
from tests.service.portal.documents import COMPANY, NOW, answer, paid_answer, payment, processing_answer, shown

REFUNDED = answer(payments=[payment(60000, refunded_cents=60000)], invoice={"state": "refunded"})
LOST = answer(payments=[payment(60000, dispute_status="lost")], invoice={"state": "refunded"})
OVERPAID = paid_answer(
    payments=[payment(40000), payment(40000, refunded_cents=5000)], invoice={"balance_cents": 0, "state": "overpaid"}
)
PARTIAL = answer(
    payments=[payment(20000)], payable_cents=40000,
    invoice={"state": "partial", "paid_cents": 20000, "balance_cents": 40000},
)  # fmt: skip
VOID = answer(
    payable_cents=60000, can_pay=False, why_not="void", invoice={"status": "void", "state": "void", "balance_cents": 0}
)
OVERDUE = answer(invoice={"due_on": "2026-11-21"})


def page(document: dict[str, Any], **options: Any) -> InvoicePage:
    return make_page(shown(document), NOW, **options)


def titles(said: InvoicePage) -> list[str]:
    return [notice.title for notice in said.notices]


@pytest.mark.parametrize(
    ("document", "words", "headline", "button"),
    [
        (answer(), "Not paid yet", "$600.00", "Pay $600.00"),
        (PARTIAL, "Partly paid", "$400.00", "Pay balance of $400.00"),
        (OVERDUE, "Overdue", "$600.00", "Pay $600.00"),
        (REFUNDED, "Refunded", "$600.00", "Pay $600.00"),
        (LOST, "Payment taken back", "$600.00", "Pay $600.00"),
        (processing_answer(), "Payment on its way", "$600.00", ""),
        (paid_answer(), "Paid", "$600.00", ""),
        (OVERPAID, "Paid", "$600.00", ""),
        (VOID, "Withdrawn", "$0.00", ""),
    ],
    ids=["unpaid", "partial", "overdue", "refunded", "lost", "processing", "paid", "overpaid", "void"],
)
def test_each_state_has_its_word_its_amount_and_its_button(
    document: dict[str, Any], words: str, headline: str, button: str
) -> None:
    said = page(document)
    assert (said.badge.words, said.headline.text, said.pay_button) == (words, headline, button)
    assert said.badge.icon


@pytest.mark.parametrize("document", [answer(), PARTIAL, REFUNDED, LOST, processing_answer(), paid_answer()])
def test_the_sums_add_up_to_the_balance(document: dict[str, Any]) -> None:
    *steps, balance = [_cents(row.text) for row in page(document).sums]
    assert sum(steps) == balance


def _cents(text: str) -> int:
    cents = parse_money(text.removeprefix("-"))
    assert cents is not None
    return -cents if text.startswith("-") else cents


def test_what_was_paid_too_much_is_credit() -> None:
    assert [(row.label, row.text) for row in page(OVERPAID).sums] == [
        ("Total", "$600.00"), ("Paid", "-$800.00"), ("Refunded", "$50.00"), ("Credit", "$150.00"), ("Balance", "$0.00"),
    ]  # fmt: skip


def test_money_that_the_bank_took_back_is_named() -> None:
    assert ("Taken back by the bank", "$600.00") in [(row.label, row.text) for row in page(LOST).sums]
    assert page(LOST).receipts[0].state == "Taken back by the bank"


def test_a_bank_debit_on_its_way_is_not_paid_and_says_when_it_usually_is() -> None:
    said = page(processing_answer())
    assert titles(said) == ["Your payment of $600.00 is on its way"]
    assert "by Fri 27 Nov 2026" in said.notices[0].text  # begun on Monday
    assert (said.receipts[0].method, said.receipts[0].state) == ("Bank payment", "On its way")


def test_what_is_left_beside_a_debit_can_be_paid() -> None:
    debit = payment(20000, "processing", method="ach")
    said = page(answer(payments=[debit], payable_cents=40000))
    assert said.pay_button == "Pay balance of $400.00"
    assert said.badge.words == "Not paid yet"


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-11-24", "Due Tue 24 Nov 2026"),
        ("2026-11-23", "Was due Mon 23 Nov 2026 (1 day ago)"),
        ("2026-11-01", "Was due Sun 1 Nov 2026 (23 days ago)"),
    ],
)
def test_the_due_day_is_over_only_when_it_is_over_where_the_company_is(due: str, words: str) -> None:
    assert page(answer(invoice={"due_on": due})).due == words
    late_evening = NOW + timedelta(hours=12)  # 23:00 in Denver, tomorrow in London
    assert make_page(shown(answer(invoice={"due_on": "2026-11-24"})), late_evening).due == "Due Tue 24 Nov 2026"


def test_nothing_is_due_once_it_is_paid() -> None:
    assert page(paid_answer(invoice={"due_on": "2026-11-01", "balance_cents": 0, "state": "paid"})).due == ""


@pytest.mark.parametrize("why", ["not_ready", "too_small", "void"])
def test_an_obstacle_is_explained_in_place_of_the_button(why: str) -> None:
    said = page(answer(can_pay=False, why_not=why))
    assert said.pay_button == ""
    assert len(said.notices) == 1


def test_without_a_key_of_stripe_there_is_no_button() -> None:
    said = page(answer(), can_charge=False)
    assert (said.pay_button, titles(said)) == ("", ["Online payment is not ready yet"])


def test_another_amount_is_offered_where_it_is_allowed() -> None:
    assert page(answer()).allows_other_amount
    assert not page(answer(invoice={"allows_partial_payment": False})).allows_other_amount
    assert not page(answer(payable_cents=50)).allows_other_amount
    assert not page(paid_answer()).allows_other_amount


def test_whoever_comes_back_before_the_news_is_not_asked_to_pay_again() -> None:
    said = page(answer(), returned="yes")
    assert said.awaits_news
    assert said.pay_button == ""
    assert titles(said) == ["Thank you. Your payment is being confirmed"]


def test_whoever_comes_back_after_the_news_is_thanked() -> None:
    just_now = (NOW - timedelta(seconds=5)).isoformat()
    said = page(paid_answer(payments=[payment(60000, created_at=just_now)]), returned="yes")
    assert titles(said) == ["Thank you. Your payment arrived"]
    assert not said.awaits_news


def test_an_old_payment_is_not_taken_for_the_new_one() -> None:
    assert page(PARTIAL, returned="yes").awaits_news


def test_whoever_comes_back_without_paying_may_try_again() -> None:
    said = page(answer(), returned="no")
    assert (said.pay_button, titles(said)) == ("Pay $600.00", ["Nothing was charged"])
    assert titles(page(paid_answer(), returned="no")) == []


def test_quantities_show_where_they_explain_the_amount() -> None:
    items = [
        {"description": "Pipe", "quantity": 2.5, "unit_price": 19.99, "amount_cents": 4998},
        {"description": "Visit", "quantity": 1, "unit_price": 550.02, "amount_cents": 55002},
    ]
    assert [line.detail for line in page(answer(items=items)).lines] == ["2.5 \u00d7 $19.99", ""]


@pytest.mark.parametrize(("country", "text"), [("US", "(303) 555-0100"), ("GB", "+1 303-555-0100")])
def test_a_number_is_written_as_people_there_write_it(country: str, text: str) -> None:
    phone = say_phone(shown(answer(company={**COMPANY, "country": country})).company)
    assert phone is not None
    assert (phone.text, phone.e164) == (text, "+13035550100")
    assert say_phone(shown(answer(company={**COMPANY, "phone": None})).company) is None
