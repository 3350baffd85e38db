"""Reads Twilio's fields of an inbound text and of a delivery status.

Only the shape is checked here. Whose number it is, what a keyword means and whether a contact is made, the database
decides. https://www.twilio.com/docs/messaging/guides/webhook-request
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from webhooks.twilio.events import Event, UnusableRequest
from webhooks.twilio.form import Form, clean

LONGEST_BODY = 1600
"""Characters; Twilio's own limit for one message of any number of segments."""

MOST_MEDIA = 10
_MOST_SEGMENTS = 100
_LONGEST_FIELD = 64
_LONGEST_MEDIA_FIELD = 2000

_MESSAGE_SID = re.compile(r"(SM|MM)[0-9A-Za-z]{1,32}")
_STATUSES = frozenset(
    {"accepted", "scheduled", "queued", "sending", "sent", "delivered", "undelivered", "failed", "canceled", "read"}
) | {"receiving", "received"}
_OPT_OUT_TYPES = frozenset({"STOP", "START", "HELP"})


def parse_sms(form: Form) -> Event:
    """An inbound text. Raises UnusableRequest."""
    sid = _sid(form)
    body = clean(form.get("Body", ""))
    if len(body) > LONGEST_BODY:
        raise UnusableRequest("the text is longer than a text message can be")
    fields = {
        "sid": sid,
        "from": _required(form, "From"),
        "to": _required(form, "To"),
        "body": body,
        "segments": _number(form, "NumSegments", least=1, most=_MOST_SEGMENTS) or 1,
        "media": _media(form),
    }
    opt_out_type = clean(form.get("OptOutType", "")).upper()
    if opt_out_type in _OPT_OUT_TYPES:
        fields["opt_out_type"] = opt_out_type
    return Event("sms", f"sms:{sid}", fields)


def parse_status(form: Form, message: str | None) -> Event:
    """A delivery status; `message` is our own id from the signed address. Raises UnusableRequest."""
    sid = _sid(form)
    status = _required(form, "MessageStatus", "SmsStatus").lower()
    if status not in _STATUSES:
        raise UnusableRequest("the status is none that we know")
    fields: dict[str, Any] = {
        "sid": sid,
        "status": status,
        "error_code": _number(form, "ErrorCode", least=1, most=999_999),
        "message": _uuid(message),
    }
    for name, key in (("From", "from"), ("To", "to")):
        if text := _optional(form, name):
            fields[key] = text
    return Event("status", f"status:{sid}:{status}", fields)


def _sid(form: Form) -> str:
    """Older numbers still send `SmsSid` and `SmsMessageSid`, with the same value."""
    sid = _required(form, "MessageSid", "SmsSid", "SmsMessageSid")
    if not _MESSAGE_SID.fullmatch(sid):
        raise UnusableRequest("the message id is not one of Twilio's")
    return sid


def _required(form: Form, *names: str) -> str:
    for name in names:
        if text := _optional(form, name):
            return text
    raise UnusableRequest(f"the field {names[0]} is missing")


def _optional(form: Form, name: str) -> str:
    text = clean(form.get(name, "")).strip()
    if len(text) > _LONGEST_FIELD:
        raise UnusableRequest(f"the field {name} is too long")
    return text


def _number(form: Form, name: str, *, least: int, most: int) -> int | None:
    """A whole number in ASCII digits within the bounds; None for anything else."""
    text = form.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        return None
    return int(text) if least <= int(text) <= most else None


def _media(form: Form) -> list[dict[str, str]]:
    """The attachments as noted by Twilio: `NumMedia`, then `MediaUrl0`, `MediaContentType0`, ... Nothing is fetched."""
    count = _number(form, "NumMedia", least=0, most=MOST_MEDIA) or 0
    return [item for item in (_medium(form, index) for index in range(count)) if item]


def _medium(form: Form, index: int) -> dict[str, str] | None:
    url = clean(form.get(f"MediaUrl{index}", "")).strip()
    if not url or len(url) > _LONGEST_MEDIA_FIELD:
        return None
    content_type = clean(form.get(f"MediaContentType{index}", "")).strip()[:_LONGEST_FIELD]
    sid = url.rpartition("/")[2]
    item = {"content_type": content_type, "url": url}
    return {"sid": sid, **item} if re.fullmatch(r"ME[0-9a-fA-F]{32}", sid) else item


def _uuid(text: str | None) -> str | None:
    try:
        return str(UUID(text)) if text else None
    except ValueError:
        return None
