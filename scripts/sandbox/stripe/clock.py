"""The sandbox's time, which tests can move forward, and what is due at a later time."""

import time
from dataclasses import dataclass

from scripts.sandbox.database import Database
from scripts.sandbox.stripe.settings import Settings

MINUTE, HOUR, DAY = 60, 3600, 86400


class Clock:
    """Real time plus an offset that only grows."""

    def __init__(self, settings: Settings) -> None:
        """Keep the offset in `settings`."""
        self._settings = settings

    def now(self) -> int:
        """Return the time in Unix seconds."""
        return self.from_real(self.real())

    def real(self) -> int:
        """Return the real time, in which those who call the API still live."""
        return int(time.time())

    def from_real(self, at: int) -> int:
        """Return a real time as the sandbox's clock shows it: "in one hour" stays in one hour after it was moved."""
        return at + self._settings.clock_offset

    def move_to(self, at: int) -> None:
        """Make it `at`; a time in the past changes nothing."""
        ahead = at - self.now()
        if ahead > 0:
            self._settings.set("clock_offset", self._settings.clock_offset + ahead)


@dataclass(frozen=True)
class Timer:
    """Something due `at` a time: `kind` says what, `subject` is the id of an object of `account`."""

    position: int
    at: int
    kind: str
    account: str
    subject: str


class Agenda:
    """Keeps the timers."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    def add(self, at: int, kind: str, account: str, subject: str) -> None:
        """Note something for later."""
        statement = "insert into stripe_timers (at, kind, account, subject) values (?, ?, ?, ?)"
        self._database.run(statement, (at, kind, account, subject))

    def take_due(self, until: int) -> Timer | None:
        """Remove and return the earliest timer due by `until`, or None."""
        row = self._database.row("select * from stripe_timers where at <= ? order by at, position limit 1", (until,))
        if row is None:
            return None
        self._database.run("delete from stripe_timers where position = ?", (row["position"],))
        return Timer(**row)

    def forget(self, subject: str, kind: str) -> None:
        """Drop the timers of one kind for an object."""
        self._database.run("delete from stripe_timers where subject = ? and kind = ?", (subject, kind))
