"""Amounts of money as people read and write them. Amounts are whole minor units (cents); no floating point anywhere.

PostgreSQL is the authority for totals; what is computed here equals it, rounding half away from zero. The cases that
SQL, Python and the browser share are in `tests/vectors/money.json`.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

SYMBOLS = {"USD": "$", "CAD": "CA$", "AUD": "A$", "NZD": "NZ$", "MXN": "MX$", "EUR": "€", "GBP": "£", "INR": "₹"}
"""As browsers write them in en-US (`Intl.NumberFormat`); every other currency stands before the amount by its code."""

CENT = Decimal("0.01")
NO_BREAK_SPACE = "\u00a0"

_WRITTEN = re.compile(r"(?:\$\s*)?(?=\.?[0-9])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{0,12})(?:\.([0-9]{0,2}))?")


def format_money(cents: int, currency: str) -> str:
    """`-$1,234.56`; `currency` is an ISO 4217 code of a currency with two decimals."""
    code = currency.strip()
    symbol = SYMBOLS.get(code, f"{code}{NO_BREAK_SPACE}")
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{symbol}{whole:,}.{rest:02}"


def round_cents(major: Decimal) -> int:
    """Major units (`19.995`) as cents, half away from zero."""
    return int(major.quantize(CENT, ROUND_HALF_UP).scaleb(2))


def line_total(quantity: Decimal, unit_price: Decimal) -> int:
    """The cents of one line: quantity times unit price in major units, rounded once."""
    return round_cents(quantity * unit_price)


def parse_money(text: str) -> int | None:
    """The cents of an amount that somebody typed (`1,234.50`, `$50`); None for everything that can be misread."""
    written = _WRITTEN.fullmatch(text.strip())
    if written is None:
        return None
    whole, decimals = written[1].replace(",", ""), (written[2] or "").ljust(2, "0")
    return int(whole or 0) * 100 + int(decimals)


def plain_number(value: Decimal) -> str:
    """A quantity or price without superfluous zeros: `2.500` is `2.5`, `100.000` is `100`."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_unit_price(major: Decimal, currency: str) -> str:
    """A price of one unit, which may have up to four decimals: `$19.99`, `$0.0525`."""
    cents = round_cents(major)
    text = format_money(cents, currency)
    decimals = plain_number(major).partition(".")[2]
    return text if len(decimals) <= 2 else f"{format_money(int(major) * 100, currency)[:-2]}{decimals}"
