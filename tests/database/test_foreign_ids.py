"""Every function that runs with its owner's rights, called with another company's ids: nothing of theirs changes.

Generated from the catalog: each function of schema backend is called for our company with ids of theirs in every other
parameter, each call of schema public by our owner with ids of theirs. A fingerprint of all their rows must stay the
same, and no answer may name their company.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

import psycopg
import pytest
from psycopg import Connection, sql

from tests.database.actors import ask
from tests.database.catalog import Catalog
from tests.database.companies import connect_twilio, receive, write
from tests.database.conftest import Company

MADE_UP: dict[str, Any] = {
    "text": "x",
    "jsonb": "{}",
    "integer": 1,
    "bigint": 1,
    "interval": "1 second",
    "bytea": b"x",
    "boolean": True,
    "member_role": "tech",
    "text[]": [],
    "uuid[]": [],
    "date": "2026-03-01",
    "timestamp with time zone": "2026-03-01 12:00Z",
    "double precision": 1.0,
}

KINDS = ("sms", "status", "unusable")


def functions(catalog: Catalog, schema: str) -> list[tuple[str, list[str], list[str]]]:
    """Return (name, parameter names, parameter types) of every function of a schema that takes an id."""
    found = catalog.rows(
        """
        select proname::text, proargnames[1:pronargs]::text[],
               array(select format_type(t, null) from unnest(proargtypes) with ordinality as a (t, o) order by o)
        from pg_proc where pronamespace = %s::regnamespace and 'uuid'::regtype = any (proargtypes::oid[])
        """,
        schema,
    )
    return [(name, names, types) for name, names, types in found]


NAMED_OTHERWISE = {"message": "sms_messages"} | dict.fromkeys(
    ("winner", "loser", "first", "second", "except"), "contacts"
)
"""Tables whose name is not the plural of what functions call their rows."""


def foreign_ids(company: Company, names: list[str]) -> dict[str, uuid.UUID]:
    """Return an id of the company for each parameter: p_invoice is one of invoices; others get the company's own."""
    ids = dict.fromkeys(names, company.id) | {"p_user": company.people["owner"].require_user_id()}
    for name in names:
        table = NAMED_OTHERWISE.get(name.removeprefix("p_"), name.removeprefix("p_") + "s")
        if table in company.rows.catalog.tenant_tables:
            ids[name] = company.rows.row(table)["id"]
    return ids


def fingerprint(database: Connection[Any], catalog: Catalog, company: Company) -> dict[str, str]:
    """Return a digest of all rows of a company, by table."""
    digests = {}
    for name in catalog.tenant_tables:
        statement = sql.SQL(
            "select md5(coalesce(string_agg(row::text, '' order by row.id), '')) from {} as row where tenant_id = %s"
        )
        row = database.execute(statement.format(sql.Identifier("public", name)), [company.id]).fetchone()
        digests[name] = row[0] if row else ""
    return digests


@pytest.fixture
def neighbours(database: Connection[Any], ours: Company, theirs: Company) -> tuple[Company, Company]:
    """Two companies with Twilio, a conversation, a queued text, and one row more in each table."""
    for company in (ours, theirs):
        connect_twilio(database, company)
        receive(database, company, "Hello")
        write(database, company, "Hi")
        company.fill()
    return ours, theirs


def made_up_values(catalog: Catalog, names: list[str], types: list[str], ids: dict[str, uuid.UUID]) -> list[Any]:
    """Return arguments for a call: ids by parameter name, made-up values by type; of an enum, its first label."""
    kinds = [kind.removeprefix("public.") for kind in types]
    return [
        ids[name] if kind == "uuid" else MADE_UP[kind] if kind in MADE_UP else catalog.first_label(f"public.{kind}")
        for name, kind in zip(names, kinds, strict=True)
    ]


def test_functions_of_the_service_touch_only_the_named_company(
    database: Connection[Any], catalog: Catalog, neighbours: tuple[Company, Company]
) -> None:
    """Our company named, their ids in every other parameter."""
    ours, theirs = neighbours
    before = fingerprint(database, catalog, theirs)
    called = functions(catalog, "backend")
    assert called
    for name, names, types in called:
        ids = foreign_ids(theirs, names) | {"p_tenant": ours.id}
        values = made_up_values(catalog, names, types, ids)
        if "p_fields" in names:
            values[names.index("p_kind")] = "status"
            values[names.index("p_fields")] = json.dumps(
                {"sid": "SM1", "status": "delivered", "message": str(theirs.rows.row("sms_messages")["id"])}
            )
        answer = call(database, sql.Identifier("backend", name), values)
        assert fingerprint(database, catalog, theirs) == before, name
        assert str(theirs.id) not in answer, name


def call(database: Connection[Any], name: sql.Identifier, values: list[Any]) -> str:
    """Call a function and return everything that it answered as text; a refusal is an answer too."""
    statement = sql.SQL("select * from {}({})").format(name, sql.SQL(", ").join(sql.Placeholder() * len(values)))
    try:
        with database.transaction():
            return str(database.execute(statement, values).fetchall())
    except psycopg.Error as error:
        return str(error)


def test_calls_of_browsers_touch_only_the_callers_company(
    database: Connection[Any], catalog: Catalog, neighbours: tuple[Company, Company]
) -> None:
    """Our owner with their ids: not found, or nothing done."""
    ours, theirs = neighbours
    before = fingerprint(database, catalog, theirs)
    called = functions(catalog, "public")
    assert called
    for name, names, types in called:
        values = made_up_values(catalog, names, types, foreign_ids(theirs, names))
        statement = sql.SQL("select {}({})").format(
            sql.Identifier("public", name), sql.SQL(", ").join(sql.Placeholder() * len(values))
        )
        ask(database, ours.people["owner"], statement, values, keep=True)
        assert fingerprint(database, catalog, theirs) == before, name
    session = ask(database, ours.people["owner"], "select tenant_id from public.my_session()")
    assert session.rows == ((ours.id,),)
