"""Cells of dates, amounts, choices and countries, read as people write them. All raise BadCell."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from phonenumbers import SUPPORTED_REGIONS

from service.contacts.problems import BadCell

CONTACT_TYPES = {
    "lead": ("lead", "prospect", "potential"),
    "customer": ("customer", "client", "kunde", "cliente"),
    "vendor": ("vendor", "supplier"),
    "partner": ("partner", "subcontractor"),
}

_MONTH_FIRST = {"US", "PH", "PR", "GU", "VI", "AS", "MP"}
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y")
_MONTH_FIRST_DATES = ("%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y")
_DAY_FIRST_DATES = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y")
_YES = {"yes", "y", "true", "t", "1", "x", "on"}
_NO = {"no", "n", "false", "f", "0", "off"}

_COUNTRY_NAMES = {
    "united states": "US", "united states of america": "US", "usa": "US", "u.s.": "US", "u.s.a.": "US", "america": "US",
    "canada": "CA", "mexico": "MX", "méxico": "MX", "united kingdom": "GB", "uk": "GB", "great britain": "GB",
    "england": "GB", "scotland": "GB", "wales": "GB", "ireland": "IE", "germany": "DE", "deutschland": "DE",
    "austria": "AT", "österreich": "AT", "switzerland": "CH", "schweiz": "CH", "france": "FR", "spain": "ES",
    "españa": "ES", "italy": "IT", "italia": "IT", "portugal": "PT", "netherlands": "NL", "belgium": "BE",
    "denmark": "DK", "sweden": "SE", "norway": "NO", "finland": "FI", "poland": "PL", "australia": "AU",
    "new zealand": "NZ", "south africa": "ZA", "india": "IN", "puerto rico": "PR", "philippines": "PH",
}  # fmt: skip


def read_contact_type(text: str) -> str:
    """Return lead, customer, vendor or partner."""
    word = text.lower().removesuffix("s")
    for kind, words in CONTACT_TYPES.items():
        if word in words:
            return kind
    raise BadCell("unknown_type", "Write lead, customer, vendor or partner.")


def read_date(text: str, country: str) -> str:
    """Return the day as ISO 8601; 3/4/2026 is read as people in `country` do."""
    ambiguous = _MONTH_FIRST_DATES if country in _MONTH_FIRST else _DAY_FIRST_DATES
    day = re.sub(r"[T ]\d{1,2}:\d{2}.*$", "", text)  # spreadsheets add a midnight
    for form in (*_DATES, *ambiguous):
        try:
            return datetime.datetime.strptime(day, form).date().isoformat()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    raise BadCell("bad_date", "Write the date as 2026-11-24.")


def read_amount(text: str) -> float | int:
    """Return a number; a comma before exactly three last digits, or before a point, parts thousands, else decimals."""
    digits = re.sub(r"[\s$€£%']", "", text)
    if "," in digits and "." in digits:
        thousands = "," if digits.rindex(",") < digits.rindex(".") else "."
        digits = digits.replace(thousands, "")
    elif re.fullmatch(r"-?\d{1,3}(,\d{3})+", digits):
        digits = digits.replace(",", "")
    digits = digits.replace(",", ".")
    if re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", digits) is None:
        raise BadCell("bad_number", "Write a number, such as 1250.50.")
    return float(digits) if "." in digits else int(digits)


def read_yes_or_no(text: str) -> bool:
    """Return whether the cell says yes."""
    word = text.lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadCell("bad_boolean", "Write yes or no.")


def read_choice(text: str, options: Iterable[str]) -> str:
    """Return the option as the company wrote it."""
    for option in options:
        if option.casefold() == text.casefold():
            return option
    raise BadCell("unknown_choice", f"Write one of: {', '.join(options)}.")


def read_country(text: str) -> str:
    """Return the two letters of ISO 3166."""
    code = text.upper() if len(text) == 2 else _COUNTRY_NAMES.get(text.lower(), "")
    if code not in SUPPORTED_REGIONS and code not in _COUNTRY_NAMES.values():
        raise BadCell("unknown_country", "Write the country as two letters, such as US.")
    return code
