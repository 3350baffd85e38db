"""Telephone numbers as people type them, for a country. Source of the rules: libphonenumber."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from service.contacts.problems import BadCell

MOST_CHARACTERS = 64

TYPES = {
    "mobile": ("mobile", "cell", "cellular", "cellphone", "handy", "iphone"),
    "home": ("home", "landline", "house", "private"),
    "work": ("work", "business", "office", "company", "main"),
    "other": ("other", "fax", "pager", "alternate", "custom"),
}
"""The kinds of number that a contact may have, and the words that people use for them."""


@dataclass(frozen=True)
class Phone:
    """A number as the database keeps it; `e164` is None for what is no number: kept as typed, never dropped."""

    e164: str | None
    raw: str
    extension: str | None
    type: str | None

    def as_json(self) -> dict[str, Any]:
        return {"e164": self.e164, "raw": self.raw, "extension": self.extension, "type": self.type}


def read_number(raw: str, country: str, kind: str | None = None) -> Phone:
    """Read one number; `country` (two letters) is where numbers without a country code are from.

    Raises BadCell for a text that is longer than any number.
    """
    if len(raw) > MOST_CHARACTERS:
        raise BadCell("phone_too_long", f"A telephone number has at most {MOST_CHARACTERS} characters.")
    try:
        number = phonenumbers.parse(raw, country)
    except NumberParseException:
        return Phone(None, raw, None, kind)
    if not phonenumbers.is_valid_number(number):
        return Phone(None, raw, None, kind)
    extension = (number.extension or "")[:12] or None
    return Phone(phonenumbers.format_number(number, PhoneNumberFormat.E164), raw, extension, kind)


def phone_type(words: str) -> str | None:
    """Return the kind of number that a heading or a cell speaks of, or None when it does not say."""
    said = words.lower().replace("-", " ").replace("_", " ").split()
    return next((kind for kind, names in TYPES.items() if any(name in said for name in names)), None)
