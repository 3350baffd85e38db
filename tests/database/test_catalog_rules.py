"""The rules of the house for every present and future table, view, function and policy."""

from __future__ import annotations

import re
from typing import Any

import pytest
from psycopg import Connection

from tests.database.catalog import Catalog
from tests.database.permissions import table

OURS = "('public', 'private', 'backend')"
"""Our schemas; background belongs to the queue's package."""

RELATIONS = f"select oid::regclass from pg_class where relnamespace::regnamespace::text in {OURS}"

UNIQUE_ACROSS_COMPANIES = {
    "tenants",
    "user_profiles",
    "twilio_settings",
    "stripe_accounts",
    "subscriptions",
    "document_links",
}
"""Tables whose unique constraints may start without the company: listed in docs/security.md."""


def names(catalog: Catalog, query: str) -> list[str]:
    """Return the first column of a catalog query."""
    return [str(row[0]) for row in catalog.rows(query)]


def test_every_table_has_row_level_security(catalog: Catalog) -> None:
    """Also the tables that no browser is granted."""
    assert not names(
        catalog,
        f"{RELATIONS} and relkind = 'r' and not relrowsecurity",
    )


def test_every_business_table_has_the_habits_of_a_row(catalog: Catalog) -> None:
    """id, tenant_id, times, version, author; and the trigger that keeps them."""
    for name in catalog.tenant_tables:
        columns = {column.name: column for column in catalog.columns(name)}
        assert {"id", "tenant_id", "created_at", "updated_at", "version", "created_by"} <= columns.keys(), name
        assert columns["tenant_id"].required, name
        touched = catalog.rows(
            "select 1 from pg_trigger where tgrelid = ('public.' || %s)::regclass and tgname = 'touch'", name
        )
        assert touched, f"{name} has no trigger 'touch'"


def test_keys_between_companies_tables_are_composite(catalog: Catalog) -> None:
    """A plain key would let one company point at another's row: key checks bypass row-level security."""
    plain = [
        key
        for key in catalog.foreign_keys
        if key.table in catalog.tenant_tables and key.parent in catalog.tenant_tables and "tenant_id" not in key.columns
    ]
    assert not plain


def test_unique_constraints_start_with_the_company(catalog: Catalog) -> None:
    """Otherwise a clash would tell one company what another has."""
    found = catalog.rows(
        """
        select indrelid::regclass::text, indexrelid::regclass::text,
               (select attname::text from pg_attribute where attrelid = indrelid and attnum = indkey[0])
        from pg_index join pg_class on pg_class.oid = indrelid
        where indisunique and not indisprimary and relnamespace = 'public'::regnamespace
        """
    )
    wrong = [index for name, index, first in found if first != "tenant_id" and name not in UNIQUE_ACROSS_COMPANIES]
    assert not wrong


def test_every_list_can_be_paged_by_key(catalog: Catalog) -> None:
    """Some index of every table that browsers read starts with the company."""
    for name in catalog.tenant_tables:
        firsts = names(
            catalog,
            f"select (select attname from pg_attribute where attrelid = indrelid and attnum = indkey[0]) "
            f"from pg_index where indrelid = 'public.{name}'::regclass",
        )
        assert "tenant_id" in firsts, name


def test_views_ask_with_the_rights_of_their_reader(catalog: Catalog) -> None:
    """security_invoker: otherwise row-level security would be the owner's."""
    assert not names(
        catalog,
        f"{RELATIONS} and relkind = 'v' and not coalesce(reloptions, '{{}}') @> '{{security_invoker=true}}'",
    )


def test_every_function_pins_its_search_path(catalog: Catalog) -> None:
    """A function that resolves names by the caller's path can be made to call the caller's functions."""
    assert not names(
        catalog,
        "select oid::regprocedure from pg_proc where pronamespace::regnamespace::text in "
        "('public', 'private', 'backend', 'background') "
        "and not exists (select from unnest(proconfig) as setting where setting like 'search_path=%')",
    )


def test_definer_functions_are_those_of_the_register(catalog: Catalog) -> None:
    """Each has its reason on the page, and none lives in the exposed schema."""
    found = names(
        catalog,
        "select pronamespace::regnamespace || '.' || proname from pg_proc "
        "where prosecdef and pronamespace::regnamespace::text in ('public', 'private', 'backend', 'background')",
    )
    assert sorted(found) == sorted(row["Function"] for row in table("Definer functions"))
    assert not [name for name in found if name.startswith("public.")]


