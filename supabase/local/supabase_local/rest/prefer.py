"""The ``Prefer`` header (RFC 7240) with PostgREST's preferences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import available_timezones

from supabase_local.rest.errors import RestError

CHOICES: dict[str, tuple[str, ...]] = {
    "resolution": ("merge-duplicates", "ignore-duplicates"),
    "missing": ("default", "null"),
    "return": ("representation", "minimal", "headers-only"),
    "count": ("exact", "planned", "estimated"),
    # Ending the transaction otherwise than by committing is off on hosted Supabase, where tx= changes nothing.
    "tx": ("commit", "rollback"),
    "handling": ("strict", "lenient"),
}
APPLIED_ORDER = ("resolution", "missing", "return", "count", "handling", "timezone", "max-affected")


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the client prefers; each None when not said."""

    resolution: str | None = None
    missing: str | None = None
    returning: str | None = None
    count: str | None = None
    handling: str | None = None
    timezone: str | None = None
    max_affected: int | None = None

    def applied(self, *names: str) -> str | None:
        """Return the ``Preference-Applied`` header for those of the named preferences that were given."""
        values = {
            "resolution": self.resolution,
            "missing": self.missing,
            "return": self.returning,
            "count": self.count,
            "handling": self.handling,
            "timezone": self.timezone,
            "max-affected": self.limit_affected,
        }
        parts = [f"{name}={values[name]}" for name in APPLIED_ORDER if name in names and values[name] is not None]
        return ", ".join(parts) or None

    @property
    def limit_affected(self) -> int | None:
        """The largest number of rows that a change may touch: only with ``handling=strict``."""
        return self.max_affected if self.handling == "strict" else None


def parse_preferences(headers: Iterable[str]) -> Preferences:
    """Read all ``Prefer`` headers; the first of a kind counts. Raises PGRST122 with ``handling=strict``."""
    chosen: dict[str, str] = {}
    invalid: list[str] = []
    for preference in (part.strip() for header in headers for part in header.split(",")):
        name, _, value = preference.partition("=")
        if _acceptable(name, value):
            chosen.setdefault(name, value)
        elif preference:
            invalid.append(preference)
    if invalid and chosen.get("handling") == "strict":
        details = "Invalid preferences: " + ", ".join(invalid)
        raise RestError(400, "PGRST122", "Invalid preferences given with handling=strict", details)
    return Preferences(
        resolution=chosen.get("resolution"),
        missing=chosen.get("missing"),
        returning=chosen.get("return"),
        count=chosen.get("count"),
        handling=chosen.get("handling"),
        timezone=chosen.get("timezone"),
        max_affected=int(chosen["max-affected"]) if "max-affected" in chosen else None,
    )


def _acceptable(name: str, value: str) -> bool:
    if name == "timezone":
        return value in _timezones()
    if name == "max-affected":
        return value.isascii() and value.isdigit() and len(value) < 19
    return value in CHOICES.get(name, ())


@lru_cache(maxsize=1)
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())
