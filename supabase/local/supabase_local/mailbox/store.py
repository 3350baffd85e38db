"""Where caught mails are kept: one SQLite file in the data folder, so that they survive a restart."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from supabase_local.context import Stack
from supabase_local.mailbox.headers import header, header_values, printable

_SCHEMA = """
create table if not exists mails (
  number integer primary key autoincrement,
  id text not null unique,
  created text not null,
  sender text not null,
  recipients text not null,
  subject text not null,
  content text not null,
  read integer not null default 0,
  raw blob not null
)
"""
_INSERT = """
insert into mails (id, created, sender, recipients, subject, content, raw) values (?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True)
class Mail:
    """A caught mail. ``raw`` is the whole message as bytes."""

    id: str
    created: datetime
    read: bool
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The parsed message."""
        return message_from_bytes(self.raw, policy=SMTP)


@dataclass(frozen=True)
class Criterion:
    """One part of a search: ``column`` (None: any) contains ``text``, whatever the case."""

    column: str | None
    text: str


class Mailbox:
    """The mails in one file. Every call opens the file anew, so any thread may call."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, message: EmailMessage) -> str:
        """Keep a mail of the stack's own and return its id."""
        return self.add_raw(message.as_bytes(policy=SMTP))

    def add_raw(self, raw: bytes) -> str:
        """Keep a mail exactly as it was sent and return its id."""
        message = message_from_bytes(raw, policy=SMTP)
        mail_id = secrets.token_hex(11)
        values = (
            mail_id,
            datetime.now(UTC).isoformat(),
            header(message, "From"),
            ", ".join(value for name in ("To", "Cc", "Bcc") for value in header_values(message, name)),
            header(message, "Subject"),
            part(message, "plain"),
            raw,
        )
        with self._open() as connection:
            connection.execute(_INSERT, values)
        return mail_id

    def search(self, criteria: list[Criterion], *, start: int, limit: int) -> tuple[list[Mail], int]:
        """Return one page of the mails that meet all criteria, newest first, and the number of all that do."""
        condition, values = _condition(criteria)
        with self._open() as connection:
            total = connection.execute(f"select count(*) from mails where {condition}", values).fetchone()[0]  # noqa: S608
            rows = connection.execute(
                f"select id, created, read, raw from mails where {condition} order by number desc limit ? offset ?",  # noqa: S608
                (*values, limit, start),
            ).fetchall()
        return [_mail(row) for row in rows], int(total)

    def find(self, mail_id: str) -> Mail | None:
        """Return a mail by its id, or the newest one for the id ``latest``."""
        condition = "? = 'latest' or id = ? order by number desc limit 1"
        with self._open() as connection:
            row = connection.execute(
                f"select id, created, read, raw from mails where {condition}",  # noqa: S608
                (mail_id, mail_id),
            ).fetchone()
        return _mail(row) if row else None

    def unread(self) -> int:
        """Return how many mails nobody has opened."""
        with self._open() as connection:
            return int(connection.execute("select count(*) from mails where not read").fetchone()[0])

    def mark(self, mail_ids: list[str] | None, *, read: bool) -> None:
        """Mark mails (None: all of them) as read or unread."""
        with self._open() as connection:
            for condition, values in _selection(mail_ids):
                connection.execute(f"update mails set read = ? where {condition}", (int(read), *values))  # noqa: S608

    def delete(self, mail_ids: list[str] | None) -> None:
        """Delete mails (None: all of them)."""
        with self._open() as connection:
            for condition, values in _selection(mail_ids):
                connection.execute(f"delete from mails where {condition}", values)  # noqa: S608

    def delete_matching(self, criteria: list[Criterion]) -> None:
        """Delete the mails that meet all criteria."""
        condition, values = _condition(criteria)
        with self._open() as connection:
            connection.execute(f"delete from mails where {condition}", values)  # noqa: S608

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path)) as connection, connection:
            connection.execute(_SCHEMA)
            yield connection


def mailbox_of(stack: Stack) -> Mailbox:
    """Return the mailbox of a stack."""
    return Mailbox(stack.data_directory / "mailbox.sqlite3")


def part(message: EmailMessage, subtype: str) -> str:
    """Return the message's ``plain`` or ``html`` body, ``""`` when it has none."""
    body = message.get_body((subtype,))
    if body is None:
        return ""
    try:
        return printable(str(body.get_content()))
    except LookupError:  # A charset that nobody knows: show what can be read of it.
        return bytes(body.get_payload(decode=True) or b"").decode(errors="replace")


def _condition(criteria: list[Criterion]) -> tuple[str, list[Any]]:
    columns = ("sender", "recipients", "subject", "content")
    parts, values = ["1"], []
    for criterion in criteria:
        names = (criterion.column,) if criterion.column in columns else columns
        parts.append("(" + " or ".join(f"instr(lower({name}), lower(?)) > 0" for name in names) + ")")
        values += [criterion.text] * len(names)
    return " and ".join(parts), values


def _selection(mail_ids: list[str] | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    if mail_ids is None:
        yield "1", ()
    for mail_id in mail_ids or []:
        yield "id = ?", (mail_id,)


def _mail(row: tuple[str, str, int, bytes]) -> Mail:
    return Mail(row[0], datetime.fromisoformat(row[1]), bool(row[2]), row[3])
