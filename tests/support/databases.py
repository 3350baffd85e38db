"""Databases for tests that commit: clones of one that is migrated and empty.

A clone needs a template that nobody is connected to, and the stack's own database always has connections (its pools,
the Data API's schema cache). So a second embedded Supabase is started once a session, with the project's migrations
and without its seed; its ``postgres`` database becomes the template, and every clone lives in that cluster. Bootstrap
objects (schemas auth, realtime, storage, extensions) come along, and roles are the cluster's, so a clone behaves as
the real database does in everything but Realtime and the HTTP API, which serve ``postgres`` only.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.embedded.stacks import StackCommand, StackInfo
from tests.support.stack import ROOT

TEMPLATE = "fieldlite_template"
SUPABASE = ROOT / "supabase"


@dataclass(frozen=True)
class TemplateDatabase:
    """A migrated, empty database that can be cloned in a fraction of a second."""

    admin_url: str
    """Logs in as the superuser; its path is replaced."""
    project: StackInfo
    """The Supabase behind it: its own database `postgres` has the HTTP API, and no worker."""
    numbers: Iterator[int] = field(default_factory=itertools.count)

    @contextmanager
    def clone(self) -> Iterator[str]:
        """Make a clone for one test and yield its address, as ``postgres``; drop it afterwards."""
        name = f"clone_{next(self.numbers)}"
        with psycopg.connect(self.url("template1"), autocommit=True) as admin:
            admin.execute(sql.SQL("create database {} template {}").format(*map(sql.Identifier, (name, TEMPLATE))))
            try:
                yield self.url(name).replace("//supabase_admin:", "//postgres:")
            finally:
                admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

    def url(self, database: str) -> str:
        """Return the superuser's address of a database of this cluster."""
        return urlsplit(self.admin_url)._replace(path=f"/{database}").geturl()


@contextmanager
def template_database(directory: Path) -> Iterator[TemplateDatabase]:
    """Start the second Supabase in ``directory`` and make the template."""
    project = project_without_seed(directory / "supabase")
    command = StackCommand(project, directory / "data", environment={"FIELDLITE_PUBLIC_URL": "http://127.0.0.1:8000"})
    with command.running() as info:
        template = TemplateDatabase(info.admin_url, info)
        with psycopg.connect(template.url("template1"), autocommit=True) as admin:
            make_template(admin)
        yield template


def project_without_seed(folder: Path) -> Path:
    """Copy the Supabase project's configuration and migrations, and leave the demo company out."""
    folder.mkdir(parents=True)
    for name in ("migrations", "templates"):
        shutil.copytree(SUPABASE / name, folder / name)
    shutil.copy(SUPABASE / "config.toml", folder)
    (folder / "seed.sql").write_text("select 1;\n")
    return folder


def make_template(admin: psycopg.Connection[tuple[object, ...]]) -> None:
    """Turn the connections to ``postgres`` away for the moment that copying it takes."""
    admin.execute("alter database postgres with allow_connections false")
    admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'postgres'")
    admin.execute(sql.SQL("create database {} template postgres").format(sql.Identifier(TEMPLATE)))
    admin.execute("alter database postgres with allow_connections true")
