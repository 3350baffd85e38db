"""Migrations and seed: applied once, in order, each whole or not at all, and recorded as the official CLI does."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from scripts.stack import supabase_cli
from tests.embedded.stacks import PROJECT, StackCommand, StackInfo


@dataclass(frozen=True)
class OfficialCli:
    """The official CLI's program, and a folder that contains the tests' project as `supabase/`."""

    program: str
    folder: Path

    def run(self, info: StackInfo, *arguments: str) -> str:
        """Run a command on the database of a stack and return its standard output."""
        command = [self.program, *arguments, "--remote", info.database_url, "--workdir", str(self.folder)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def official_cli(tmp_path: Path) -> OfficialCli:
    """The official CLI of this repository's npm lock, on a copy of the project."""
    shutil.copytree(PROJECT, tmp_path / "cli" / "supabase")
    return OfficialCli(supabase_cli.program(), tmp_path / "cli")


def history(info: StackInfo) -> list[tuple[str, str, list[str]]]:
    """Return the recorded migrations."""
    with psycopg.connect(info.database_url) as connection:
        return connection.execute(
            "select version, name, statements from supabase_migrations.schema_migrations order by version"
        ).fetchall()


def refused_start(stack: StackCommand) -> str:
    """Start, expect that it fails, and return what was said."""
    result = stack.run("start", "--detach", check=False)
    assert result.returncode == 1
    return result.stderr


def test_history_has_version_name_and_statements(stack_info: StackInfo) -> None:
    rows = history(stack_info)
    assert [row[:2] for row in rows] == [("20260101000000", "notes"), ("20260102000000", "shapes")]
    assert [len(row[2]) for row in rows] == [4, 6]
    assert rows[0][2][1] == "alter table public.notes enable row level security"


def test_a_new_migration_is_applied_at_the_next_start(stack: StackCommand) -> None:
    (stack.project / "migrations" / "20260103000000_more.sql").write_text("create table public.more (id integer);")
    with stack.running() as info:
        assert [version for version, _, _ in history(info)][-1] == "20260103000000"
        with psycopg.connect(info.database_url) as connection:
            assert connection.execute("select tableowner from pg_tables where tablename = 'more'").fetchone() == (
                "postgres",
            )


def test_a_failing_migration_is_undone_and_named_with_its_line(fresh_stack: StackCommand) -> None:
    stack = fresh_stack
    bad = stack.project / "migrations" / "20260103000000_bad.sql"
    bad.write_text("create table public.half_done (id integer);\n\n-- the next one fails\nselect 1,\n  missing;\n")
    said = refused_start(stack)
    assert f'{bad}, line 5: column "missing" does not exist (SQLSTATE 42703)' in said
    bad.write_text("create table public.half_done (id integer);")
    with stack.running() as info, psycopg.connect(info.database_url) as connection:
        assert connection.execute("select count(*) from shapes").fetchone() == (2,), "the seed ran after the repair"


def test_a_failing_seed_is_named_with_its_line(fresh_stack: StackCommand) -> None:
    stack = fresh_stack
    seed = stack.project / "seed.sql"
    seed.write_text("select 1;\ninsert into public.nowhere values (1);\n")
    assert f'{seed}, line 2: relation "public.nowhere" does not exist' in refused_start(stack)


def test_a_recorded_migration_without_file_is_refused(stack: StackCommand) -> None:
    (stack.project / "migrations" / "20260102000000_shapes.sql").unlink()
    assert "has migrations that the folder lacks: 20260102000000" in refused_start(stack)


def test_a_migration_older_than_the_last_applied_one_is_refused(stack: StackCommand) -> None:
    (stack.project / "migrations" / "20260101120000_late.sql").write_text("select 1;")
    assert "20260101120000_late.sql is older than 20260102000000" in refused_start(stack)


def test_two_files_of_one_version_are_refused(stack: StackCommand) -> None:
    (stack.project / "migrations" / "20260102000000_twin.sql").write_text("select 1;")
    said = refused_start(stack)
    assert "20260102000000_shapes.sql and 20260102000000_twin.sql" in said


def test_settings_of_one_file_do_not_reach_the_next(stack: StackCommand) -> None:
    (stack.project / "migrations" / "20260103000000_dump.sql").write_text(
        "select pg_catalog.set_config('search_path', '', false);"
    )
    (stack.project / "migrations" / "20260104000000_after.sql").write_text("create table after_dump (id integer);")
    with stack.running() as info, psycopg.connect(info.database_url) as connection:
        connection.execute("select from public.after_dump")


def test_seed_files_are_found_by_pattern_and_can_be_switched_off(stack: StackCommand) -> None:
    config = stack.project / "config.toml"
    (stack.project / "seeds").mkdir()
    (stack.project / "seeds" / "1.sql").write_text("""insert into shapes ("na;me") values ('from the pattern');""")
    text = config.read_text()
    config.write_text(text.replace('"./seed.sql"', '"./seeds/*.sql"'))
    stack.run("reset")
    with stack.running() as info:
        assert shapes(info) == ["from the pattern"]
    config.write_text(text.replace("enabled = true", "enabled = false"))
    stack.run("reset")
    with stack.running() as info:
        assert shapes(info) == []


def shapes(info: StackInfo) -> list[str]:
    """Return the names of all shapes."""
    with psycopg.connect(info.database_url) as connection:
        return [name for (name,) in connection.execute('select "na;me"::text from shapes')]


@pytest.fixture
def unmigrated(tmp_path: Path) -> Iterator[StackInfo]:
    """A stack without migrations."""
    project = tmp_path / "empty"
    project.mkdir()
    shutil.copy(PROJECT / "config.toml", project)
    with StackCommand(project, tmp_path / "empty-data").running() as info:
        yield info


def test_the_official_cli_records_the_same(
    stack_info: StackInfo, unmigrated: StackInfo, official_cli: OfficialCli
) -> None:
    official_cli.run(unmigrated, "migration", "up", "--yes")
    assert history(unmigrated) == history(stack_info)


def test_the_official_cli_finds_nothing_to_apply(stack_info: StackInfo, official_cli: OfficialCli) -> None:
    listed = json.loads(official_cli.run(stack_info, "migration", "list", "--output-format", "json"))["migrations"]
    assert [entry["local"] for entry in listed] == [entry["remote"] for entry in listed]
    assert [entry["remote"] for entry in listed] == ["20260101000000", "20260102000000"]
