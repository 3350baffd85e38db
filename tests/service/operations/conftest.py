"""A Supabase with Storage and Auth and without a worker, two companies with a row in every table, and their files."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from psycopg import Connection

from service.settings import Settings
from service.supabase_door import SupabaseDoor
from tests.database.catalog import Catalog
from tests.database.conftest import Company, make_company
from tests.embedded.stacks import StackInfo
from tests.sandbox.running import wait_for
from tests.service.settings_values import VALUES, make_settings
from tests.support.databases import TemplateDatabase


@dataclass(frozen=True)
class Neighbours:
    """The company that is worked on, and the one that must not notice. Both have a file."""

    ours: Company
    theirs: Company
    files: dict[uuid.UUID, str]
    """Company -> path of its file."""


@pytest.fixture(scope="session")
def project(template_database: TemplateDatabase) -> StackInfo:
    """The Supabase that clones come from: its own database is nobody else's.

    Its connections were cut when the template was made, and it notices when it is asked for something.
    """
    project = template_database.project
    key = project.keys.secret
    headers = {"apikey": key, "Authorization": f"Bearer {key}"}
    addresses = [f"{project.api_url}/{path}" for path in ("storage/v1/bucket", "auth/v1/admin/users")]
    wait_for(lambda: all(httpx.get(address, headers=headers).is_success for address in addresses))
    return project


@pytest.fixture(scope="session")
def project_settings(project: StackInfo) -> Settings:
    """The service's settings for it."""
    return make_settings(
        supabase_url=project.api_url,
        supabase_publishable_key=project.keys.publishable,
        supabase_secret_key=project.keys.secret,
    )


@pytest.fixture(scope="session")
def door(project_settings: Settings) -> SupabaseDoor:
    """The way to its Auth and Storage."""
    return SupabaseDoor(project_settings)


@pytest.fixture
def admin(project: StackInfo) -> Iterator[Connection[Any]]:
    """A superuser's connection; each statement commits at once."""
    with psycopg.connect(project.admin_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def catalog(admin: Connection[Any]) -> Catalog:
    """The catalog of the project's database."""
    return Catalog(admin)


@pytest.fixture
def neighbours(admin: Connection[Any], catalog: Catalog, door: SupabaseDoor) -> Neighbours:
    """Two companies that know nothing of each other."""
    ours, theirs = (make_company(admin, catalog, f"{name} {uuid.uuid4()}") for name in ("Ours", "Theirs"))
    files = {}
    for company in (ours, theirs):
        with admin.transaction():
            company.fill()
        files[company.id] = str(company.rows.row("attachments")["path"])
        with door.storage() as storage:
            storage.from_("attachments").upload(
                files[company.id], f"file of {company.id}".encode(), {"content-type": "text/plain", "upsert": "true"}
            )
    return Neighbours(ours, theirs, files)


@pytest.fixture
def script_environment(project: StackInfo) -> dict[str, str]:
    """What an operator's shell has when a script is run."""
    shared = {f"FIELDLITE_{name.upper()}": str(value) for name, value in VALUES.items()}
    return {
        **shared,
        "SUPABASE_DB_URL": project.database_url,
        "FIELDLITE_SUPABASE_URL": project.api_url,
        "FIELDLITE_SUPABASE_PUBLISHABLE_KEY": project.keys.publishable,
        "FIELDLITE_SUPABASE_SECRET_KEY": project.keys.secret,
    }


@dataclass(frozen=True)
class Script:
    """Runs scripts' `main` in this process: starting another one costs seconds."""

    monkeypatch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]

    def run(self, main: Callable[[], int], environment: Mapping[str, str], *arguments: str) -> tuple[int, str, str]:
        """Return its exit code and what it printed on standard output and standard error."""
        for name, value in environment.items():
            self.monkeypatch.setenv(name, value)
        self.monkeypatch.setattr(sys, "argv", ["script", *arguments])
        self.capture.readouterr()
        code = main()
        return code, *self.capture.readouterr()


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Script:
    """Scripts, run in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Script(monkeypatch, capsys)
