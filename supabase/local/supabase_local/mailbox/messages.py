"""Caught mails in the JSON shapes of Mailpit's API, which the official CLI's stack has on this port."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from typing import Any

from supabase_local.mailbox.headers import header, header_values, people, printable
from supabase_local.mailbox.store import Mail, part

_SNIPPET = 250


def summary(mail: Mail) -> dict[str, Any]:
    """Return what lists show of a mail."""
    message = mail.message
    return {
        "ID": mail.id,
        "MessageID": header(message, "Message-ID").strip("<>"),
        "Read": mail.read,
        **_addresses(message),
        "Subject": header(message, "Subject"),
        "Created": mail.created.isoformat().replace("+00:00", "Z"),
        "Username": "",
        "Tags": [],
        "Size": len(mail.raw),
        "Attachments": len(attachments(message)),
        "Snippet": " ".join(part(message, "plain").split())[:_SNIPPET],
    }


def detail(mail: Mail) -> dict[str, Any]:
    """Return the whole mail."""
    message = mail.message
    files = attachments(message)
    return {
        "ID": mail.id,
        "MessageID": header(message, "Message-ID").strip("<>"),
        **_addresses(message),
        "ReturnPath": header(message, "Return-Path").strip("<>"),
        "Subject": header(message, "Subject"),
        "ListUnsubscribe": {"Header": "", "Links": [], "Errors": "", "HeaderPost": ""},
        "Date": mail.created.isoformat().replace("+00:00", "Z"),
        "Tags": [],
        "Username": "",
        "Text": part(message, "plain"),
        "HTML": part(message, "html"),
        "Size": len(mail.raw),
        "Inline": [file for file in files if file["ContentID"]],
        "Attachments": [file for file in files if not file["ContentID"]],
    }


def headers(mail: Mail) -> dict[str, list[str]]:
    """Return every header with its values."""
    message = mail.message
    return {name: header_values(message, name) for name in dict.fromkeys(message.keys())}


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
    sender = people(message, "From")
    return {
        "From": sender[0] if sender else {"Name": "", "Address": ""},
        "To": people(message, "To"),
        "Cc": people(message, "Cc"),
        "Bcc": people(message, "Bcc"),
        "ReplyTo": people(message, "Reply-To"),
    }


def attachments(message: EmailMessage) -> list[dict[str, Any]]:
    """Return the files that came with a mail; those with a ``ContentID`` are shown inside its HTML."""
    return [
        {
            "PartID": number,
            "FileName": printable(file.get_filename() or ""),
            "ContentType": file.get_content_type(),
            "ContentID": header(file, "Content-ID").strip("<>"),
            "Size": len(content_of(file)),
        }
        for number, file in _files(message)
    ]


def attachment(mail: Mail, part_id: str) -> EmailMessage | None:
    """Return one file of a mail by its ``PartID``."""
    return dict(_files(mail.message)).get(part_id)


def content_of(file: EmailMessage) -> bytes:
    """Return what a file contains; of an attached mail, its source."""
    if file.is_multipart():
        return b"".join(inner.as_bytes() for inner in file.iter_parts())
    return bytes(file.get_payload(decode=True) or b"")


def _files(message: EmailMessage) -> Iterator[tuple[str, EmailMessage]]:
    if message.is_multipart():
        for number, file in enumerate(message.iter_attachments(), start=2):
            yield str(number), file
