"""Amounts: what is shown, what is read, and how halves are rounded. The cases are shared with SQL and the browser."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service import money
from service.settings import REPOSITORY

VECTORS: dict[str, list[dict[str, Any]]] = json.loads((REPOSITORY / "tests" / "vectors" / "money.json").read_text())


@pytest.mark.parametrize("case", VECTORS["format"], ids=lambda case: case["text"])
def test_amounts_are_written(case: dict[str, Any]) -> None:
    assert money.format_money(case["cents"], case["currency"]) == case["text"]


@pytest.mark.parametrize("case", VECTORS["line_total"], ids=lambda case: f"{case['quantity']}x{case['unit_price']}")
def test_a_line_is_rounded_once_and_half_away_from_zero(case: dict[str, Any]) -> None:
    assert money.line_total(Decimal(case["quantity"]), Decimal(case["unit_price"])) == case["cents"]


@pytest.mark.parametrize("case", VECTORS["round"], ids=lambda case: case["major"])
def test_halves_go_away_from_zero(case: dict[str, Any]) -> None:
    assert money.round_cents(Decimal(case["major"])) == case["cents"]


@pytest.mark.parametrize("case", VECTORS["parse"], ids=lambda case: repr(case["text"]))
def test_amounts_are_read_or_refused(case: dict[str, Any]) -> None:
    assert money.parse_money(case["text"]) == case["cents"]


@given(st.integers(0, 10**13))
def test_what_is_written_is_read_back(cents: int) -> None:
    assert money.parse_money(money.format_money(cents, "USD")) == cents


@given(st.text())
def test_nothing_that_is_typed_is_an_accident(text: str) -> None:
    amount = money.parse_money(text)
    assert amount is None or amount >= 0


@pytest.mark.parametrize(
    ("price", "text"),
    [
        ("19.99", "$19.99"),
        ("19.9900", "$19.99"),
        ("20", "$20.00"),
        ("0.0525", "$0.0525"),
        ("1234.5", "$1,234.50"),
        ("1.999", "$1.999"),
    ],
)
def test_a_unit_price_keeps_its_decimals(price: str, text: str) -> None:
    assert money.format_unit_price(Decimal(price), "USD") == text


@pytest.mark.parametrize(("number", "text"), [("2.500", "2.5"), ("100", "100"), ("100.000", "100"), ("0.125", "0.125")])
def test_a_quantity_has_no_superfluous_zeros(number: str, text: str) -> None:
    assert money.plain_number(Decimal(number)) == text
