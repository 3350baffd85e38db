"""Compares the migrations that a database has recorded with the files of ``supabase/migrations``. Changes nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from scripts.stack.layout import ROOT

MIGRATIONS = ROOT / "supabase" / "migrations"
FILE = re.compile(r"(?P<version>\d+)_(?P<name>.*)\.sql")
IGNORED = re.compile(r"[\s;]+")
"""What differs between a file and the statements that the CLI recorded of it: blanks and closing semicolons."""


@dataclass(frozen=True)
class Applied:
    """One line of ``supabase_migrations.schema_migrations``; statements None when the CLI kept none."""

    version: str
    name: str | None
    statements: Sequence[str] | None


@dataclass(frozen=True)
class History:
    """What a database has had, and what is here."""

    applied: Sequence[Applied]
    files: dict[str, Path]
    """Version -> file, in order."""

    @property
    def pending(self) -> list[Path]:
        """The files that the database lacks, in order."""
        known = {migration.version for migration in self.applied}
        return [path for version, path in self.files.items() if version not in known]

    def drift(self) -> list[str]:
        """One sentence for each way in which the database and the folder contradict each other; empty when none."""
        return [*self._unknown(), *self._late(), *self._changed()]

    def _unknown(self) -> list[str]:
        return [
            f"The database has migration {each.version} ({each.name or 'unnamed'}), and no file here has that version. "
            "Is this checkout older than the database? Bring the file back before you go on."
            for each in self.applied
            if each.version not in self.files
        ]

    def _late(self) -> list[str]:
        newest = max((each.version for each in self.applied), default="")
        return [
            f"{path.name} is not applied and older than {newest}, which is: it was added behind the database's back. "
            "Give it a newer version."
            for path in self.pending
            if path.name.partition("_")[0] < newest
        ]

    def _changed(self) -> list[str]:
        return [
            f"{self.files[each.version].name} was changed after it was applied. "
            "Restore it, and put the change into a new migration."
            for each in self.applied
            if each.version in self.files and each.statements and not _same(each.statements, self.files[each.version])
        ]


def read_history(database_url: str, folder: Path = MIGRATIONS) -> History:
    """Read both sides. Without a history nothing was applied. Raises psycopg.Error when there is no answer."""
    with psycopg.connect(database_url, connect_timeout=10) as connection:
        connection.read_only = True
        recorded = connection.execute("select to_regclass('supabase_migrations.schema_migrations')").fetchone()
        if recorded is None or recorded[0] is None:
            return History([], _files(folder))
        rows = connection.execute(
            "select version, name, statements from supabase_migrations.schema_migrations order by version"
        ).fetchall()
    return History([Applied(*row) for row in rows], _files(folder))


def _files(folder: Path) -> dict[str, Path]:
    matches = ((FILE.fullmatch(path.name), path) for path in sorted(folder.glob("*.sql")))
    return {match["version"]: path for match, path in matches if match}


def _same(statements: Sequence[str], path: Path) -> bool:
    return IGNORED.sub("", "".join(statements)) == IGNORED.sub("", path.read_text())
