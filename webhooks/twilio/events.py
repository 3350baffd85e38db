"""What a signed request says, in the shape that `backend.receive_twilio_event` takes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["sms", "status", "unusable"]


class UnusableRequest(Exception):  # noqa: N818 - it is the request that is unusable, and nothing went wrong
    """Signed, and not what Twilio documents. `reason` is shown to a person; it quotes nothing of the request."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, repr=False)
class Event:
    """One thing that happened, with the key under which it happens once for its company."""

    kind: Kind
    key: str
    fields: dict[str, Any]


def unusable_event(kind: str, reason: str, raw: bytes) -> Event:
    """The event of a request that cannot be used: kept under its own bytes, so that its repeats are one row."""
    digest = hashlib.sha256(raw).hexdigest()
    return Event("unusable", f"unusable:{digest}", {"reason": reason, "kind": kind})
