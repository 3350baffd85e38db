"""A company's files in Storage: their rows tell which there are, Storage itself hands them out and removes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from service.operations.operator_database import Connection

PAGE = 500
"""Files of one request to Storage, which takes a thousand at most."""


@dataclass(frozen=True)
class StoredFile:
    """A file by the name that Storage knows it by; the first folder of its path is its company."""

    bucket: str
    path: str
    bytes: int


def company_files(connection: Connection, tenant_id: UUID) -> Iterator[StoredFile]:
    """Every file below the company's folder, in every bucket, in order."""
    bucket, path = "", ""
    while True:
        rows = connection.execute(
            """
            select bucket_id, name, coalesce((metadata ->> 'size')::bigint, 0) from storage.objects
            where name like %s and (bucket_id, name) > (%s, %s)
            order by bucket_id, name
            limit %s
            """,
            [f"{tenant_id}/%", bucket, path, PAGE],
        ).fetchall()
        yield from (StoredFile(*row) for row in rows)
        if not rows:
            return
        bucket, path, _ = rows[-1]
