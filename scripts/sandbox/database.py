"""The sandbox's memory: one SQLite database, in a file so that a restart keeps it, or in memory."""

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_SCHEMA = """
create table if not exists accounts (sid text primary key, auth_token text not null, name text not null);
create table if not exists numbers (
  sid text primary key, account_sid text not null, phone_number text not null unique, friendly_name text not null,
  sms_url text not null default '', sms_method text not null default 'POST',
  sms_fallback_url text not null default '', sms_fallback_method text not null default 'POST',
  status_callback text not null default '', status_callback_method text not null default 'POST');
create table if not exists texts (
  position integer primary key autoincrement, sid text not null unique, account_sid text not null,
  direction text not null, from_number text not null, to_number text not null, body text not null,
  media text not null, segments integer not null, status text not null, error_code integer,
  status_callback text not null, created_at text not null, updated_at text not null);
create table if not exists opt_outs (
  our_number text not null, their_number text not null, primary key (our_number, their_number));
create table if not exists requests (
  position integer primary key autoincrement, at text not null, method text not null, path text not null,
  account_sid text not null, parameters text not null, answer_status integer not null);
create table if not exists switches (name text primary key, value text not null);
create table if not exists stripe_objects (
  position integer primary key autoincrement, id text not null unique, account text not null, object text not null,
  created integer not null, body text not null);
create index if not exists stripe_objects_lists on stripe_objects (account, object, position);
create table if not exists stripe_deliveries (event text primary key, state text not null);
create table if not exists stripe_keys (
  account text not null, key text not null, fingerprint text not null, answer text not null,
  primary key (account, key));
create table if not exists stripe_timers (
  position integer primary key autoincrement, at integer not null, kind text not null, account text not null,
  subject text not null);
create table if not exists stripe_settings (name text primary key, value text not null);
"""
TABLES = tuple(re.findall(r"create table if not exists (\w+)", _SCHEMA))
"""The names of all tables."""


class Database:
    """A SQLite connection in autocommit. Calls take well under a millisecond, so they run on the event loop."""

    def __init__(self, file: Path | None) -> None:
        """Open `file` (made with its folder when missing), or a database in memory when it is None."""
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(file or ":memory:", isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        # A crash of the machine may lose the last second of a sandbox; a kill of the process loses nothing.
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = off")
        self._connection.executescript(_SCHEMA)

    def run(self, statement: str, values: Iterable[Any] = ()) -> None:
        """Run one statement."""
        self._connection.execute(statement, tuple(values))

    def rows(self, query: str, values: Iterable[Any] = ()) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        return self._connection.execute(query, tuple(values)).fetchall()

    def row(self, query: str, values: Iterable[Any] = ()) -> sqlite3.Row | None:
        """Return the first row of a query, or None."""
        found: sqlite3.Row | None = self._connection.execute(query, tuple(values)).fetchone()
        return found

    def clear(self, *tables: str) -> None:
        """Empty the named tables."""
        for table in tables:
            self._connection.execute(f"delete from {table}")  # noqa: S608  (names from our own code)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
