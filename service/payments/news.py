"""One event as Stripe tells it, in a webhook or in its list of events, and what it makes us do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from service.payments.objects import Json, flag, text, value

Kind = Literal["payment", "decline", "refund", "dispute", "account", "account_removed", "subscription"]

_EVENT_ID = re.compile(r"evt_\w{1,200}", re.ASCII)


@dataclass(frozen=True, repr=False)
class News:
    """A snapshot event. `account`: the connected account it happened on, None for the platform's own.

    `object`: the thing as it was when the event was made, in the version of whoever sent it. `raw`: the bytes to keep.
    """

    id: str
    type: str
    account: str | None
    livemode: bool
    object: Json
    raw: bytes


@dataclass(frozen=True)
class Effect:
    """What `backend.receive_stripe_event` is told."""

    kind: Kind
    fields: dict[str, Any]


def read_news(document: Any, raw: bytes, account: str | None = None) -> News | None:
    """The event in a decoded body, or None when it is none that we could use.

    Thin events carry no object, and we ask for none of them (https://docs.stripe.com/event-destinations#thin-events).
    `account` is the one whose list it came from; a list does not repeat it.
    """
    event_id, kind, thing = text(document, "id"), text(document, "type"), value(document, "data", "object")
    if value(document, "object") != "event" or not event_id or not _EVENT_ID.fullmatch(event_id):
        return None
    if not kind or not isinstance(thing, dict):
        return None
    return News(event_id, kind, account or text(document, "account"), flag(document, "livemode"), thing, raw)
