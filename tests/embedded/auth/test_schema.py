"""The auth schema: what policies ask, what a project's migrations and seeds may do, and what nobody may."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from psycopg.rows import TupleRow

from tests.embedded.auth.support import Api, new_email
from tests.embedded.stacks import StackInfo

Connection = psycopg.Connection[TupleRow]


@pytest.fixture
def postgres(auth_stack: StackInfo) -> Iterator[Connection]:
    """A connection as a project's migrations have it; what it does is undone."""
    with psycopg.connect(auth_stack.database_url) as connection:
        yield connection
        connection.rollback()


def asked(connection: Connection, settings: dict[str, str]) -> tuple[Any, ...]:
    """Return what the four functions say with these request settings."""
    for name, value in settings.items():
        connection.execute("select set_config(%s, %s, true)", (f"request.jwt.{name}", value))
    row = connection.execute("select auth.uid()::text, auth.role(), auth.email(), auth.jwt()").fetchone()
    assert row is not None
    return row


def test_functions_know_nobody_without_claims(postgres: Connection) -> None:
    assert asked(postgres, {}) == (None, None, None, None)
    assert asked(postgres, {"claims": "", "claim.sub": ""}) == (None, None, None, None)


def test_functions_read_the_claims(postgres: Connection) -> None:
    claims = {"sub": str(uuid4()), "role": "authenticated", "email": "a@example.com", "deep": {"x": 1}}
    expected = (claims["sub"], "authenticated", "a@example.com", claims)
    assert asked(postgres, {"claims": json.dumps(claims)}) == expected


def test_single_claims_come_first(postgres: Connection) -> None:
    settings = {"claims": json.dumps({"role": "anon", "email": "old@example.com"})}
    settings |= {"claim.role": "service_role", "claim.email": "new@example.com"}
    assert asked(postgres, settings)[1:3] == ("service_role", "new@example.com")


@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role"])
def test_requests_may_ask_the_functions_but_not_read_the_tables(postgres: Connection, role: str) -> None:
    postgres.execute(f"set local role {role}")
    assert asked(postgres, {"claim.role": role})[1] == role
    for table in ("users", "identities", "sessions", "refresh_tokens", "one_time_tokens", "flow_state"):
        with pytest.raises(InsufficientPrivilege), postgres.transaction():
            postgres.execute(f"select from auth.{table}")


def test_a_migration_may_refer_to_users_and_follow_them(postgres: Connection) -> None:
    postgres.execute("create table public.profiles (id uuid primary key references auth.users (id) on delete cascade)")
    postgres.execute(
        "create function public.follow() returns trigger language plpgsql security definer as"
        " $$ begin insert into public.profiles values (new.id); return new; end $$"
    )
    postgres.execute("drop trigger if exists follow on auth.users")
    postgres.execute("create trigger follow after insert on auth.users for each row execute function public.follow()")
    user_id = uuid4()
    postgres.execute("insert into auth.users (id, email) values (%s, %s)", (user_id, new_email()))
    assert postgres.execute("select id from public.profiles").fetchall() == [(user_id,)]
    postgres.execute("delete from auth.users where id = %s", (user_id,))
    assert postgres.execute("select id from public.profiles").fetchall() == []
    postgres.execute("drop trigger follow on auth.users")
    postgres.execute("drop table public.profiles")


@pytest.mark.parametrize(
    "statement",
    [
        "create table auth.mine (id int)",
        "create function auth.mine() returns int language sql as 'select 1'",
        "create or replace function auth.uid() returns uuid language sql stable as 'select null::uuid'",
        "alter table auth.users add column mine int",
        "alter table auth.users disable row level security",
        "create index mine on auth.users (created_at)",
        "drop table auth.audit_log_entries",
        "drop function auth.email()",
        "alter table auth.users drop column phone_change",
        "set role supabase_auth_admin",
    ],
)
def test_a_migration_may_not_change_what_hosted_projects_protect(postgres: Connection, statement: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        postgres.execute(statement)


def test_a_migration_may_hand_on_reading_of_users(postgres: Connection) -> None:
    postgres.execute("create role reader; grant usage on schema auth to reader; grant select on auth.users to reader")


def test_identities_know_their_address_in_lower_case(api: Api, postgres: Connection) -> None:
    row = postgres.execute(
        "select email from auth.identities where user_id = '11111111-1111-4111-8111-111111111111'"
    ).fetchone()
    assert row == ("seeded@example.com",)


def test_one_address_belongs_to_one_user(postgres: Connection) -> None:
    statement = "insert into auth.users (id, email) values (gen_random_uuid(), 'seeded@example.com')"
    with pytest.raises(psycopg.errors.UniqueViolation):
        postgres.execute(statement)
