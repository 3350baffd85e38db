"""Writes everything of one company into one archive: `scripts/export-tenant COMPANY`.

Tables as CSV and as JSON Lines, out of one snapshot of the database, and the files from Storage. Nothing is changed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from service.operations.company_files import StoredFile, company_files
from service.operations.company_tables import SECRET_COLUMNS, Table, exported_tables
from service.operations.export_archive import Archive, writing
from service.operations.operator_database import (
    Company,
    Connection,
    add_company_arguments,
    connect,
    find_company,
    run_script,
)
from service.settings import load_settings
from service.supabase_door import SupabaseDoor

DESCRIPTION = """\
Writes all tables of a company (CSV and JSON Lines), its people and its files into one .zip archive. The rows are those
of one moment, however long it takes. Credentials and hashes stay out. manifest.json lists every table with its number
of rows, and every member of the archive with its SHA-256. The archive appears under its name only when it is whole.
"""

FORMAT = 1
_PROGRESS_SECONDS = 5.0

CSV = "csv, header"
JSON_LINES = r"csv, quote e'\x01', delimiter e'\x02'"
"""Lines as they are: COPY's text format would double backslashes, and JSON has no control characters that CSV with
these two could mistake for its own."""


@dataclass
class Export:
    """One export. `say` takes lines of progress."""

    connection: Connection
    door: SupabaseDoor
    company: Company
    archive: Archive
    say: Callable[[str], None]
    missing: list[StoredFile] = field(default_factory=list)

    def run(self) -> None:
        """Write tables, files and manifest."""
        begun = datetime.now(UTC)
        tables = [self._table(table) for table in exported_tables(self.connection)]
        files = list(company_files(self.connection, self.company.id))
        self.connection.commit()  # the snapshot is not needed for files, and would hold back the database's vacuum
        self._files(files)
        self.archive.close_with(
            {
                "format": FORMAT,
                "company": asdict(self.company),
                "snapshot_at": begun.isoformat(),
                "tables": tables,
                "left_out": {name: sorted(columns) for name, columns in SECRET_COLUMNS.items()},
                "missing_files": [asdict(each) for each in self.missing],
            }
        )

    def _table(self, table: Table) -> dict[str, Any]:
        rows = RowCount(table.full_name, self.say)
        csv = self.archive.add(f"tables/{table.full_name}.csv", self._copy(table, CSV))
        lines = self.archive.add(f"tables/{table.full_name}.jsonl", rows.counting(self._copy(table, JSON_LINES)))
        self.say(f"{table.full_name}: {rows.count} rows")
        return {"name": table.full_name, "rows": rows.count, "csv": csv.path, "json_lines": lines.path}

    def _copy(self, table: Table, form: str) -> Iterator[bytes]:
        """The company's rows of a table as COPY writes them, in the order of the primary key."""
        columns = sql.SQL(", ").join(map(sql.Identifier, table.open_columns))
        chosen = sql.SQL("select {} from {} where {} order by {}").format(
            columns,
            table.identifier,
            table.where(sql.Literal(self.company.id)),
            sql.SQL(", ").join(map(sql.Identifier, table.key)),
        )
        if form == JSON_LINES:
            chosen = sql.SQL("select to_json(exported_row) from ({}) as exported_row").format(chosen)
        statement = sql.SQL("copy ({}) to stdout with (format {})").format(chosen, sql.SQL(form))
        with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
            for chunk in copy:
                yield bytes(chunk)

    def _files(self, files: list[StoredFile]) -> None:
        for number, stored in enumerate(files, 1):
            with self.door.stored_file(stored.bucket, stored.path) as content:
                if content is None:  # removed since the snapshot
                    self.missing.append(stored)
                    continue
                self.archive.add(f"files/{stored.bucket}/{stored.path}", content, compress=False)
            if number % 100 == 0:
                self.say(f"files: {number} of {len(files)}")
        self.say(f"files: {len(files) - len(self.missing)}")


@dataclass
class RowCount:
    """Counts the rows of JSON Lines as they pass by, and says how far a long table has come."""

    name: str
    say: Callable[[str], None]
    count: int = 0

    def counting(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Hand on the chunks. A line is a row: JSON writes a newline inside a value as two letters."""
        due = time.monotonic() + _PROGRESS_SECONDS
        for chunk in chunks:
            self.count += chunk.count(b"\n")
            if time.monotonic() > due:
                due = time.monotonic() + _PROGRESS_SECONDS
                self.say(f"{self.name}: {self.count} rows so far")
            yield chunk


def export_company(
    database_url: str | None, door: SupabaseDoor, wanted: str, output: Path | None, say: Callable[[str], None]
) -> Path:
    """Export the company of an id or name to `output` (default: its id and the day); returns the archive's path."""
    with connect(database_url, "export-tenant") as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        company = find_company(connection, wanted)
        target = output or Path(f"{company.id}-{datetime.now(UTC):%Y-%m-%d}.zip")
        say(f"{company.name} ({company.id}) to {target}")
        with writing(target) as archive:
            Export(connection, door, company, archive, say).run()
    return target


def main() -> int:
    """Return 0 when the archive is whole."""
    parser = argparse.ArgumentParser(
        prog="export-tenant", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_company_arguments(parser)
    parser.add_argument("--output", type=Path, help="the archive (default: <company's id>-<day>.zip in this folder)")
    choices = parser.parse_args()

    def work() -> int:
        door = SupabaseDoor(load_settings())
        path = export_company(choices.database_url, door, choices.company, choices.output, _say)
        _say(f"Wrote {path} ({path.stat().st_size:,} bytes).")
        return 0

    return run_script("export-tenant", work)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
