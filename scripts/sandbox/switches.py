"""The switches that make the sandbox misbehave as providers and networks do. All are off at first."""

import json
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

from scripts.sandbox.database import Database


class ApiFault(StrEnum):
    """How an API answers the next requests that create something (a text at Twilio; any POST at Stripe).

    "silent" requests get no answer for 15 seconds (longer than any client waits), then 504.
    """

    NONE = "none"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"
    SERVER_ERROR = "server_error"
    SERVER_ERROR_AFTER_ACCEPTING = "server_error_after_accepting"
    SILENT = "silent"
    SILENT_AFTER_ACCEPTING = "silent_after_accepting"


@dataclass(frozen=True)
class Switches:
    """All switches. Counts go down by one with each use; seconds may be fractions."""

    webhook_copies: int = 1
    """How many times each webhook is sent."""
    webhook_delay_seconds: float = 0.0
    """How long each webhook waits before it is sent."""
    webhook_shuffle_seconds: float = 0.0
    """Each webhook waits a random time up to this, so that they arrive out of order."""
    webhook_drops: int = 0
    """The next so many webhooks are never sent."""
    webhook_failures: int = 0
    """The next so many attempts fail as if the other side answered 503; retries follow the overrides."""
    status_step_seconds: float = 0.3
    """The time between accepted, sent and delivered."""
    hold_statuses: bool = False
    """Accepted texts stay queued: no status follows by itself."""
    answer_keywords: bool = True
    """STOP, START and HELP are answered, as Twilio does by default."""
    sign_fragment: bool = False
    """Sign the address with its fragment (#rc=...) instead of without."""
    api_fault: ApiFault = ApiFault.NONE
    api_faults: int = 0
    """How many more requests the fault strikes."""
    api_delay_seconds: float = 0.0
    """How long a request waits before the sandbox looks at it."""
    api_answer_delay_seconds: float = 0.0
    """How long the answer waits after a text was accepted."""
    stripe_api_fault: ApiFault = ApiFault.NONE
    stripe_api_faults: int = 0
    """How many more POSTs to Stripe's API the fault strikes."""


_LIMITS = {"webhook_copies": (1, 20)}
_TYPES = {field.name: field.type for field in fields(Switches)}


class SwitchBoard:
    """Keeps the switches in the database."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    @property
    def now(self) -> Switches:
        """The switches as they are."""
        stored = {row["name"]: json.loads(row["value"]) for row in self._database.rows("select * from switches")}
        return replace(Switches(), **_checked(stored))

    def change(self, changes: dict[str, Any]) -> Switches:
        """Set the named switches and return all; raises ValueError for an unknown name or a value out of bounds."""
        for name, value in _checked(changes).items():
            self._database.run("insert or replace into switches values (?, ?)", (name, json.dumps(value)))
        return self.now

    def use(self, counter: str) -> bool:
        """Take one from a counting switch; return whether there was one left."""
        left: int = getattr(self.now, counter)
        if left > 0:
            self.change({counter: left - 1})
        return left > 0

    def reset(self) -> None:
        """Turn everything off."""
        self._database.clear("switches")


def as_json(switches: Switches) -> dict[str, Any]:
    """Return the switches as the control API shows them."""
    return asdict(switches)


def _checked(changes: dict[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(changes) - set(_TYPES))
    if unknown:
        raise ValueError(f"no such switch: {', '.join(unknown)}")
    return {name: _checked_value(name, value) for name, value in changes.items()}


def _checked_value(name: str, value: Any) -> Any:
    wanted: Any = _TYPES[name]
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if wanted is ApiFault:
        return ApiFault(value)
    if type(value) is not wanted:
        raise ValueError(f"{name} must be {wanted.__name__}")
    low, high = _LIMITS.get(name, (0, 1_000_000))
    if not low <= value <= high:
        raise ValueError(f"{name} must be between {low} and {high}")
    return value
