"""What an invitation's mail says, as plain text and as a small page."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo


class Words(NamedTuple):
    """A mail without its address."""

    subject: str
    text: str
    html: str


def invitation_words(invitation: dict[str, Any], url: str) -> Words:
    """The mail of an invitation as `backend.create_invitation` describes it: `{company, inviter, display_name,
    expires_at (ISO 8601), timezone}`."""
    company, name = _line(invitation["company"]), _line(invitation["display_name"])
    inviter = _line(invitation.get("inviter") or "") or company
    until = _day(invitation["expires_at"], invitation.get("timezone") or "UTC")
    opening = f"{inviter} invites you to work with {company} in FieldLite."
    ending = f"The link is yours alone, works once, and ends on {until}."
    unexpected = "If you do not know who sent this, you need not do anything."
    text = f"Hello {name},\n\n{opening} Open this link to accept:\n\n{url}\n\n{ending}\n{unexpected}\n"
    html = (
        f"<p>Hello {escape(name)},</p>\n<p>{escape(opening)}</p>\n"
        f'<p><a href="{escape(url)}">Accept the invitation</a></p>\n'
        f"<p>{escape(ending)}<br>{escape(unexpected)}</p>\n"
    )
    return Words(f"{inviter} invites you to {company}", text, html)


def _line(words: str) -> str:
    """One line: a subject must not hold another."""
    return " ".join(words.split())


def _day(instant: str, zone: str) -> str:
    at = datetime.fromisoformat(instant).astimezone(ZoneInfo(zone))
    return f"{at:%A}, {at.day} {at:%B %Y}"
