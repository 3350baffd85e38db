"""Billing periods: calendar months counted from an anchor, so that the 31st stays the 31st where there is one."""

import calendar
from datetime import UTC, datetime


def month_after(anchor: int, at: int) -> int:
    """Return the first time after `at` that lies whole months after `anchor` (Unix seconds)."""
    months = 1
    while (found := _add_months(anchor, months)) <= at:
        months += 1
    return found


def _add_months(anchor: int, months: int) -> int:
    start = datetime.fromtimestamp(anchor, UTC)
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return int(start.replace(year=year, month=month + 1, day=day).timestamp())
