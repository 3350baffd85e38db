"""Decoder of PostgreSQL's logical replication messages, protocol version 1, text values.

Source: the PostgreSQL manual, "Logical Replication Message Formats".
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

Action = Literal["INSERT", "UPDATE", "DELETE"]
Values = dict[str, str | None]
"""Column name to text value; a large value that an update left alone is absent."""

POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
KEY_FLAG = 1
IGNORED = frozenset("CYOTM")
"""Commit, Type, Origin, Truncate and Message: nothing that a subscriber is told."""


@dataclass(frozen=True)
class Relation:
    """A table as it looked when the change was made."""

    oid: int
    schema: str
    table: str
    columns: tuple[str, ...]
    key: frozenset[str]
    """The columns of its replica identity."""


@dataclass(frozen=True)
class RowChange:
    """One row inserted, updated or deleted."""

    relation: Relation
    action: Action
    committed_at: datetime
    new: Values
    """Empty for a delete."""
    old: Values
    """What the replica identity keeps: the key, or the whole row; empty for an insert."""


class Reader:
    """A cursor over the bytes of one message."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._offset = 0

    def integer(self, kind: Literal["B", "h", "i", "I", "q"]) -> int:
        """Read one number of a ``struct`` format, in network order."""
        (value,) = struct.unpack_from(f"!{kind}", self._data, self._offset)
        self._offset += struct.calcsize(kind)
        return int(value)

    def letter(self) -> str:
        """Read a one-letter tag."""
        return chr(self.integer("B"))

    def text(self) -> str:
        """Read a string that ends with a zero byte."""
        end = self._data.index(b"\0", self._offset)
        value = self._data[self._offset : end].decode()
        self._offset = end + 1
        return value

    def counted_text(self) -> str:
        """Read a string that begins with its length in bytes."""
        length = self.integer("i")
        value = self._data[self._offset : self._offset + length].decode()
        self._offset += length
        return value


class Decoder:
    """Turns the messages of one call of the slot function into row changes.

    Each call describes anew the tables it touches, so a decoder lives as long as one call.
    """

    def __init__(self) -> None:
        self._relations: dict[int, Relation] = {}
        self._committed_at = POSTGRES_EPOCH

    def changes(self, messages: Iterable[bytes]) -> Iterator[RowChange]:
        """Yield the row changes among the messages, in commit order."""
        for message in messages:
            change = self._decode(Reader(message))
            if change is not None:
                yield change

    def _decode(self, reader: Reader) -> RowChange | None:
        tag = reader.letter()
        if tag == "B":
            self._begin(reader)
        elif tag == "R":
            self._relation(reader)
        elif tag == "I":
            return self._insert(reader)
        elif tag == "U":
            return self._update(reader)
        elif tag == "D":
            return self._delete(reader)
        elif tag not in IGNORED:
            raise ValueError(f"unknown replication message {tag!r}")
        return None

    def _begin(self, reader: Reader) -> None:
        reader.integer("q")  # position of the commit
        self._committed_at = POSTGRES_EPOCH + timedelta(microseconds=reader.integer("q"))

    def _relation(self, reader: Reader) -> None:
        oid, schema, table = reader.integer("I"), reader.text(), reader.text()
        reader.letter()  # which replica identity
        columns, key = [], set()
        for _ in range(reader.integer("h")):
            flags, name = reader.integer("B"), reader.text()
            reader.integer("I")  # type
            reader.integer("i")  # type modifier
            columns.append(name)
            if flags & KEY_FLAG:
                key.add(name)
        self._relations[oid] = Relation(oid, schema or "pg_catalog", table, tuple(columns), frozenset(key))

    def _insert(self, reader: Reader) -> RowChange:
        relation = self._relations[reader.integer("I")]
        reader.letter()  # N: the new row follows
        return RowChange(relation, "INSERT", self._committed_at, _tuple(reader, relation), {})

    def _update(self, reader: Reader) -> RowChange:
        relation = self._relations[reader.integer("I")]
        kind, old = reader.letter(), None
        if kind != "N":
            old = _identity(reader, relation, kind)
            reader.letter()
        new = _tuple(reader, relation)
        if old is None:  # the key did not change
            old = {name: value for name, value in new.items() if name in relation.key}
        return RowChange(relation, "UPDATE", self._committed_at, new, old)

    def _delete(self, reader: Reader) -> RowChange:
        relation = self._relations[reader.integer("I")]
        return RowChange(relation, "DELETE", self._committed_at, {}, _identity(reader, relation, reader.letter()))


def _identity(reader: Reader, relation: Relation, kind: str) -> Values:
    values = _tuple(reader, relation)
    if kind == "O":  # replica identity full: the whole old row
        return values
    return {name: value for name, value in values.items() if name in relation.key}


def _tuple(reader: Reader, relation: Relation) -> Values:
    values: Values = {}
    for name in relation.columns[: reader.integer("h")]:
        kind = reader.letter()
        if kind == "n":
            values[name] = None
        elif kind == "t":
            values[name] = reader.counted_text()
    return values
