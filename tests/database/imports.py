"""What tests do with imports in the database: the service's calls, a person's, and the worker's."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from service.contacts.checking import normalised_rows
from tests.database.actors import Answer, ask
from tests.database.conftest import Company

HEADERS = ["Name", "Phone", "Email", "Street", "Tags"]
MAPPING = ["name", "phone", "email", "line1", "tags"]


def begin_upload(
    database: Connection[Any],
    company: Company,
    rows: Sequence[Sequence[str]],
    *,
    import_id: uuid.UUID | None = None,
    arriving: int | None = None,
) -> uuid.UUID:
    """Upload rows as the service does, all or the first ones, and break off before the end; return the import's id."""
    import_id = import_id or uuid.uuid4()
    description = {"name": "contacts.csv", "encoding": "utf-8", "delimiter": ",", "headers": HEADERS, "mapping": []}
    digest = hashlib.sha256(json.dumps(rows).encode()).digest()
    who = [company.id, company.people["dispatcher"].user_id, import_id]
    created = value(database, "select backend.create_import(%s, %s, %s, %s, %s)", [*who, digest, Jsonb(description)])
    if created["status"] == "uploading":
        sent = [{"number": number, "cells": cells} for number, cells in enumerate(rows[:arriving], 2)]
        value(database, "select backend.add_import_rows(%s, %s, %s, %s)", [*who, Jsonb({"rows": sent})])
    return import_id


def upload(
    database: Connection[Any],
    company: Company,
    rows: Sequence[Sequence[str]],
    *,
    import_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Upload rows as the service does; return the import's id."""
    import_id = begin_upload(database, company, rows, import_id=import_id)
    who = [company.id, company.people["dispatcher"].user_id, import_id]
    value(database, "select backend.finish_upload(%s, %s, %s, %s)", [*who, len(rows)])
    return import_id


def check(
    database: Connection[Any],
    company: Company,
    import_id: uuid.UUID,
    *,
    mapping: Sequence[str | None] = MAPPING,
    **options: Any,
) -> Answer:
    """Ask for a check and let the worker do it."""
    answer = ask_for_check(database, company, import_id, mapping=mapping, **options)
    work(database, company, import_id)
    return answer


def ask_for_check(
    database: Connection[Any],
    company: Company,
    import_id: uuid.UUID,
    *,
    mapping: Sequence[str | None] = MAPPING,
    **options: Any,
) -> Answer:
    """Ask for a check, and leave it to a worker."""
    statement = "select public.check_import(%s, %s, %s)"
    return tell(database, company, statement, import_id, Jsonb(mapping), Jsonb(options))


def run(database: Connection[Any], company: Company, import_id: uuid.UUID) -> Answer:
    """Start an import and let the worker do it."""
    answer = tell(database, company, "select public.start_import(%s)", import_id)
    work(database, company, import_id)
    return answer


def undo(database: Connection[Any], company: Company, import_id: uuid.UUID) -> Answer:
    """Undo an import and let the worker do it."""
    answer = tell(database, company, "select public.undo_import(%s)", import_id)
    work(database, company, import_id)
    return answer


def tell(database: Connection[Any], company: Company, statement: str, *values: Any) -> Answer:
    """Call as the company's dispatcher."""
    return ask(database, company.people["dispatcher"], statement, values, keep=True)


def do_import(database: Connection[Any], company: Company, rows: Sequence[Sequence[str]], **options: Any) -> uuid.UUID:
    """Upload, check and run; return the import's id."""
    import_id = upload(database, company, rows)
    assert check(database, company, import_id, **options).state is None
    assert run(database, company, import_id).state is None
    return import_id


def work(database: Connection[Any], company: Company, import_id: uuid.UUID, *, batch: int = 50) -> None:
    """Play the worker until nothing is left to do."""
    while work_once(database, company, import_id, batch=batch):
        pass


def work_once(database: Connection[Any], company: Company, import_id: uuid.UUID, *, batch: int = 50) -> bool:
    """Play the worker for one batch; return whether there was one."""
    who = [company.id, import_id]
    task = value(database, "select backend.import_work(%s, %s, %s)", [*who, batch])
    if task is None:
        return False
    if task["status"] == "checking":
        rows = Jsonb(normalised_rows(task))
        value(database, "select backend.record_import_rows(%s, %s, %s, %s)", [*who, task["check_number"], rows])
    elif task["status"] == "running":
        value(database, "select backend.apply_import_rows(%s, %s, %s)", [*who, batch])
    else:
        value(database, "select backend.undo_import_rows(%s, %s, %s)", [*who, batch])
    return True


def value(database: Connection[Any], statement: str, parameters: Sequence[Any]) -> Any:
    """Return the one value of a statement."""
    row = database.execute(statement.encode(), parameters).fetchone()
    assert row is not None
    return row[0]


def state(database: Connection[Any], import_id: uuid.UUID) -> dict[str, Any]:
    """Return the import by column name."""
    cursor = database.execute("select * from public.imports where id = %s", [import_id])
    row = cursor.fetchone()
    assert row is not None
    return dict(zip([column.name for column in cursor.description or []], row, strict=True))


def outcomes(database: Connection[Any], import_id: uuid.UUID) -> list[tuple[str, str | None]]:
    """Return (action, reason) of each row."""
    query = "select action::text, reason from public.import_rows where import_id = %s order by number"
    return [(action, reason) for action, reason in database.execute(query, [import_id]).fetchall()]


def contacts(database: Connection[Any], company: Company) -> list[tuple[Any, ...]]:
    """Return (name, type, numbers, addresses, streets, tags) of each contact that is not deleted, by name."""
    return database.execute(
        """
        select contact.name, contact.type::text,
          array(select coalesce(e164, raw) from public.contact_phones where contact_id = contact.id order by 1),
          array(select email from public.contact_emails where contact_id = contact.id order by 1),
          array(select line1 from public.properties where contact_id = contact.id and deleted_at is null order by 1),
          array(select tag.name from public.contact_tags join public.tags as tag on tag.id = tag_id
                where contact_id = contact.id order by 1)
        from public.contacts as contact where contact.tenant_id = %s and contact.deleted_at is null order by 1
        """,
        [company.id],
    ).fetchall()
