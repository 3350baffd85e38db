"""What tests say of a company's texts: a number, credentials, texts in and out, by the database's own functions."""

from __future__ import annotations

import json
import uuid
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from tests.database.actors import Answer, ask
from tests.database.conftest import Company

OUR_NUMBER = "+13035550100"
CUSTOMER = "+13035550142"
TOKEN = "token-1"
KEYRING = {"test": "dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdA=="}


def connect_twilio(database: Connection[Any], company: Company, token: str = TOKEN) -> None:
    """Give the company a number and Twilio credentials."""
    database.execute(
        "insert into public.phone_numbers (tenant_id, e164) values (%s, %s) on conflict do nothing",
        [company.id, OUR_NUMBER],
    )
    database.execute(
        "select backend.save_twilio_settings(%s, %s, 'AC1', %s, null, 'test', %s)",
        [company.id, company.people["owner"].user_id, token, KEYRING["test"]],
    )


def receive(
    database: Connection[Any], company: Company, body: str, *, sid: str | None = None, sender: str = CUSTOMER
) -> tuple[str, str | None]:
    """Deliver an inbound text once; return its outcome and what to answer."""
    sid = sid or f"SM{uuid.uuid4().hex}"
    fields = {"sid": sid, "from": sender, "to": OUR_NUMBER, "body": body, "segments": 1, "media": []}
    return deliver(database, company, "sms", f"sms:{sid}", fields)


def deliver(
    database: Connection[Any], company: Company, kind: str, key: str, fields: dict[str, Any]
) -> tuple[str, str | None]:
    """Deliver any event once; return its outcome and what to answer."""
    row = database.execute(
        "select outcome, reply from backend.receive_twilio_event(%s, %s, %s, %s, %s, 'text/plain', null)",
        [company.id, kind, key, Jsonb(fields), json.dumps(fields).encode()],
    ).fetchone()
    assert row is not None
    return row[0], row[1]


def status(
    database: Connection[Any],
    company: Company,
    sid: str,
    word: str,
    *,
    message: uuid.UUID | None = None,
    code: int | None = None,
) -> str:
    """Deliver a delivery status once; return its outcome."""
    fields = {"sid": sid, "status": word, "error_code": code, "message": str(message) if message else None}
    return deliver(database, company, "status", f"status:{sid}:{word}", fields)[0]


def conversation(database: Connection[Any], company: Company) -> uuid.UUID:
    """Return the company's conversation with the customer, made by a first text where there is none."""
    found = database.execute("select id from public.conversations where tenant_id = %s", [company.id]).fetchone()
    if found is None:
        receive(database, company, "Hello")
        return conversation(database, company)
    identifier: uuid.UUID = found[0]
    return identifier


def write(
    database: Connection[Any],
    company: Company,
    body: str,
    *,
    role: str = "dispatcher",
    text_id: uuid.UUID | None = None,
    into: uuid.UUID | None = None,
) -> Answer:
    """Write a text as a browser does: id, conversation and words; a repeated id changes nothing."""
    return ask(
        database,
        company.people[role],
        "insert into public.sms_messages (id, conversation_id, body) values (%s, %s, %s) "
        "on conflict (id) do nothing returning id",
        [text_id or uuid.uuid4(), into or conversation(database, company), body],
        keep=True,
    )


def claim(
    database: Connection[Any], company: Company, *, worker: str = "worker-1", limit: int = 10
) -> list[dict[str, Any]]:
    """Claim due texts of the company's number; returns rows by column name."""
    cursor = database.execute(
        "select claimed.* from public.phone_numbers as number "
        "cross join backend.claim_messages(number.tenant_id, number.id, %s, %s) as claimed where number.tenant_id = %s",
        [worker, limit, company.id],
    )
    names = [column.name for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def text(database: Connection[Any], text_id: uuid.UUID) -> dict[str, Any]:
    """Return one text by column name."""
    cursor = database.execute("select * from public.sms_messages where id = %s", [text_id])
    names = [column.name for column in cursor.description or []]
    row = cursor.fetchone()
    assert row is not None
    return dict(zip(names, row, strict=True))


def count(database: Connection[Any], table: str, company: Company) -> int:
    """Count a company's rows of a table."""
    row = database.execute(
        f"select count(*) from public.{table} where tenant_id = %s".encode(), [company.id]
    ).fetchone()
    assert row is not None
    return int(row[0])
