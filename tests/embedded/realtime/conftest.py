"""Tables, policies and people for the tests of Realtime."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.embedded.realtime.people import Person, Sql, new_person
from tests.embedded.stacks import StackInfo

TABLES = """
create table public.rt_messages (
  id bigint generated always as identity primary key,
  tenant_id uuid not null default gen_random_uuid(),
  owner_id uuid not null,
  body text not null default 'hello',
  secret text,
  amount numeric,
  tags text[],
  details jsonb,
  sent_at timestamptz,
  photo bytea
);
alter table public.rt_messages enable row level security;
create policy "Owners read their messages" on public.rt_messages for select to authenticated
  using (owner_id = (select auth.uid()));
revoke all on public.rt_messages from anon, authenticated;
grant select (id, tenant_id, owner_id, body, amount, tags, details, sent_at, photo)
  on public.rt_messages to authenticated;
create table public.rt_open (id integer primary key, name text, note text);
create table public.rt_keyless (name text);
create table public.rt_closed (id integer primary key);
revoke all on public.rt_closed from anon, authenticated;
create table public.rt_failing (id integer primary key);
alter table public.rt_failing enable row level security;
create policy "Only claims that are numbers pass" on public.rt_failing for select to authenticated
  using ((auth.jwt() ->> 'number')::integer = id);
create table public.rt_unpublished (id integer primary key);
create table public.rt_marker (id bigint generated always as identity primary key);
alter publication supabase_realtime add table public.rt_messages, public.rt_open, public.rt_keyless, public.rt_closed,
  public.rt_failing, public.rt_marker;
create policy "Members read team topics" on realtime.messages for select to authenticated
  using (realtime.topic() = 'team:' || (select auth.jwt() ->> 'team'));
create policy "Writers write to team topics" on realtime.messages for insert to authenticated
  with check (
    realtime.topic() = 'team:' || (select auth.jwt() ->> 'team') and (select auth.jwt() ->> 'writer') = 'yes'
  );
"""
CLEAN = """
drop policy "Members read team topics" on realtime.messages;
drop policy "Writers write to team topics" on realtime.messages;
drop table public.rt_messages, public.rt_open, public.rt_keyless, public.rt_closed, public.rt_failing,
  public.rt_unpublished, public.rt_marker;
"""


@pytest.fixture(scope="session")
def realtime_stack(stack_info: StackInfo) -> Iterator[StackInfo]:
    """The shared stack, with tables and policies of this room."""
    with psycopg.connect(stack_info.database_url, autocommit=True) as connection:
        connection.execute(TABLES)
        yield stack_info
        connection.execute(CLEAN)


@pytest.fixture
def sql(realtime_stack: StackInfo) -> Iterator[Sql]:
    """Run statements as ``postgres``, each committed at once."""
    with psycopg.connect(realtime_stack.database_url, autocommit=True) as connection:

        def run(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
            cursor = connection.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description else []

        yield run


@pytest.fixture
def alice(realtime_stack: StackInfo) -> Person:
    """A person."""
    return new_person(realtime_stack.keys.jwt_secret)


@pytest.fixture
def bob(realtime_stack: StackInfo) -> Person:
    """Another person."""
    return new_person(realtime_stack.keys.jwt_secret)
