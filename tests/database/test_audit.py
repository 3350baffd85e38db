"""The audit log: written by trigger for every path, without secrets, unchangeable."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from tests.database.actors import ask
from tests.database.catalog import Catalog
from tests.database.companies import connect_twilio
from tests.database.conftest import Company
from tests.database.permissions import table

ENTRIES = (
    "select table_name, action, actor_kind, actor_id, old_values, new_values, request_id "
    "from public.audit_list order by line desc limit %s"
)


def test_a_change_names_who_when_and_from_what_to_what(database: Connection[Any], ours: Company) -> None:
    """Only the columns that changed, with the id of the request."""
    dispatcher, owner = ours.people["dispatcher"], ours.people["owner"]
    ask(database, dispatcher, "insert into public.contacts (name) values ('Ann')", keep=True)
    database.execute("""select set_config('request.headers', '{"x-request-id": "r-1"}', true)""")
    ask(database, dispatcher, "update public.contacts set name = 'Anna' where name = 'Ann'", keep=True)
    changed, made = ask(database, owner, ENTRIES, [2]).rows
    assert changed == ("contacts", "update", "person", dispatcher.user_id, {"name": "Ann"}, {"name": "Anna"}, "r-1")
    assert made[:5] == ("contacts", "insert", "person", dispatcher.user_id, None)
    assert made[5]["name"] == "Ann"


def test_what_changes_nothing_is_not_written(database: Connection[Any], ours: Company) -> None:
    """A version that counts is not news."""
    dispatcher = ours.people["dispatcher"]
    ask(database, dispatcher, "insert into public.contacts (name) values ('Ann')", keep=True)
    ask(database, dispatcher, "update public.contacts set name = name", keep=True)
    actions = ask(database, ours.people["owner"], "select action from public.audit_list where table_name = 'contacts'")
    assert actions.rows == (("insert",),)


def test_calls_of_the_service_name_the_person_behind_them(database: Connection[Any], ours: Company) -> None:
    """And secrets stay out, also as ciphertext."""
    connect_twilio(database, ours, token="secret-token")
    owner = ours.people["owner"]
    rows = ask(database, owner, ENTRIES, [9]).rows
    (entry,) = [row for row in rows if row[0] == "twilio_settings"]
    assert entry[1:4] == ("insert", "person", owner.user_id)
    assert entry[5]["auth_token_last4"] == "oken"
    assert not [name for name in entry[5] if name.endswith("_encrypted")]
    assert "\\\\x" not in json.dumps(entry[5])


def test_nobody_changes_the_log(database: Connection[Any], ours: Company) -> None:
    """Not the people, not the service, and the owner of the database only by saying so."""
    ask(database, ours.people["dispatcher"], "insert into public.contacts (name) values ('Ann')", keep=True)
    for role in ("anon", "authenticated", "service_role", "fieldlite_webhook", "fieldlite_portal", "fieldlite_worker"):
        rights = database.execute(
            "select has_table_privilege(%s, 'public.audit_log', 'insert, update, delete, truncate')", [role]
        ).fetchone()
        assert rights == (False,), role
    for statement in (
        "update public.audit_log set actor_id = null",
        "delete from public.audit_log",
        "truncate public.audit_log",
    ):
        database.execute("set local role postgres")
        with pytest.raises(psycopg.Error) as caught, database.transaction():
            database.execute(statement.encode())
        assert caught.value.diag.message_detail == "append_only"
        database.execute("reset role")


def test_an_erasure_leaves_that_something_happened_not_what(database: Connection[Any], ours: Company) -> None:
    """Values go, lines stay."""
    ask(database, ours.people["dispatcher"], "insert into public.contacts (name) values ('Ann')", keep=True)
    row = database.execute("select id from public.contacts where tenant_id = %s", [ours.id]).fetchone()
    assert row is not None
    assert database.execute("select private.scrub_audit(%s, %s)", [ours.id, [row[0]]]).fetchone() == (1,)
    entry = ask(database, ours.people["owner"], ENTRIES, [1]).rows[0]
    assert entry[:2] == ("contacts", "insert")
    assert entry[5] == {"erased": True}


def test_every_table_is_audited_or_says_why_not(catalog: Catalog) -> None:
    """docs/security.md lists the exceptions."""
    audited = {
        row[0]
        for row in catalog.rows(
            "select relname::text from pg_trigger join pg_class on pg_class.oid = tgrelid where tgname = 'audit'"
        )
    }
    exempt = {row["Table"] for row in table("Audit")}
    assert set(catalog.tenant_tables) - audited == exempt


def test_no_secret_column_can_reach_the_log(catalog: Catalog) -> None:
    """Bytes are secrets or hashes of some: each must have an ending that keeps it out."""
    found = catalog.rows(
        "select distinct attname::text from pg_attribute join pg_trigger on tgrelid = attrelid "
        "where tgname = 'audit' and atttypid = 'bytea'::regtype and attnum > 0"
    )
    kept = catalog.rows(
        "select jsonb_object_keys(private.audited(jsonb_object_agg(name, 1))) from unnest(%s::text[]) as name",
        [name for (name,) in found],
    )
    assert found
    assert kept == []
