"""The walls are tested by breaking them: each deliberate mistake must be caught by a test that guards every table.

A mutant is one statement that a careless migration could contain. It is made in a clone of the database, the named
guard is called as pytest would call it, and must fail; without the mutant the same guard passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from tests.database import test_calls, test_catalog_rules, test_foreign_ids, test_live_topics, test_matrix
from tests.database.catalog import Catalog
from tests.database.companies import connect_twilio, receive, write
from tests.database.conftest import Company, make_company, superuser_url


@dataclass
class World:
    """Two filled companies in a database that may be broken."""

    database: Connection[Any]
    ours: Company
    theirs: Company

    @property
    def catalog(self) -> Catalog:
        """The catalog as it is now: nothing remembered."""
        return Catalog(self.database)


Guard = Callable[[World], object]


def at_home(verb: str) -> Guard:
    """Roles in their own company, as the page says."""
    return lambda world: test_matrix.test_each_role_may_do_what_the_page_says_and_nothing_else(
        world.database, world.catalog, (world.ours, world.theirs), verb
    )


def abroad(verb: str) -> Guard:
    """Nobody reaches another company."""
    return lambda world: test_matrix.test_nobody_reaches_another_company(
        world.database, world.catalog, (world.ours, world.theirs), verb
    )


def catalog_rule(test: Callable[[Catalog], None]) -> Guard:
    """A rule of the house."""
    return lambda world: test(world.catalog)


def foreign_calls(world: World) -> None:
    """Calls of browsers with another company's ids."""
    test_foreign_ids.test_calls_of_browsers_touch_only_the_callers_company(
        world.database, world.catalog, (world.ours, world.theirs)
    )


def foreign_service_calls(world: World) -> None:
    """Calls of the service with another company's ids."""
    test_foreign_ids.test_functions_of_the_service_touch_only_the_named_company(
        world.database, world.catalog, (world.ours, world.theirs)
    )


def calls_of_roles(world: World) -> None:
    """Who may call what."""
    test_calls.test_each_role_may_call_what_the_page_says(world.database, world.catalog, world.ours)


def own_rows(world: World) -> None:
    """The tables without a company column."""
    test_matrix.test_companies_and_people_are_seen_by_their_own(world.database, world.ours, world.theirs)


def topics(world: World) -> None:
    """Who may listen where."""
    test_live_topics.test_each_role_joins_the_topics_of_the_page(world.database, world.ours, world.theirs)


SEEN = '"Contacts are seen by the office and the bookkeeper" on public.contacts'
CHANGED = '"Contacts are changed by the office" on public.contacts'
ADDED = '"Numbers of contacts are added by the office" on public.contact_phones'
LISTENING = '"People may listen to the topics of their company and role" on realtime.messages'
SET_UNREAD_ANYWHERE = """
create or replace function private.set_unread(p_conversation uuid, p_unread boolean) returns void
language sql security definer set search_path = '' as $$
  update public.conversations set unread_count = case when p_unread then 9 else 0 end where id = p_conversation;
$$
"""
CONSENT_BY_ANYBODY = """
create or replace function private.may_message(
  p_address text, p_channel public.consent_channel, p_purpose public.consent_purpose
) returns table (allowed boolean, code text, words text)
language sql stable security definer set search_path = '' as $$ select true, 'granted', 'Yes' $$
"""
RECORD_ANYWHERE = """
create or replace function backend.record_unknown(p_tenant uuid, p_message uuid, p_reason text) returns void
language sql security definer set search_path = '' as $$
  update public.sms_messages set status_reason = 'x' where id = p_message;
$$
"""
EXECUTE_BY_DEFAULT = """
create function public.harmless() returns integer language sql set search_path = '' as 'select 1';
grant execute on function public.harmless() to public
"""
SIMPLE_KEY = """
alter table public.contact_phones drop constraint contact_phones_tenant_id_contact_id_fkey;
alter table public.contact_phones add foreign key (contact_id) references public.contacts (id)
"""
ONLY_COMPANY = "tenant_id = (select private.tenant_id())"
WITHOUT_CHECK = f"drop policy {CHANGED}; create policy {CHANGED} for update to authenticated using ({ONLY_COMPANY})"
SECOND_POLICY = """
create policy leak on public.contacts for select to authenticated using ((select private.may('members.read')))
"""
BACKEND_FOR_VISITORS = """
grant usage on schema backend to anon;
grant execute on function backend.worker_tick(interval) to anon
"""
NEW_TABLE_AS_TAUGHT = """
create table public.gadgets (id uuid primary key default gen_random_uuid(), tenant_id uuid not null, name text);
grant select on public.gadgets to authenticated
"""

