"""Twilio's connection overrides: what the fragment of a webhook address asks for (`#rc=5&rp=all`)."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag

import httpx

_MOST_RETRIES = 5


@dataclass(frozen=True)
class Overrides:
    """How often a webhook is tried again, after which failures (4xx, 5xx, ct, rt, all), and how long it may take.

    Twilio's defaults: one retry, after a failed connection only; 5 s to connect, 15 s to read, 15 s in all.
    """

    retries: int = 1
    policies: frozenset[str] = frozenset({"ct"})
    connect_seconds: float = 5.0
    read_seconds: float = 15.0
    total_seconds: float = 15.0

    def retries_after(self, failure: str) -> bool:
        """Whether `failure` (a policy name other than all) is tried again."""
        return "all" in self.policies or failure in self.policies


def overrides_of(url: str) -> Overrides:
    """Read the overrides from an address; values that cannot be read keep their defaults, as Twilio does."""
    given = dict(parse_qsl(urldefrag(url).fragment))
    default = Overrides()
    return Overrides(
        retries=min(int(given["rc"]), _MOST_RETRIES) if given.get("rc", "").isdecimal() else default.retries,
        policies=frozenset(given["rp"].split(",")) if "rp" in given else default.policies,
        connect_seconds=_seconds(given.get("ct"), default.connect_seconds),
        read_seconds=_seconds(given.get("rt"), default.read_seconds),
        total_seconds=_seconds(given.get("tt"), default.total_seconds),
    )


def failure_of(outcome: httpx.Response | httpx.HTTPError) -> str | None:
    """Name the policy that an outcome falls under, or None when it is a success."""
    if isinstance(outcome, httpx.Response):
        return None if outcome.status_code < 400 else f"{outcome.status_code // 100}xx"
    return "ct" if isinstance(outcome, httpx.ConnectError | httpx.ConnectTimeout) else "rt"


def _seconds(milliseconds: str | None, default: float) -> float:
    return int(milliseconds) / 1000 if milliseconds and milliseconds.isdecimal() else default
