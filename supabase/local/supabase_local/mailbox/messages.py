"""Caught mails in the JSON shapes of Mailpit's API, which the official CLI's stack has on this port."""

from __future__ import annotations

from collections.abc import Iterable
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from typing import Any

from supabase_local.mailbox.store import Mail, part

_SNIPPET = 250


def summary(mail: Mail) -> dict[str, Any]:
    """Return what lists show of a mail."""
    message = mail.message
    return {
        "ID": mail.id,
        "MessageID": str(message.get("Message-ID", "")).strip("<>"),
        "Read": mail.read,
        **_addresses(message),
        "Subject": str(message.get("Subject", "")),
        "Created": mail.created.isoformat().replace("+00:00", "Z"),
        "Username": "",
        "Tags": [],
        "Size": len(mail.raw),
        "Attachments": len(_attachments(message)),
        "Snippet": " ".join(part(message, "plain").split())[:_SNIPPET],
    }


def detail(mail: Mail) -> dict[str, Any]:
    """Return the whole mail."""
    message = mail.message
    return {
        "ID": mail.id,
        "MessageID": str(message.get("Message-ID", "")).strip("<>"),
        **_addresses(message),
        "ReturnPath": "",
        "Subject": str(message.get("Subject", "")),
        "ListUnsubscribe": {"Header": "", "Links": [], "Errors": "", "HeaderPost": ""},
        "Date": mail.created.isoformat().replace("+00:00", "Z"),
        "Tags": [],
        "Username": "",
        "Text": part(message, "plain"),
        "HTML": part(message, "html"),
        "Size": len(mail.raw),
        "Inline": [],
        "Attachments": _attachments(message),
    }


def headers(mail: Mail) -> dict[str, list[str]]:
    """Return every header with its values."""
    message = mail.message
    return {name: [str(value) for value in message.get_all(name, [])] for name in dict.fromkeys(message.keys())}


def page(mails: Iterable[Mail], *, total: int, matching: int, unread: int, start: int) -> dict[str, Any]:
    """Return the answer of a list or a search."""
    messages = [summary(mail) for mail in mails]
    return {
        "total": total,
        "unread": unread,
        "count": len(messages),
        "messages_count": matching,
        "messages_unread": unread,
        "start": start,
        "tags": [],
        "messages": messages,
    }


def _addresses(message: EmailMessage) -> dict[str, Any]:
    sender = _people(message, "From")
    return {
        "From": sender[0] if sender else {"Name": "", "Address": ""},
        "To": _people(message, "To"),
        "Cc": _people(message, "Cc"),
        "Bcc": _people(message, "Bcc"),
        "ReplyTo": _people(message, "Reply-To"),
    }


def _people(message: EmailMessage, header: str) -> list[dict[str, str]]:
    value = message.get(header)
    if not isinstance(value, AddressHeader):
        return []
    return [{"Name": address.display_name, "Address": address.addr_spec} for address in value.addresses]


def _attachments(message: EmailMessage) -> list[dict[str, Any]]:
    """Return the attachments: their content can be had from the raw message only."""
    return [
        {
            "PartID": str(number),
            "FileName": attached.get_filename() or "",
            "ContentType": attached.get_content_type(),
            "ContentID": "",
            "Size": len(attached.get_payload(decode=True) or b""),
        }
        for number, attached in enumerate(message.iter_attachments(), start=2)
    ]
