"""What the catalog says: migrations, row security, rights of visitors, publication, buckets, extensions, roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from scripts.project.findings import Finding, compared, judged
from scripts.project.history import MIGRATIONS, read_history
from scripts.stack.roles import ROLES

Connection = psycopg.Connection[tuple[Any, ...]]

PUBLISHED = ["public.sms_messages"]
"""All that `postgres_changes` may tell of (docs/security.md)."""

EXTENSION = re.compile(r"^create extension if not exists \"?([\w-]+)\"? with schema extensions", re.MULTILINE)


def check_database(database_url: str, folder: Path = MIGRATIONS) -> Iterator[Finding]:
    """Everything that the owner's log-in can see. Yields a single failure when it cannot log in."""
    try:
        with psycopg.connect(database_url, connect_timeout=10) as connection:
            connection.read_only = True
            yield from _migrations(database_url, folder)
            yield from _access(connection)
            yield _publication(connection)
            yield from _buckets(connection)
            yield _extensions(connection, folder)
            yield from _roles(connection)
    except psycopg.Error as problem:
        yield Finding("fail", f"the database answers: {str(problem).strip()}", "Check --database-url (role postgres).")


def _migrations(database_url: str, folder: Path) -> Iterator[Finding]:
    history = read_history(database_url, folder)
    yield from (Finding("fail", "migrations fit this checkout", sentence) for sentence in history.drift())
    pending = [path.name for path in history.pending]
    yield judged("migrations are applied", pending, "Run ./scripts/migrate.")


def _access(connection: Connection) -> Iterator[Finding]:
    yield judged(
        "row-level security is on",
        _names(
            connection,
            "select oid::regclass::text from pg_catalog.pg_class where relkind in ('r', 'p') and not relrowsecurity "
            "and relnamespace::regnamespace::text in ('public', 'private', 'backend')",
        ),
        "Somebody switched it off by hand: alter table ... enable row level security.",
    )
    yield judged(
        "views ask with their reader's rights",
        _names(
            connection,
            "select oid::regclass::text from pg_catalog.pg_class where relkind = 'v' "
            "and relnamespace = 'public'::regnamespace and not coalesce(reloptions, '{}') @> '{security_invoker=true}'",
        ),
        "alter view ... set (security_invoker = true).",
    )
    yield judged(
        "visitors (anon) reach nothing",
        _names(
            connection,
            "select oid::regclass::text from pg_catalog.pg_class where relkind in ('r', 'p', 'v', 'm') "
            "and relnamespace = 'public'::regnamespace "
            "and (has_table_privilege('anon', oid, 'select, insert, update, delete, truncate') "
            "or has_any_column_privilege('anon', oid, 'select, insert, update')) "
            "union all "
            "select oid::regprocedure::text from pg_catalog.pg_proc where pronamespace = 'public'::regnamespace "
            "and has_function_privilege('anon', oid, 'execute')",
        ),
        "revoke all on ... from anon, public.",
    )


def _publication(connection: Connection) -> Finding:
    published = _names(
        connection,
        "select schemaname || '.' || tablename from pg_catalog.pg_publication_tables "
        "where pubname = 'supabase_realtime'",
    )
    return judged(
        "postgres_changes tells of texts only",
        sorted(set(published) ^ set(PUBLISHED)),
        "alter publication supabase_realtime add (or drop) table ...",
    )


def _buckets(connection: Connection) -> Iterator[Finding]:
    buckets = connection.execute(
        "select id, public, file_size_limit is not null and allowed_mime_types is not null from storage.buckets"
    ).fetchall()
    yield compared(
        "the bucket attachments exists",
        good="attachments" in {name for name, _, _ in buckets},
        advice="Run ./scripts/migrate.",
    )
    yield judged(
        "buckets are private",
        [name for name, public, _ in buckets if public],
        "Make them private in Storage's settings.",
    )
    yield judged(
        "buckets limit size and kind of files",
        [name for name, _, limited in buckets if not limited],
        "Set both limits in Storage's settings.",
    )


def _extensions(connection: Connection, folder: Path) -> Finding:
    wanted = {name for path in folder.glob("*.sql") for name in EXTENSION.findall(path.read_text())}
    present = set(_names(connection, "select extname::text from pg_catalog.pg_extension"))
    return judged("extensions are there", sorted(wanted - present), "create extension ... with schema extensions.")


def _roles(connection: Connection) -> Iterator[Finding]:
    rows = connection.execute(
        """
        select rolname::text, rolcanlogin, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb,
               exists (select from pg_catalog.pg_auth_members where member = pg_roles.oid)
        from pg_catalog.pg_roles
        where rolname = any (%s)
        """,
        [list(ROLES)],
    ).fetchall()
    yield judged(
        "the service's log-ins exist",
        sorted(set(ROLES) - {name for name, can_log_in, _, _ in rows if can_log_in}),
        "Run ./scripts/migrate, then ./scripts/create-roles.",
    )
    yield judged(
        "the service's log-ins bypass nothing",
        [name for name, _, powerful, member in rows if powerful or member],
        "alter role ... nosuperuser nobypassrls nocreaterole nocreatedb, and revoke the roles that it was given.",
    )


def _names(connection: Connection, query: str) -> list[str]:
    return sorted(str(row[0]) for row in connection.execute(query.encode()).fetchall())
