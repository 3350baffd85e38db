"""Applying a project's migrations and seed, recorded exactly as the official CLI records them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg

from supabase_local.context import Project
from supabase_local.errors import StackError
from supabase_local.options import Announce
from supabase_local.sqlrun import Connection, run_sql

MIGRATION_NAME = re.compile(r"(?P<version>\d+)_(?P<name>.*)\.sql")
HISTORY: Sequence[LiteralString] = (
    "create schema if not exists supabase_migrations",
    """
    create table if not exists supabase_migrations.schema_migrations (
      version text not null primary key, statements text[], name text
    )
    """,
    "create table if not exists supabase_migrations.seed_files (path text not null primary key, hash text not null)",
)


@dataclass(frozen=True)
class Migration:
    """One file of ``migrations/``; the digits before the first underscore are its version."""

    path: Path
    version: str
    name: str


def list_migrations(project: Project) -> list[Migration]:
    """Return the migrations in order. Raises StackError when two have the same version."""
    migrations: dict[str, Migration] = {}
    for path in sorted((project.directory / "migrations").glob("*.sql")):
        match = MIGRATION_NAME.fullmatch(path.name)
        if match is None:  # the CLI skips such files too
            continue
        if (other := migrations.get(match["version"])) is not None:
            raise StackError(f"Two migrations have the version {match['version']}: {other.path.name} and {path.name}.")
        migrations[match["version"]] = Migration(path, match["version"], match["name"])
    return list(migrations.values())


async def migrate(project: Project, dsn: str, announce: Announce) -> None:
    """Apply what is not yet recorded, each file in one transaction, as the role of ``dsn`` (``postgres``).

    Raises StackError naming file, line and message when one fails, and when the history does not fit the folder.
    """
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True, prepare_threshold=None) as connection:
        for statement in HISTORY:
            await connection.execute(statement)
        for migration in _pending(list_migrations(project), await _applied_versions(connection)):
            announce(f"Applying migration {migration.path.name}")
            await _apply(connection, migration)


async def seed(project: Project, dsn: str, announce: Announce) -> None:
    """Run the seed files of ``[db.seed]``, each in one transaction. Raises StackError when one fails."""
    if not project.setting("db.seed.enabled", True):
        return
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True, prepare_threshold=None) as connection:
        for path in seed_files(project):
            name = path.relative_to(project.directory).as_posix()
            announce(f"Seeding from {name}")
            await connection.execute("reset all")
            async with connection.transaction():
                await run_sql(connection, path.read_text(encoding="utf-8"), str(path))
                await connection.execute(
                    """
                    insert into supabase_migrations.seed_files (path, hash) values (%s, %s)
                    on conflict (path) do update set hash = excluded.hash
                    """,
                    (f"supabase/{name}", hashlib.sha256(path.read_bytes()).hexdigest()),
                )


def seed_files(project: Project) -> list[Path]:
    """Return the files that the patterns of ``db.seed.sql_paths`` name, in the order of the patterns."""
    patterns = [str(pattern).removeprefix("./") for pattern in project.setting("db.seed.sql_paths", ["seed.sql"])]
    found = [path for pattern in patterns for path in sorted(project.directory.glob(pattern))]
    return list(dict.fromkeys(found))


async def _applied_versions(connection: Connection) -> list[str]:
    cursor = await connection.execute("select version from supabase_migrations.schema_migrations order by version")
    return [version for (version,) in await cursor.fetchall()]


def _pending(migrations: list[Migration], applied: list[str]) -> list[Migration]:
    """Return the migrations to apply: those behind the last applied one. Raises StackError when the two disagree."""
    known = {migration.version for migration in migrations}
    if missing := [version for version in applied if version not in known]:
        raise StackError(
            f"The database has migrations that the folder lacks: {', '.join(missing)}. "
            "Bring the files back, or run `reset` to make the database anew."
        )
    pending = [migration for migration in migrations if migration.version not in applied]
    if applied and pending and pending[0].version < applied[-1]:
        raise StackError(
            f"Migration {pending[0].path.name} is older than {applied[-1]}, which is already applied. "
            "Give it a newer version, or run `reset` to apply all in order."
        )
    return pending


async def _apply(connection: Connection, migration: Migration) -> None:
    await connection.execute("reset all")  # a file may have changed the session's settings, as pg_dump's output does
    async with connection.transaction():
        statements = await run_sql(connection, migration.path.read_text(encoding="utf-8"), str(migration.path))
        await connection.execute(
            "insert into supabase_migrations.schema_migrations (version, name, statements) values (%s, %s, %s)",
            (migration.version, migration.name, statements),
        )
