"""The paper: whatever people are called and however much they bought, it prints, and no word is a command."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.pdf.render import render_pdf
from service.portal.printed import printed_invoice
from tests.service.portal.documents import COMPANY, NOW, answer, paid_answer, payment, processing_answer, shown

PAGE = re.compile(rb"/Type/Page\b(?!s)")
LETTER, A4 = b"/MediaBox[0 0 612 792]", b"/MediaBox[0 0 595"


def paper(document: dict[str, Any]) -> bytes:
    return render_pdf("invoice", printed_invoice(shown(document), NOW))


def with_words(words: str, **changes: Any) -> dict[str, Any]:
    """An invoice that has these words wherever people write."""
    items = [{"description": words, "quantity": 1, "unit_price": 600, "amount_cents": 60000}]
    return answer(
        company={**COMPANY, "name": words}, contact_name=words, items=items, invoice={"memo": words}, **changes
    )


@pytest.mark.parametrize(
    "document", [answer(), paid_answer(), processing_answer(), answer(payments=[payment(100, refunded_cents=50)])]
)
def test_every_state_prints_on_one_tagged_page(document: dict[str, Any]) -> None:
    pdf = paper(document)
    assert pdf.startswith(b"%PDF-")
    assert len(PAGE.findall(pdf)) == 1
    assert b"/StructTreeRoot" in pdf


@pytest.mark.parametrize(
    "words",
    [
        '#panic("x")',
        "#{panic()} $x^2$ *bold* _it_ `code` <label> @ref \\ // /* [ ] { }",
        "quotes \" ' “ ” and \\u{0022}",
        "日本語 中文 한국어 العربية עברית हिन्दी ไทย Ελληνικά Łódź 😀👩‍👩‍👧",
        "x\u202ey\u200b\u2028\ufeff\x01\x1b e" + "\u0301" * 60,
        "Bartholomew Featherstonehaugh-Oyelaran",
        "W" * 400,
        "\n\n#v(1cm)\n",
        "-",
    ],
)
def test_any_words_print(words: str) -> None:
    assert paper(with_words(words)).startswith(b"%PDF-")


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=200))
def test_no_words_are_markup(words: str) -> None:
    assert paper(with_words(words)).startswith(b"%PDF-")


def test_words_reach_the_template_as_data_only() -> None:
    data = printed_invoice(shown(with_words("#panic()")), NOW)
    assert data["company"] == data["customer"] == data["memo"] == data["lines"][0]["description"] == "#panic()"


def test_two_hundred_items_take_several_pages() -> None:
    items = [
        {"description": f"Part {number}", "quantity": 2.5, "unit_price": 19.99, "amount_cents": 4998}
        for number in range(200)
    ]
    assert len(PAGE.findall(paper(answer(items=items)))) > 3


@pytest.mark.parametrize(("country", "size"), [("US", LETTER), ("CA", LETTER), ("MX", LETTER), ("GB", A4), ("DE", A4)])
def test_the_paper_is_that_of_the_companys_country(country: str, size: bytes) -> None:
    assert size in paper(answer(company={**COMPANY, "country": country}))


def test_the_paper_says_of_which_day_its_state_is() -> None:
    facts = dict(printed_invoice(shown(), NOW)["facts"])
    assert facts == {
        "Issued": "Tue 24 Nov 2026", "Due": "Tue 8 Dec 2026", "Currency": "USD",
        "State": "Not paid yet, as of Tue 24 Nov 2026",
    }  # fmt: skip
