"""scripts/check-project finds nothing wrong with a project that is as we rely on, and names what somebody broke."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from scripts.project.api_checks import check_channels
from scripts.project.auth_checks import check_auth
from scripts.project.database_checks import check_database
from scripts.project.findings import Finding
from scripts.project.login_checks import check_logins
from scripts.stack.roles import connection_strings, set_passwords
from tests.embedded.stacks import StackCommand, StackInfo
from tests.support.databases import SUPABASE, TemplateDatabase, project_without_seed
from tests.support.stack import ROOT

PASSWORDS = dict.fromkeys(("fieldlite_webhook", "fieldlite_portal", "fieldlite_worker"), "password-of-a-test")
PRIVATE_CHANNELS_ONLY = {"SUPABASE_LOCAL_REALTIME_PRIVATE_ONLY": "1"}
"""The embedded Realtime's stand-in for hosted's setting."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StackInfo]:
    """A project of this module's own: its settings, roles and rights are broken on purpose."""
    folder = tmp_path_factory.mktemp("checked")
    environment = {"FIELDLITE_PUBLIC_URL": "http://127.0.0.1:8000", **PRIVATE_CHANNELS_ONLY}
    command = StackCommand(project_without_seed(folder / "supabase"), folder / "data", environment=environment)
    with command.running() as info:
        set_passwords(info.admin_url, PASSWORDS)
        yield info


def settings_of(project: StackInfo) -> dict[str, str]:
    return {
        "FIELDLITE_SUPABASE_URL": project.api_url,
        "FIELDLITE_SUPABASE_PUBLISHABLE_KEY": project.keys.publishable,
        "FIELDLITE_SMTP_URL": "smtp://mail.example.test",
        **connection_strings(project.database_url, PASSWORDS),
    }


def failures(findings: Iterator[Finding]) -> set[str]:
    return {finding.title for finding in findings if finding.level == "fail"}


def test_a_project_as_it_should_be_passes(project: StackInfo, tmp_path: Path) -> None:
    done = subprocess.run(
        [ROOT / "scripts" / "check-project"],
        check=False, capture_output=True, text=True, cwd=tmp_path,
        env={**os.environ, **settings_of(project), "SUPABASE_DB_URL": project.database_url},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert [line for line in lines if not line.startswith("ok ")] == ["warn  Auth mails through a server of yours"]
    assert {
        "ok    migrations are applied",
        "ok    visitors (anon) reach nothing",
        "ok    the Data API exposes schema public only",
        "ok    public live channels are off",
        "ok    second factors can be used",
        "ok    fieldlite_worker can log in at 127.0.0.1",
    } <= set(lines)


BROKEN = {
    "alter table public.contacts disable row level security": "row-level security is on: contacts",
    "alter view public.task_list set (security_invoker = false)": "views ask with their reader's rights: task_list",
    "grant select (id) on public.contacts to anon": "visitors (anon) reach nothing: contacts",
    "grant execute on function public.my_session() to anon": "visitors (anon) reach nothing: my_session()",
    "alter publication supabase_realtime add table public.contacts": (
        "postgres_changes tells of texts only: public.contacts"
    ),
    "update storage.buckets set public = true": "buckets are private: attachments",
    "update storage.buckets set file_size_limit = null": "buckets limit size and kind of files: attachments",
    "alter role fieldlite_portal bypassrls": "the service's log-ins bypass nothing: fieldlite_portal",
    "grant service_role to fieldlite_worker": "the service's log-ins bypass nothing: fieldlite_worker",
    "alter role fieldlite_worker nologin": "the service's log-ins exist: fieldlite_worker",
}


def test_each_broken_wall_is_named(template_database: TemplateDatabase) -> None:
    """All at once, in a clone; what belongs to the whole cluster is put right again."""
    repairs = (
        "alter role fieldlite_portal nobypassrls",
        "revoke service_role from fieldlite_worker",
        "alter role fieldlite_worker login",
    )
    with template_database.clone() as url:
        administrator = url.replace("//postgres:", "//supabase_admin:")
        with psycopg.connect(administrator, autocommit=True) as connection:
            for statement in BROKEN:
                connection.execute(statement.encode())
            found = failures(check_database(url))
            for statement in repairs:
                connection.execute(statement.encode())
    told = ", ".join(sorted(found))
    assert all(part in told for title in BROKEN.values() for part in title.split(": "))
    assert len(found) == len({title.split(": ")[0] for title in BROKEN.values()})


def test_migrations_that_are_missing_or_differ_are_named(template_database: TemplateDatabase, tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(SUPABASE / "migrations", folder)
    (folder / "20990101000000_later.sql").write_text("-- Why: a test.\n")
    (folder / "20260101000200_row_habits.sql").write_text("-- Why: a test.\n")
    with template_database.clone() as url:
        assert failures(check_database(url, folder)) == {
            "migrations fit this checkout",
            "migrations are applied: 20990101000000_later.sql",
        }


def test_public_channels_are_seen(template_database: TemplateDatabase) -> None:
    """That Supabase runs with the setting that hosted projects begin with."""
    other = template_database.project
    assert failures(check_channels(other.api_url, other.keys.publishable)) == {"public live channels are off"}


def test_weak_auth_settings_are_named(project: StackInfo, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[auth]\nminimum_password_length = 6\njwt_expiry = 86400\n")
    assert failures(check_auth(project.api_url, project.keys.publishable, config)) == {
        "passwords have 8 characters at least",
        "access tokens live an hour at most",
        "log-ins end after a week",
        "second factors can be used",
    }


def test_a_wrong_password_and_another_role_are_named(project: StackInfo) -> None:
    settings = settings_of(project)
    wrong = settings["FIELDLITE_DATABASE_URL_PORTAL"].replace("password-of-a-test", "wrong")
    titles = failures(
        check_logins(
            {
                **settings,
                "FIELDLITE_DATABASE_URL_PORTAL": wrong,
                "FIELDLITE_DATABASE_URL_WORKER": settings["FIELDLITE_DATABASE_URL_WEBHOOK"],
            }
        )
    )
    assert {title.split(" ")[0] for title in titles} == {"fieldlite_portal", "fieldlite_worker"}


def test_nothing_is_looked_at_when_nobody_says_which_project(tmp_path: Path) -> None:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("FIELDLITE_SUPABASE", "SUPABASE_DB"))
    }
    done = subprocess.run(
        [ROOT / "scripts" / "check-project"],
        check=False, capture_output=True, text=True, cwd=tmp_path, env=environment,
    )  # fmt: skip
    assert done.returncode == 2
    assert "--database-url" in done.stderr
