"""What tests do with contacts as a browser does: save, read, search, merge, delete."""

from __future__ import annotations

import uuid
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from tests.database.actors import Answer, Parameters, ask
from tests.database.conftest import Company


def tell(
    database: Connection[Any], company: Company, statement: str, values: Parameters = (), *, role: str = "dispatcher"
) -> Answer:
    """Run a statement as a member of the company, for good."""
    return ask(database, company.people[role], statement, values, keep=True)


def save(database: Connection[Any], company: Company, *, role: str = "dispatcher", **fields: Any) -> Answer:
    """Save a contact by the form's call; ``phones`` and ``emails`` may be given as plain numbers and addresses."""
    for name, key in (("phones", "e164"), ("emails", "email")):
        if name in fields:
            fields[name] = [{key: item} if isinstance(item, str) else item for item in fields[name]]
    return tell(database, company, "select public.save_contact(%s)", [Jsonb(fields)], role=role)


def add(database: Connection[Any], company: Company, name: str | None, **fields: Any) -> uuid.UUID:
    """Make a contact; return its id."""
    answer = save(database, company, name=name, **fields)
    assert answer.state is None, answer
    made: uuid.UUID = answer.rows[0][0]
    return made


def card(database: Connection[Any], company: Company, contact: uuid.UUID) -> dict[str, Any]:
    """Return what a contact's page shows, by column."""
    answer = ask(
        database,
        company.people["dispatcher"],
        "select to_jsonb(shown) from public.contact_cards as shown where id = %s",
        [contact],
    )
    found: dict[str, Any] = answer.rows[0][0]
    return found


def search(database: Connection[Any], company: Company, query: str, limit: int = 50, **filters: Any) -> list[str]:
    """Return the names that a search finds, the best first."""
    return listed(database, company, p_query=query, p_limit=limit, p_filter=Jsonb(filters))


def listed(database: Connection[Any], company: Company, **arguments: Any) -> list[str]:
    """Return the names of one page of the list, in order."""
    given = ", ".join(f"{name} => %({name})s" for name in arguments)
    answer = ask(
        database, company.people["dispatcher"], f"select name, key, id from public.list_contacts({given})", arguments
    )
    assert answer.state is None, answer
    return [row[0] for row in answer.rows]


def value(database: Connection[Any], statement: str, values: Parameters = ()) -> Any:
    """Return the first column of the first row, as the superuser sees it; None without a row."""
    row = database.execute(statement.encode(), values).fetchone()
    return row[0] if row else None


def note(database: Connection[Any], company: Company, contact: uuid.UUID, body: str) -> uuid.UUID:
    """Write a note; return its id."""
    made = uuid.uuid4()
    answer = tell(
        database, company, "insert into public.notes (id, contact_id, body) values (%s, %s, %s)", [made, contact, body]
    )
    assert answer.state is None, answer
    return made


def merge(database: Connection[Any], company: Company, winner: uuid.UUID, loser: uuid.UUID, **fields: str) -> uuid.UUID:
    """Merge two contacts; return the merge's id."""
    answer = try_merge(database, company, winner, loser, **fields)
    assert answer.state is None, answer
    made: uuid.UUID = answer.rows[0][0]
    return made


def try_merge(
    database: Connection[Any], company: Company, winner: uuid.UUID, loser: uuid.UUID, **fields: str
) -> Answer:
    """Ask for a merge."""
    return tell(database, company, "select public.merge_contacts(%s, %s, %s)", [winner, loser, Jsonb(fields)])


def undo(database: Connection[Any], company: Company, merge_id: uuid.UUID) -> Answer:
    """Ask for a merge to be undone."""
    return tell(database, company, "select public.undo_merge(%s)", [merge_id])


def upload(database: Connection[Any], company: Company, file: uuid.UUID) -> None:
    """Leave a file in Storage, as far as the database knows."""
    database.execute(
        "insert into storage.objects (bucket_id, name, metadata) "
        'values (\'attachments\', %s, \'{"size": 1234, "mimetype": "application/pdf"}\')',
        [f"{company.id}/{file}"],
    )
