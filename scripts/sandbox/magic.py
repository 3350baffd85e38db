"""Customers' numbers that fail in a way of their own, by their last four digits.

Those that are refused end as the numbers of Twilio's own test credentials do.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fate:
    """What happens to a text to such a number: refused with `code` at once, or accepted and ended in `final_status`."""

    code: int
    meaning: str
    final_status: str | None = None


MAGIC = {
    "0001": Fate(21211, "not a phone number: refused"),
    "0002": Fate(21612, "cannot be reached from this number: refused"),
    "0003": Fate(21408, "in a country without permission: refused"),
    "0004": Fate(21610, "opted out: refused"),
    "0009": Fate(21614, "cannot receive texts: refused"),
    "0005": Fate(30003, "phone switched off: accepted, then undelivered", "undelivered"),
    "0006": Fate(30006, "landline: accepted, then undelivered", "undelivered"),
    "0007": Fate(30007, "filtered by the carrier: accepted, then undelivered", "undelivered"),
    "0008": Fate(30008, "unknown error: accepted, then failed", "failed"),
    "0034": Fate(30034, "company's number not registered: accepted, then undelivered", "undelivered"),
}


def fate_of(number: str) -> Fate | None:
    """Return what happens to texts to `number`, or None for a phone that works."""
    return MAGIC.get(number[-4:])
