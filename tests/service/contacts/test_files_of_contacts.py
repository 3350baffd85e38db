"""Contacts as CSV and as vCards: what spreadsheets and address books make of them."""

from __future__ import annotations

from typing import Any

import pytest

from service.contacts.spreadsheets import csv_lines, neutralised
from service.contacts.vcards import vcard

CARD: dict[str, Any] = {
    "id": "5eed0000-0000-4000-8000-000000000001",
    "name": "Rosa; Delgado",
    "organization_name": "Delgado, Inc.",
    "job_title": None,
    "primary_phone": "+13035550142",
    "primary_email": None,
    "phones": [{"e164": "+13035550142", "raw": "x", "extension": "5", "type": "mobile", "is_primary": True}],
    "emails": [{"email": "rosa@example.com", "is_primary": False}],
    "properties": [
        {
            "line1": "12 Main St",
            "line2": None,
            "city": "Denver",
            "region": "CO",
            "postal_code": "80202",
            "country": "US",
        }
    ],
    "tags": [{"name": "VIP"}, {"name": "Pool"}],
    "updated_at": "2026-11-24T10:00:00+00:00",
}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_become_text(start: str) -> None:
    assert neutralised(f"{start}1+1") == f"'{start}1+1"


def test_cells_are_quoted_where_they_must() -> None:
    assert csv_lines([['say "hi"', "a,b", "two\nlines", "=1"]]) == '"say ""hi""","a,b","two\nlines",\'=1\r\n'


def test_a_card_says_everything() -> None:
    assert vcard(CARD).split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "UID:5eed0000-0000-4000-8000-000000000001",
        "FN:Rosa\\; Delgado",
        "N:Delgado;Rosa\\;;;;",
        "ORG:Delgado\\, Inc.",
        "TEL;TYPE=CELL,PREF:+13035550142\\;ext=5",
        "EMAIL;TYPE=INTERNET:rosa@example.com",
        "ADR;TYPE=HOME:;;12 Main St;Denver;CO;80202;US",
        "CATEGORIES:VIP,Pool",
        "REV:2026-11-24T10:00:00+00:00",
        "END:VCARD",
        "",
    ]


def test_nobody_without_a_name_is_called_by_their_number() -> None:
    assert "FN:+13035550142" in vcard(CARD | {"name": None, "organization_name": None})


def test_long_lines_are_folded_between_characters() -> None:
    lines = vcard(CARD | {"name": "é" * 100}).split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    joined = "\r\n".join(lines).replace("\r\n ", "")
    assert f"FN:{'é' * 100}\r\n" in joined


def test_a_value_cannot_end_its_line() -> None:
    assert "\nBEGIN:EVIL" not in vcard(CARD | {"name": "A\r\nBEGIN:EVIL"})
