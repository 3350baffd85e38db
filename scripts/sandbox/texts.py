"""The texts that went through the sandbox, and who opted out of which number."""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from scripts.sandbox.database import Database
from scripts.sandbox.segments import count_segments

INBOUND = "inbound"
OUTBOUND_API = "outbound-api"
OUTBOUND_REPLY = "outbound-reply"
ON_THE_PHONE = ("received", "sent", "delivered")
"""Statuses in which a person sees the text on the phone."""
SETTLED = ("received", "delivered", "undelivered", "failed")


@dataclass(frozen=True)
class Text:
    """One text. `media` is a list of {url, content_type}; times are ISO 8601 in UTC."""

    position: int
    sid: str
    account_sid: str
    direction: str
    from_number: str
    to_number: str
    body: str
    media: list[dict[str, str]]
    segments: int
    status: str
    error_code: int | None
    status_callback: str
    created_at: str
    updated_at: str


class Texts:
    """Reads and changes texts and opt-outs."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    def add(
        self,
        *,
        account_sid: str,
        direction: str,
        from_number: str,
        to_number: str,
        body: str,
        status: str,
        media: list[dict[str, str]] | None = None,
        status_callback: str = "",
    ) -> Text:
        """Store a new text under a new SID and return it."""
        sid = ("MM" if media else "SM") + secrets.token_hex(16)
        now = _now()
        what = (sid, account_sid, direction, from_number, to_number, body, json.dumps(media or []))
        self._database.run(
            "insert into texts (sid, account_sid, direction, from_number, to_number, body, media, segments, status,"
            " status_callback, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*what, count_segments(body), status, status_callback, now, now),
        )
        return self.find(sid)

    def find(self, sid: str) -> Text:
        """Return a text; raises KeyError when there is none."""
        row = self._database.row("select * from texts where sid = ?", (sid,))
        if row is None:
            raise KeyError(sid)
        return _text(row)

    def change_status(self, sid: str, status: str, error_code: int | None = None) -> Text:
        """Set a text's status and return the text."""
        statement = "update texts set status = ?, error_code = ?, updated_at = ? where sid = ?"
        self._database.run(statement, (status, error_code, _now(), sid))
        return self.find(sid)

    def of_account(self, account_sid: str, from_number: str | None, to_number: str | None) -> list[Text]:
        """Return an account's texts, newest first, narrowed to a sender and a receiver where given."""
        query = (
            "select * from texts where account_sid = ? and from_number = coalesce(?, from_number)"
            " and to_number = coalesce(?, to_number) order by position desc"
        )
        return [_text(row) for row in self._database.rows(query, (account_sid, from_number, to_number))]

    def thread(self, one: str, other: str) -> list[Text]:
        """Return the texts between two numbers, oldest first."""
        query = (
            "select * from texts where (from_number = ? and to_number = ?) or (from_number = ? and to_number = ?)"
            " order by position"
        )
        return [_text(row) for row in self._database.rows(query, (one, other, other, one))]

    def on_phone(self, number: str) -> list[Text]:
        """Return the texts that this phone has received, oldest first."""
        query = "select * from texts where to_number = ? and direction <> ? order by position"
        found = [_text(row) for row in self._database.rows(query, (number, INBOUND))]
        return [text for text in found if text.status in ON_THE_PHONE]

    def unsettled(self) -> list[Text]:
        """Return the texts whose delivery was under way, for example when the sandbox was stopped."""
        return [text for text in map(_text, self._database.rows("select * from texts")) if text.status not in SETTLED]

    def customers(self) -> list[str]:
        """Return the numbers of all phones that ever sent a text."""
        query = "select distinct from_number from texts where direction = ? order by 1"
        return [row["from_number"] for row in self._database.rows(query, (INBOUND,))]

    def opt_out(self, our_number: str, their_number: str) -> None:
        """Block texts from our number to theirs."""
        self._database.run("insert or ignore into opt_outs values (?, ?)", (our_number, their_number))

    def opt_in(self, our_number: str, their_number: str) -> None:
        """Lift the block."""
        self._database.run("delete from opt_outs where our_number = ? and their_number = ?", (our_number, their_number))

    def opted_out(self, our_number: str, their_number: str) -> bool:
        """Whether texts from our number to theirs are blocked."""
        query = "select 1 from opt_outs where our_number = ? and their_number = ?"
        return self._database.row(query, (our_number, their_number)) is not None


def _text(row: Any) -> Text:
    return Text(**{**dict(row), "media": json.loads(row["media"])})


def _now() -> str:
    return datetime.now(UTC).isoformat()
