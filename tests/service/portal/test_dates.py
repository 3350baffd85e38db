"""Days are said in the company's zone, whatever the machine's."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from service.portal.dates import business_day_after, local_day, say_day


def test_a_day_is_said_as_people_say_it() -> None:
    assert say_day(date(2026, 11, 24)) == "Tue 24 Nov 2026"
    assert say_day(date(2027, 1, 3)) == "Sun 3 Jan 2027"


@pytest.mark.parametrize(
    ("zone", "day"),
    [("America/Denver", 23), ("UTC", 24), ("Pacific/Kiritimati", 24), ("Pacific/Pago_Pago", 23)],
)
def test_an_instant_falls_on_the_day_of_the_zone(zone: str, day: int) -> None:
    assert local_day(datetime(2026, 11, 24, 5, 30, tzinfo=UTC), zone) == date(2026, 11, day)


def test_the_day_of_a_change_of_clocks_has_no_gap() -> None:
    assert local_day(datetime(2026, 11, 1, 5, 59, tzinfo=UTC), "America/Denver") == date(2026, 10, 31)
    assert local_day(datetime(2026, 11, 2, 6, 59, tzinfo=UTC), "America/Denver") == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 11, 24), date(2026, 11, 30)),  # Tuesday to Monday
        (date(2026, 11, 23), date(2026, 11, 27)),  # Monday to Friday
        (date(2026, 11, 28), date(2026, 12, 3)),  # Saturday to Thursday
    ],
)
def test_weekends_are_no_business_days(start: date, end: date) -> None:
    assert business_day_after(start, 4) == end
