"""The database is the one that a new hosted project has: roles, rights, limits, extensions, settings."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.rows import TupleRow

from tests.embedded.stacks import StackInfo

Connection = psycopg.Connection[TupleRow]


@pytest.fixture
def postgres(stack_info: StackInfo) -> Iterator[Connection]:
    """Logged in as migrations are; what the test does is undone."""
    with psycopg.connect(stack_info.database_url) as connection:
        yield connection
        connection.rollback()


def attributes(connection: Connection, role: str) -> set[str]:
    """Return what a role has of the attributes of pg_roles."""
    row = connection.execute(
        """
        select rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls
        from pg_roles where rolname = %s
        """,
        (role,),
    ).fetchone()
    assert row is not None
    names = ("super", "inherit", "createrole", "createdb", "login", "replication", "bypassrls")
    return {name for name, has in zip(names, row, strict=True) if has}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("postgres", {"inherit", "createrole", "createdb", "login", "replication", "bypassrls"}),
        ("anon", set()),
        ("authenticated", set()),
        ("service_role", {"bypassrls"}),
        ("authenticator", {"login"}),
        ("supabase_auth_admin", {"login", "createrole"}),
        ("supabase_storage_admin", {"login", "createrole"}),
        ("supabase_read_only_user", {"inherit", "login", "bypassrls"}),
    ],
)
def test_a_role_has_the_attributes_of_hosted(postgres: Connection, role: str, expected: set[str]) -> None:
    assert attributes(postgres, role) == expected


def test_a_wrong_password_is_refused(stack_info: StackInfo) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(stack_info.database_url.replace(":postgres@", ":guess@"))


@pytest.mark.parametrize(("role", "limit"), [("anon", "3s"), ("authenticated", "8s"), ("authenticator", "8s")])
def test_requests_have_a_time_limit(postgres: Connection, role: str, limit: str) -> None:
    row = postgres.execute("select rolconfig from pg_roles where rolname = %s", (role,)).fetchone()
    assert row is not None
    assert f"statement_timeout={limit}" in row[0]


def test_postgres_may_act_as_the_request_roles_and_hand_them_on(postgres: Connection) -> None:
    postgres.execute("create role tests_of_roles")
    postgres.execute("grant anon, authenticated, service_role to tests_of_roles")
    for role in ("anon", "authenticated", "service_role"):
        postgres.execute(f"set local role {role}")
        postgres.execute("reset role")


def test_what_postgres_makes_in_public_is_open_to_requests(postgres: Connection) -> None:
    postgres.execute("create table tests_of_roles (id serial)")
    postgres.execute("create function tests_of_roles() returns integer language sql return 1")
    for role in ("anon", "authenticated", "service_role"):
        postgres.execute(f"set local role {role}")
        postgres.execute("insert into tests_of_roles default values")
        postgres.execute("select tests_of_roles()")
        postgres.execute("reset role")


def test_a_migration_can_revoke_these_defaults(postgres: Connection) -> None:
    """A revoke without IN SCHEMA changes what PostgreSQL grants to everybody; the grants in public need the other."""
    postgres.execute("alter default privileges in schema public revoke all on tables from anon")
    postgres.execute("alter default privileges in schema public revoke all on functions from anon")
    postgres.execute("alter default privileges revoke execute on functions from public")
    postgres.execute("create table tests_of_roles (id integer)")
    postgres.execute("create function tests_of_roles() returns integer language sql return 1")
    row = postgres.execute(
        """
        select has_table_privilege('anon', 'tests_of_roles', 'select'),
          has_function_privilege('anon', 'tests_of_roles()', 'execute')
        """
    ).fetchone()
    assert row == (False, False)


def test_postgres_is_no_superuser(postgres: Connection) -> None:
    for statement in ("select pg_read_file('postgresql.conf')", "alter role postgres superuser"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), postgres.transaction():
            postgres.execute(statement)


def test_extensions_of_hosted_are_there_or_can_be_made(postgres: Connection) -> None:
    for name in ("pgcrypto", "uuid-ossp", "pg_stat_statements"):
        row = postgres.execute(
            "select extnamespace::regnamespace::text from pg_extension where extname = %s", (name,)
        ).fetchone()
        assert row == ("extensions",)
    for name in ("btree_gist", "pg_trgm", "unaccent"):
        postgres.execute(f"create extension {name} with schema extensions")


def test_uuid_ossp_makes_what_it_can_and_says_what_it_cannot(postgres: Connection) -> None:
    """The version 3 value is the example of RFC 9562, appendix A.2, with the corrected name www.example.com."""
    row = postgres.execute(
        "select uuid_generate_v3(uuid_ns_dns(), 'www.example.com')::text, uuid_generate_v4() <> uuid_generate_v4()"
    ).fetchone()
    assert row == ("5df41881-3aed-3515-88a7-2f4a814cf09e", True)
    for call in ("uuid_generate_v1()", "uuid_generate_v1mc()", "uuid_generate_v5(uuid_ns_dns(), 'a')"):
        with pytest.raises(psycopg.errors.FeatureNotSupported), postgres.transaction():
            postgres.execute(f"select {call}")


def test_postgres_writes_policies_on_storage_and_realtime(postgres: Connection) -> None:
    for table in ("storage.objects", "realtime.messages"):
        postgres.execute(f"create policy tests_of_roles on {table} for select to authenticated using (true)")


def test_storage_is_closed_until_a_policy_opens_it(postgres: Connection) -> None:
    postgres.execute("insert into storage.buckets (id, name) values ('papers', 'papers')")
    postgres.execute("insert into storage.objects (bucket_id, name) values ('papers', 'a/b/report.final.pdf')")
    parts = "storage.foldername(name), storage.filename(name), storage.extension(name)"
    names = f"select {parts} from storage.objects where bucket_id = 'papers'"
    assert postgres.execute(names).fetchall() == [(["a", "b"], "report.final.pdf", "pdf")]
    postgres.execute("set local role authenticated")
    assert postgres.execute(names).fetchall() == []


def test_the_realtime_publication_belongs_to_postgres(postgres: Connection) -> None:
    """Other rooms' tests add tables of their own to it."""
    owner = "select pubowner::regrole::text from pg_publication where pubname = 'supabase_realtime'"
    assert postgres.execute(owner).fetchall() == [("postgres",)]
    tables = "select tablename from pg_publication_tables where pubname = 'supabase_realtime'"
    assert ("notes",) in postgres.execute(tables).fetchall()
    postgres.execute("alter publication supabase_realtime add table shapes")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("wal_level", "logical"),
        ("listen_addresses", "127.0.0.1"),
        ("password_encryption", "scram-sha-256"),
        ("search_path", '"$user", public, extensions'),
        ("server_encoding", "UTF8"),
        ("timezone", "UTC"),
    ],
)
def test_the_server_is_set_up_as_documented(postgres: Connection, setting: str, value: str) -> None:
    row = postgres.execute("select current_setting(%s)", (setting,)).fetchone()
    assert row == (value,)


def test_text_is_unicode_in_case_and_in_trigrams(postgres: Connection) -> None:
    postgres.execute("create extension pg_trgm with schema extensions")
    row = postgres.execute("select upper('žluťoučký'), show_trgm('čaj') <> '{}'").fetchone()
    assert row == ("ŽLUŤOUČKÝ", True)
