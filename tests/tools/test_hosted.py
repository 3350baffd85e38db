"""The way to a hosted project: scripts/migrate with the official CLI, then scripts/create-roles, on a new project."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from scripts.stack.migrate import Timeouts
from tests.embedded.stacks import StackCommand, StackInfo
from tests.support.databases import SUPABASE
from tests.support.stack import ROOT


@pytest.fixture(scope="module")
def empty_project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StackInfo]:
    """A Supabase project in which nothing of ours has happened yet."""
    folder = tmp_path_factory.mktemp("hosted")
    project = folder / "project"
    (project / "migrations").mkdir(parents=True)
    (project / "config.toml").write_text('project_id = "empty"\n[db.seed]\nenabled = false\n')
    with StackCommand(project, folder / "data").running() as info:
        yield info


def script(name: str, *arguments: str, url: str) -> subprocess.CompletedProcess[str]:
    """Run a script with the project's address where operators keep it."""
    return subprocess.run(
        [ROOT / "scripts" / name, *arguments],
        check=False, capture_output=True, text=True, env={**os.environ, "SUPABASE_DB_URL": url},
    )  # fmt: skip


def applied(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("select version from supabase_migrations.schema_migrations order by version")
        return [version for (version,) in rows]


def test_roles_before_migrations_are_refused_with_the_next_step(empty_project: StackInfo) -> None:
    done = script("create-roles", url=empty_project.database_url)
    assert done.returncode == 1
    assert "./scripts/migrate" in done.stderr


def test_a_dry_run_shows_what_would_be_applied(empty_project: StackInfo) -> None:
    done = script("migrate", "--dry-run", url=empty_project.database_url)
    assert done.returncode == 0, done.stderr
    assert "20260101000100_deny_first.sql" in done.stderr
    with psycopg.connect(empty_project.database_url) as connection:
        assert connection.execute("select to_regnamespace('private')").fetchone() == (None,)


def test_migrate_applies_everything_and_the_printed_logins_work(empty_project: StackInfo) -> None:
    done = script("migrate", url=empty_project.database_url)
    assert done.returncode == 0, done.stdout + done.stderr
    files = sorted(path.name.partition("_")[0] for path in Path(SUPABASE / "migrations").glob("*.sql"))
    assert applied(empty_project.database_url) == files

    printed = script("create-roles", url=empty_project.database_url)
    assert printed.returncode == 0, printed.stderr
    settings = dict(line.split("=", 1) for line in printed.stdout.splitlines())
    assert {name: user_of(url) for name, url in settings.items()} == {
        "FIELDLITE_DATABASE_URL_WEBHOOK": "fieldlite_webhook",
        "FIELDLITE_DATABASE_URL_PORTAL": "fieldlite_portal",
        "FIELDLITE_DATABASE_URL_WORKER": "fieldlite_worker",
    }


def test_a_migration_that_waits_for_a_table_gives_up(empty_project: StackInfo) -> None:
    """After the migrations: the newest is taken back on paper, and somebody holds the table that it alters."""
    with psycopg.connect(empty_project.database_url) as holder:
        holder.execute("create table public.held (id integer)")
        holder.commit()
        holder.execute("lock table public.held in share mode")
        timeouts = Timeouts(lock="200ms", statement="10s")
        with (
            psycopg.connect(empty_project.database_url, options=timeouts.options) as waiting,
            pytest.raises(psycopg.errors.LockNotAvailable),
        ):
            waiting.execute("drop table public.held")


def test_a_database_that_contradicts_the_folder_is_not_touched(empty_project: StackInfo) -> None:
    with psycopg.connect(empty_project.database_url, autocommit=True) as connection:
        connection.execute(
            "insert into supabase_migrations.schema_migrations (version, name) values ('20250101000000', 'elsewhere')"
        )
        connection.execute("delete from supabase_migrations.schema_migrations where version = '20260101000200'")
        done = script("migrate", url=empty_project.database_url)
        connection.execute("delete from supabase_migrations.schema_migrations where version = '20250101000000'")
    assert done.returncode == 1
    assert "20250101000000 (elsewhere), and no file here has that version" in done.stderr
    assert "20260101000200_row_habits.sql is not applied and older" in done.stderr
    assert "20260101000200" not in applied(empty_project.database_url)


def user_of(url: str) -> str:
    """Log in and ask the database who this is."""
    with psycopg.connect(url) as connection:
        row = connection.execute("select current_user").fetchone()
    assert row is not None
    return str(row[0])


@pytest.mark.parametrize("name", ["migrate", "create-roles"])
def test_without_an_address_the_option_is_named(name: str) -> None:
    done = script(name, url="")
    assert done.returncode == 2
    assert "--database-url" in done.stderr
