"""Days as people say them, in the company's own time zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SATURDAY = 5


def say_day(day: date) -> str:
    """`Tue 24 Nov 2026`, whatever the language of the machine."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def local_day(instant: datetime, timezone: str) -> date:
    """The day on which an instant fell in a zone (IANA name)."""
    return instant.astimezone(ZoneInfo(timezone)).date()


def business_day_after(day: date, count: int) -> date:
    """The `count`-th day after `day` that is no Saturday or Sunday; banks' holidays are not known here."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
