"""What a cell looks like: an e-mail address, a telephone number. Guesses, for proposals; never a check."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_NUMBER = re.compile(r"'?\+?[\d\s().\-/]{7,24}(?:(?:x|ext\.?)\s*\d{1,6})?", re.IGNORECASE)
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


def looks_like_address(cell: str) -> bool:
    """Whether the cell is one e-mail address."""
    return _ADDRESS.fullmatch(cell.strip()) is not None


def looks_like_number(cell: str) -> bool:
    """Whether the cell is one telephone number of at least seven digits, and no date."""
    text = cell.strip()
    if _DATE.fullmatch(text) or _NUMBER.fullmatch(text) is None:
        return False
    return sum(character.isdigit() for character in text) >= 7