MUTANTS: list[tuple[str, str, Guard]] = [
    ("policy dropped", f"drop policy {SEEN}", at_home("read")),
    ("using true", f"alter policy {SEEN} using (true)", abroad("read")),
    ("using true breaks the house's rule", f"alter policy {SEEN} using (true)", catalog_rule(
        test_catalog_rules.test_policies_are_one_per_verb_and_written_with_the_predicates)),
    ("update anywhere", f"alter policy {CHANGED} using (true) with check (true)", catalog_rule(
        test_catalog_rules.test_policies_are_one_per_verb_and_written_with_the_predicates)),
    ("with check missing", WITHOUT_CHECK, catalog_rule(
        test_catalog_rules.test_updates_state_what_may_be_changed_and_what_may_come_of_it)),
    ("role forgotten", f"alter policy {ADDED} with check ({ONLY_COMPANY})", at_home("insert")),
    ("second policy opens the first", SECOND_POLICY, abroad("read")),
    ("row-level security off", "alter table public.contacts disable row level security", abroad("read")),
    ("row-level security off in a quiet place", "alter table private.session_tenants disable row level security",
     catalog_rule(test_catalog_rules.test_every_table_has_row_level_security)),
    ("definer function without its tenant", SET_UNREAD_ANYWHERE, foreign_calls),
    ("definer function without its permission", CONSENT_BY_ANYBODY, calls_of_roles),
    ("definer function in the exposed schema", "alter function public.my_companies() security definer", catalog_rule(
        test_catalog_rules.test_definer_functions_are_those_of_the_register)),
    ("service function without its tenant", RECORD_ANYWHERE, foreign_service_calls),
    ("view with its owner's rights", "alter view public.conversation_list set (security_invoker = false)",
     abroad("read")),
    ("view with its owner's rights breaks the house's rule",
     "alter view public.conversation_list reset (security_invoker)", catalog_rule(
         test_catalog_rules.test_views_ask_with_the_rights_of_their_reader)),
    ("plain foreign key", SIMPLE_KEY, catalog_rule(
        test_catalog_rules.test_keys_between_companies_tables_are_composite)),
    ("plain foreign key lets a row hang on another company's", SIMPLE_KEY, abroad("insert")),
    ("execute by default", EXECUTE_BY_DEFAULT, catalog_rule(
        test_catalog_rules.test_nobody_may_call_what_was_not_granted)),
    ("execute by default is not on the page", EXECUTE_BY_DEFAULT, catalog_rule(
        test_calls.test_the_page_names_every_call)),
    ("service function given to browsers", BACKEND_FOR_VISITORS, catalog_rule(
         test_catalog_rules.test_nobody_may_call_what_was_not_granted)),
    ("table given to the service", "grant select on public.contacts to fieldlite_portal", lambda world:
     test_catalog_rules.test_the_services_logins_reach_functions_only(world.catalog, "fieldlite_portal")),
    ("table given to visitors", "grant select on public.contacts to anon", catalog_rule(
        test_catalog_rules.test_nobody_may_call_what_was_not_granted)),
    ("role column given to browsers", "grant update (role) on public.memberships to authenticated", own_rows),
    ("unique across companies", "create unique index leak on public.contacts (name)", catalog_rule(
        test_catalog_rules.test_unique_constraints_start_with_the_company)),
    ("permission given away", "insert into private.permissions values ('contacts.read', 'tech')", at_home("read")),
    ("search path open", "alter function private.may(text) reset search_path", catalog_rule(
        test_catalog_rules.test_every_function_pins_its_search_path)),
    ("topics of everybody", f"alter policy {LISTENING} using (true)", topics),
    ("publication widened", "alter publication supabase_realtime add table public.contacts", catalog_rule(
        test_catalog_rules.test_one_table_is_published_for_postgres_changes)),
    ("table without the house's habits", NEW_TABLE_AS_TAUGHT, catalog_rule(
        test_catalog_rules.test_every_business_table_has_the_habits_of_a_row)),
]  # fmt: skip


@pytest.fixture(scope="module")
def broken_database(template_database: Any) -> Iterator[str]:
    """One clone for all mutants: each is undone by a rollback."""
    with template_database.clone() as url:
        yield url


@pytest.fixture
def world(broken_database: str) -> Iterator[World]:
    """Two companies with Twilio, texts and one row in each table, in a transaction that is rolled back."""
    with psycopg.connect(superuser_url(broken_database)) as database:
        catalog = Catalog(database)
        companies = [make_company(database, catalog, name) for name in ("Ours", "Theirs")]
        for company in companies:
            connect_twilio(database, company)
            receive(database, company, "Hello")
            write(database, company, "Hi")
            company.fill()
            company.leave_failed_event()
        yield World(database, *companies)
        database.rollback()


@pytest.mark.parametrize(("mistake", "guard"), [(m[1], m[2]) for m in MUTANTS], ids=[m[0] for m in MUTANTS])
def test_a_mistake_is_caught(world: World, mistake: str, guard: Guard) -> None:
    """The guard that passes on the sound database fails on the broken one."""
    world.database.execute(mistake.encode())
    with pytest.raises(AssertionError):
        guard(world)


def test_the_guards_pass_without_a_mistake(world: World) -> None:
    """Otherwise every mutant would seem caught."""
    for _, _, guard in MUTANTS:
        with world.database.transaction(force_rollback=True):
            guard(world)
