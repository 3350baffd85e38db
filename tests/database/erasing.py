"""A person about whom a company knows everything that it can know, for tests of erasure and retention."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from psycopg import Connection, sql
from psycopg.types.json import Jsonb

from tests.database.catalog import Catalog
from tests.database.companies import connect_twilio, receive, write
from tests.database.conftest import Company
from tests.database.money import connect_stripe, invoice_link, issue, start_payment, tell

NUMBER = "+13035550177"
MARKER = "zyxwv"
"""Part of everything that says who the person is."""

TRACES = (MARKER, NUMBER, NUMBER.removeprefix("+"))


@dataclass(frozen=True)
class Known:
    """The person's contact, and what of them stays."""

    contact: uuid.UUID
    invoice: uuid.UUID
    token: str
    """The secret of a link to the invoice."""
    attachment: uuid.UUID


def know_everything(database: Connection[Any], company: Company) -> Known:
    """Write a person into every table that can hold one, by texts, details, files, an import, money and a merge."""
    connect_twilio(database, company)
    receive(database, company, f"I am {MARKER}", sender=NUMBER)
    row = database.execute(
        "select contact_id from public.contact_phones where tenant_id = %s and e164 = %s", [company.id, NUMBER]
    ).fetchone()
    assert row is not None
    contact: uuid.UUID = row[0]
    database.execute(
        "update public.contacts set name = %s, job_title = %s, source = %s where id = %s",
        [f"Ms {MARKER}", f"{MARKER} lead", f"{MARKER} street", contact],
    )
    known = Known(contact, *_money(database, company, contact), _details(database, company, contact))
    write(database, company, f"Dear {MARKER}", into=talk_with(database, company))
    _import_row(database, company, contact)
    _merged_in(database, company, contact)
    receive(database, company, "STOP", sender=NUMBER)
    return known


def talk_with(database: Connection[Any], company: Company) -> uuid.UUID:
    """Return the conversation with the person."""
    row = database.execute(
        "select id from public.conversations where tenant_id = %s and their_number = %s", [company.id, NUMBER]
    ).fetchone()
    assert row is not None
    identifier: uuid.UUID = row[0]
    return identifier


def _details(database: Connection[Any], company: Company, contact: uuid.UUID) -> uuid.UUID:
    attachment = add_attachment(database, company, contact)
    for statement in (
        f"insert into public.contact_emails (tenant_id, contact_id, email) values (%s, %s, '{MARKER}@example.test')",
        f"insert into public.properties (tenant_id, contact_id, line1) values (%s, %s, '1 {MARKER} Way')",
        f"insert into public.notes (tenant_id, contact_id, body) values (%s, %s, 'Likes {MARKER}')",
        f"insert into public.tasks (tenant_id, contact_id, title) values (%s, %s, 'Call {MARKER}')",
        "insert into public.contact_tags (tenant_id, contact_id, tag_id) select tenant_id, %s, id from tag",
    ):
        tag = f"with tag as (insert into public.tags (tenant_id, name) values ('{company.id}', 'VIP') returning *) "
        with_tag = statement.endswith("from tag")
        database.execute(
            f"{tag if with_tag else ''}{statement}".encode(), [contact] if with_tag else [company.id, contact]
        )
    return attachment


def add_attachment(database: Connection[Any], company: Company, contact: uuid.UUID) -> uuid.UUID:
    """Attach a file that Storage has a row of."""
    attachment = uuid.uuid4()
    database.execute(
        "insert into storage.objects (bucket_id, name, metadata) values ('attachments', %s, %s)",
        [f"{company.id}/{attachment}", Jsonb({"mimetype": "text/plain", "size": 5})],
    )
    database.execute(
        "insert into public.attachments (id, tenant_id, contact_id, name) values (%s, %s, %s, %s)",
        [attachment, company.id, contact, f"{MARKER}.txt"],
    )
    return attachment


def _money(database: Connection[Any], company: Company, contact: uuid.UUID) -> tuple[uuid.UUID, str]:
    connect_stripe(database, company)
    invoice = add_invoice(database, company, contact)
    issue(database, company, invoice)
    token = invoice_link(database, company, invoice)
    attempt = start_payment(database, token)
    fields = {"payment": attempt["payment_id"], "payment_intent": f"pi_{uuid.uuid4().hex}", "amount_cents": 10000}
    assert tell(database, company, "payment", {**fields, "status": "succeeded", "method": "card"}) == "applied"
    add_invoice(database, company, contact)  # a draft, which no book needs
    return invoice, token


def add_invoice(database: Connection[Any], company: Company, contact: uuid.UUID) -> uuid.UUID:
    """Draft an invoice over 100.00."""
    invoice = uuid.uuid4()
    database.execute(
        "insert into public.invoices (id, tenant_id, contact_id) values (%s, %s, %s)", [invoice, company.id, contact]
    )
    database.execute(
        "insert into public.invoice_items (tenant_id, invoice_id, description, unit_price) "
        "values (%s, %s, 'Work', 100)",
        [company.id, invoice],
    )
    return invoice


def _import_row(database: Connection[Any], company: Company, contact: uuid.UUID) -> None:
    database.execute(
        "with import as (insert into public.imports (id, tenant_id, name, file_hash) "
        "values (gen_random_uuid(), %s, 'list.csv', '') returning *) "
        "insert into public.import_rows (tenant_id, import_id, number, cells, fields, contact_id) "
        "select tenant_id, id, 1, %s, %s, %s from import",
        [company.id, Jsonb([MARKER]), Jsonb({"name": MARKER}), contact],
    )
    database.execute(
        "insert into private.import_keys (import_id, key, number) "
        "select import_id, %s, number from public.import_rows where tenant_id = %s",
        [f"phone:{NUMBER}", company.id],
    )


def _merged_in(database: Connection[Any], company: Company, contact: uuid.UUID) -> None:
    """Another record of the same person, merged into the first."""
    loser = uuid.uuid4()
    database.execute(
        "insert into public.contacts (id, tenant_id, name) values (%s, %s, %s)", [loser, company.id, f"Old {MARKER}"]
    )
    database.execute(
        "update public.contacts set deleted_at = now(), merged_into_id = %s where id = %s", [contact, loser]
    )
    database.execute(
        "insert into public.merges (tenant_id, winner_id, loser_id, loser_name, moved) values (%s, %s, %s, %s, %s)",
        [company.id, contact, loser, f"Old {MARKER}", Jsonb({"winner": MARKER})],
    )


def traces(database: Connection[Any], catalog: Catalog) -> set[str]:
    """Tables of ours in which something still says who the person is; bytes count as the text that they are."""
    tables = catalog.rows(
        "select oid::regclass::text from pg_class where relkind = 'r' "
        "and relnamespace::regnamespace::text in ('public', 'private', 'background')"
    )
    found = set()
    for (name,) in tables:
        content = sql.SQL(
            "convert_from(row.raw, 'UTF8') || row::text" if name.endswith("webhook_events") else "row::text"
        )
        query = sql.SQL("select exists (select from {} as row where {} like any (%s))").format(
            sql.Identifier(*catalog_name(name)), content
        )
        row = database.execute(query, [[f"%{trace}%" for trace in TRACES]]).fetchone()
        if row and row[0]:
            found.add(str(name))
    return found


def catalog_name(name: str) -> tuple[str, str]:
    """Split ``schema.table``; schema public may be left out."""
    schema, dot, table = name.partition(".")
    return (schema, table) if dot else ("public", schema)
