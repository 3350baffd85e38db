"""The schema cache follows changes of the schema, of roles, and of the server's state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.embedded.rest.conftest import Api
from tests.embedded.stacks import StackInfo

Connection = psycopg.Connection[Any]


@pytest.fixture
def fresh(database: Connection) -> Iterator[Connection]:
    """Give the database; a table named ``fresh`` and what hangs on it is dropped afterwards."""
    yield database
    database.execute("drop table if exists public.fresh cascade")


def test_a_new_table_is_there_at_once(api: Api, fresh: Connection) -> None:
    assert api.get("/fresh").json()["code"] == "PGRST205"
    fresh.execute("create table public.fresh (id integer primary key)")
    assert api.get("/fresh").json() == []


def test_a_new_column_is_there_at_once(api: Api, fresh: Connection) -> None:
    fresh.execute("create table public.fresh (id integer primary key)")
    assert api.post("/fresh", {"id": 1, "word": "x"}).json()["code"] == "PGRST204"
    fresh.execute("alter table public.fresh add word text")
    assert api.post("/fresh", {"id": 1, "word": "x"}).status_code == 201


def test_a_new_key_and_function_are_there_at_once(api: Api, fresh: Connection) -> None:
    fresh.execute("create table public.fresh (id integer primary key, client integer)")
    assert api.get("/fresh?select=id,clients(name)").json()["code"] == "PGRST200"
    fresh.execute("alter table public.fresh add foreign key (client) references public.clients (id)")
    assert api.get("/fresh?select=id,clients(name)").json() == []
    fresh.execute("create function public.fresh_count(public.fresh) returns integer language sql as 'select 1'")
    fresh.execute("create function public.fresh_sum(a integer) returns integer language sql as 'select a'")
    assert api.post("/rpc/fresh_sum", {"a": 2}).json() == 2
    fresh.execute("drop function public.fresh_sum")


def test_a_changed_type_outlives_prepared_statements(api: Api, fresh: Connection) -> None:
    """The driver prepares what is asked often; the types it then assumes must not outlive the column's."""
    fresh.execute("create table public.fresh (id integer primary key, word text)")
    fresh.execute("insert into public.fresh values (1, '7')")
    for _ in range(60):
        assert api.rows("/fresh?word=eq.7") == [{"id": 1, "word": "7"}]
    fresh.execute("alter table public.fresh alter word type integer using word::integer")
    assert api.get("/unknown_so_that_the_cache_is_read").status_code == 404
    for _ in range(20):
        assert api.rows("/fresh?word=eq.7") == [{"id": 1, "word": 7}]


def test_names_of_any_script(api: Api, database: Connection) -> None:
    database.execute('create table public."✓ список" ("ключ" integer primary key)')
    try:
        response = api.post("/✓ список", {"ключ": 1}, Prefer="return=headers-only")
        assert (
            response.headers["location"]
            == "/%E2%9C%93%20%D1%81%D0%BF%D0%B8%D1%81%D0%BE%D0%BA?%D0%BA%D0%BB%D1%8E%D1%87=eq.1"
        )
        assert api.rows("/✓ список?select=ключ&ключ=eq.1") == [{"ключ": 1}]
    finally:
        database.execute('drop table public."✓ список"')


def test_settings_of_roles_follow_a_notification(api: Api, schema: StackInfo) -> None:
    with psycopg.connect(schema.admin_url, autocommit=True) as admin:
        admin.execute("alter role anon set statement_timeout to '100ms'")
        try:
            assert api.get("/unknown_so_that_the_cache_is_read").status_code == 404
            response = api.as_anonymous().post("/rpc/wait")
            assert (response.status_code, response.json()["code"]) == (500, "57014")
        finally:
            admin.execute("alter role anon set statement_timeout to '3s'")
            admin.execute("notify pgrst, 'reload config'")


def test_lost_connections_are_replaced(api: Api, schema: StackInfo) -> None:
    assert api.get("/clients").status_code == 200
    with psycopg.connect(schema.admin_url, autocommit=True) as admin:
        admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'authenticator'")
    assert api.get("/clients").status_code == 200
    assert api.post("/clients", {"name": "Dee"}).status_code == 201