def test_nobody_may_call_what_was_not_granted(catalog: Catalog) -> None:
    """The default right of everybody to execute is gone, and visitors have no function, table or sequence of ours."""
    callable_by = (
        "select oid::regprocedure from pg_proc where pronamespace::regnamespace::text in "
        "('public', 'private', 'backend', 'background') and has_function_privilege('{role}', oid, 'execute') "
        "and has_schema_privilege('{role}', pronamespace, 'usage')"
    )
    assert not names(catalog, callable_by.format(role="anon"))
    assert not names(catalog, callable_by.format(role="service_role"))
    assert not names(
        catalog,
        f"{RELATIONS} and relkind in ('r', 'v') "
        "and (has_table_privilege('anon', oid, 'select, insert, update, delete, truncate') "
        "or has_any_column_privilege('anon', oid, 'select, insert, update') "
        "or has_any_column_privilege('service_role', oid, 'select, insert, update'))",
    )


@pytest.mark.parametrize("login", ["fieldlite_webhook", "fieldlite_portal", "fieldlite_worker"])
def test_the_services_logins_reach_functions_only(catalog: Catalog, login: str) -> None:
    """No table of ours, no bypass of row-level security, and only functions of schema backend."""
    assert not names(
        catalog,
        f"{RELATIONS} and relkind in ('r', 'v', 'S') "
        f"and has_table_privilege('{login}', oid, 'select, insert, update, delete, truncate, references, trigger')",
    )
    assert not names(catalog, f"select rolname from pg_roles where rolname = '{login}' and (rolbypassrls or rolsuper)")
    schemas = names(
        catalog,
        "select distinct pronamespace::regnamespace from pg_proc where pronamespace::regnamespace::text in "
        f"('public', 'private', 'backend') and has_function_privilege('{login}', oid, 'execute')",
    )
    assert schemas == ["backend"]


def test_policies_are_one_per_verb_and_written_with_the_predicates(catalog: Catalog) -> None:
    """To signed-in people only; every predicate is evaluated once per statement, not once per row."""
    catalog.connection.execute("set local search_path = ''")
    policies = catalog.rows(
        "select tablename, cmd, policyname, roles::text[], coalesce(qual, '') || ' ' || coalesce(with_check, '') "
        "from pg_policies where schemaname = 'public'"
    )
    verbs = [(name, verb) for name, verb, *_ in policies]
    assert len(verbs) == len(set(verbs))
    for name, verb, title, roles, text in policies:
        assert roles == ["authenticated"], (name, title)
        assert verb != "ALL", (name, title)
        assert re.search(r"SELECT (private\.tenant_id\(\)|auth\.uid\(\))", text), (name, title)
        assert not re.search(r"(?<!SELECT )(private|auth)\.\w+\(", text), f"{name}: {title} calls a function per row"


def test_updates_state_what_may_be_changed_and_what_may_come_of_it(catalog: Catalog) -> None:
    """USING and WITH CHECK."""
    assert not names(
        catalog,
        "select policyname from pg_policies "
        "where schemaname = 'public' and cmd = 'UPDATE' and (qual is null or with_check is null)",
    )


def test_one_table_is_published_for_postgres_changes(catalog: Catalog) -> None:
    """The mission's own example, and nothing else."""
    assert catalog.rows(
        "select schemaname::text, tablename::text from pg_publication_tables where pubname = 'supabase_realtime'"
    ) == [("public", "sms_messages")]


def test_the_page_and_the_database_agree_on_permissions(database: Connection[Any]) -> None:
    """Live areas are the page's; every permission that a policy names exists."""
    areas = {
        (row["Area"], role)
        for row in table("Live topics")
        for role, cell in row.items()
        if role != "Area" and cell == "yes"
    }
    found = database.execute("select area::text, role::text from private.area_roles").fetchall()
    assert areas == set(found)
    named = database.execute(
        "select distinct (regexp_matches(concat(qual, with_check), 'may\\(''([a-z.]+)''', 'g'))[1] "
        "from pg_policies where schemaname = 'public'"
    ).fetchall()
    known = database.execute("select distinct permission from private.permissions").fetchall()
    assert named
    assert set(named) <= set(known)


def test_no_log_in_of_ours_can_make_objects(catalog: Catalog) -> None:
    """Nobody but the migrations' role makes anything in our schemas."""
    for role in ("authenticated", "anon", "fieldlite_webhook", "fieldlite_portal", "fieldlite_worker"):
        assert not names(
            catalog,
            f"select nspname from pg_namespace where nspname in ('public', 'private', 'backend', 'background') "
            f"and has_schema_privilege('{role}', oid, 'create')",
        )
