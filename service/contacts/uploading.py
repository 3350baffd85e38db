"""Takes a file into the database as rows: what could be read, and nothing decided yet.

An upload that broke off is sent again under the same id: the same file goes on where it stopped, another one takes its
place. A file that was taken in whole answers the same import again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID

from service.contacts.tables import Row, Table, open_table
from service.contacts.targets import CustomField, propose_mapping
from service.database import Database
from service.members import Member

MOST_BYTES = 20 * 1024 * 1024
"""The largest file; 50,000 rows of an address book have about 10 MB."""

_CHUNK_BYTES = 256 * 1024
_BATCH_ROWS = 500
_BATCH_CHARACTERS = 256 * 1024
"""What one call takes: it must be over within the database door's time limit."""


@dataclass(frozen=True)
class Upload:
    """A chosen file; `id` is the browser's, and repeated when it sends the file again."""

    id: UUID
    name: str
    file: BinaryIO


def upload(database: Database, member: Member, wish: Upload) -> dict[str, Any]:
    """Keep the file's rows and return the import: {id, status, encoding, delimiter, headers, mapping, row_count, ...}.

    Raises InvalidInput for a file that cannot be read, and DatabaseRefusal: `not_allowed`, `id_taken`.
    """
    custom_fields = fields_of_company(database, member)
    table = open_table(wish.file)
    created = _create(database, member, wish, table, custom_fields)
    if created["status"] == "uploading":
        for batch in batches(table.rows()):
            rows = [{"number": row.number, "cells": row.cells} for row in batch]
            database.call("add_import_rows", **_of(member, wish), p_rows={"rows": rows})
    finished: dict[str, Any] = database.call_value("finish_upload", **_of(member, wish), p_row_count=table.row_count)
    return finished


def fields_of_company(database: Database, member: Member) -> list[CustomField]:
    """The custom fields that columns may become. Refuses whoever may not import."""
    found = database.call_value("import_fields", p_tenant=member.tenant_id, p_user=member.user_id)
    return [CustomField(f["id"], f["label"], f["kind"], tuple(f["options"] or ())) for f in found]


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Parts of at most 500 rows, fewer where rows are long."""
    batch: list[Row] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += sum(map(len, row.cells))
        if len(batch) == _BATCH_ROWS or size >= _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _create(
    database: Database, member: Member, wish: Upload, table: Table, custom_fields: list[CustomField]
) -> dict[str, Any]:
    mapping = propose_mapping(table.headers, [row.cells for row in table.sample], custom_fields)
    description = {
        "name": wish.name,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "headers": table.headers,
        "mapping": mapping,
    }
    created: dict[str, Any] = database.call_value(
        "create_import", **_of(member, wish), p_file_hash=_digest(wish.file), p_description=description
    )
    return created


def _digest(file: BinaryIO) -> bytes:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK_BYTES):
        digest.update(chunk)
    return digest.digest()


def _of(member: Member, wish: Upload) -> dict[str, UUID]:
    return {"p_tenant": member.tenant_id, "p_user": member.user_id, "p_import": wish.id}
