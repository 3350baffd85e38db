"""An export holds all of one company, nothing of another, and no secret."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from psycopg import Connection

from service.operations.company_tables import SECRET_COLUMNS, company_tables
from service.operations.export_tenant import export_company, main
from service.supabase_door import SupabaseDoor
from tests.database.catalog import Catalog
from tests.embedded.stacks import StackInfo
from tests.service.operations.conftest import Neighbours, Script

LOOKS_SECRET = re.compile(r"secret|token|hash|encrypted|pepper|password|_key$")
EXPORTED_ALL_THE_SAME = {
    "public.erasures.certificate_hash": "is printed with the certificate",
    "public.import_rows.content_hash": "tells whether a row was imported before",
    "public.imports.file_hash": "tells whether a file was imported before",
    "public.twilio_settings.auth_token_last4": "is shown on the settings page",
    "public.webhook_events.event_key": "is the provider's own id",
    "public.webhook_events.idempotency_token": "was made up by the provider for one delivery",
    "public.webhook_events.raw": "is what the provider sent, which holds no credential",
}
"""Columns that look secret or hold bytes, and why they are not."""


@pytest.fixture
def exported(project: StackInfo, door: SupabaseDoor, neighbours: Neighbours, tmp_path: Path) -> ZipFile:
    path = export_company(project.database_url, door, str(neighbours.ours.id), tmp_path / "ours.zip", lambda _: None)
    return ZipFile(path)


def manifest_of(archive: ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    return manifest


def test_every_table_is_inside_twice_with_all_its_rows(
    admin: Connection[Any], catalog: Catalog, exported: ZipFile, neighbours: Neighbours
) -> None:
    tables = {table["name"]: table for table in manifest_of(exported)["tables"]}
    wanted = {f"public.{name}" for name in catalog.tenant_tables} | {
        "public.tenants",
        "public.user_profiles",
        "auth.users",
    }
    assert wanted <= tables.keys()
    for name, table in tables.items():
        lines = exported.read(table["json_lines"]).decode().splitlines()
        rows = list(csv.DictReader(io.StringIO(exported.read(table["csv"]).decode())))
        assert table["rows"] == len(lines) == len(rows), name
        assert [list(json.loads(line)) for line in lines] == [list(row) for row in rows], name
        assert name not in wanted or lines, name
    assert {json.loads(line)["id"] for line in exported.read("tables/public.contacts.jsonl").splitlines()} == {
        str(row[0])
        for row in admin.execute("select id from public.contacts where tenant_id = %s", [neighbours.ours.id]).fetchall()
    }


def test_values_survive_both_forms(
    admin: Connection[Any], project: StackInfo, door: SupabaseDoor, neighbours: Neighbours, tmp_path: Path
) -> None:
    body = 'Backslash \\ quote " tab \t line\nbreak, \\. and 日本'
    admin.execute("update public.notes set body = %s where tenant_id = %s", [body, neighbours.ours.id])
    path = export_company(project.database_url, door, neighbours.ours.id.hex, tmp_path / "a.zip", lambda _: None)
    with ZipFile(path) as archive:
        (row,) = csv.DictReader(io.StringIO(archive.read("tables/public.notes.csv").decode(), newline=""))
        assert row["body"] == body
        assert json.loads(archive.read("tables/public.notes.jsonl"))["body"] == body


def test_nothing_of_another_company_is_inside(exported: ZipFile, neighbours: Neighbours) -> None:
    theirs = neighbours.theirs
    ids = [theirs.id, *(row["id"] for row in theirs.rows.known.values()), *(p.user_id for p in theirs.people.values())]
    content = b"\0".join([name.encode() + exported.read(name) for name in exported.namelist()])
    assert str(neighbours.ours.id).encode() in content
    assert not [identifier for identifier in ids if str(identifier).encode() in content]


def test_files_are_inside_as_they_were_stored(exported: ZipFile, neighbours: Neighbours) -> None:
    files = [name for name in exported.namelist() if name.startswith("files/")]
    assert files == [f"files/attachments/{neighbours.files[neighbours.ours.id]}"]
    assert exported.read(files[0]) == f"file of {neighbours.ours.id}".encode()


def test_the_manifest_tells_every_member_by_its_digest(exported: ZipFile) -> None:
    members = manifest_of(exported)["members"]
    assert [member["path"] for member in members] == [name for name in exported.namelist() if name != "manifest.json"]
    for member in members:
        content = exported.read(member["path"])
        assert (member["bytes"], member["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_secret_columns_stay_out(exported: ZipFile) -> None:
    for name, secrets in SECRET_COLUMNS.items():
        header = exported.read(f"tables/{name}.csv").decode().partition("\n")[0].split(",")
        assert header
        assert not secrets & set(header)
    assert manifest_of(exported)["left_out"] == {name: sorted(columns) for name, columns in SECRET_COLUMNS.items()}


def test_every_column_that_looks_secret_is_registered_or_excused(admin: Connection[Any]) -> None:
    suspects = set()
    for table in company_tables(admin):
        binary = admin.execute(
            "select attname::text from pg_attribute where attrelid = %s::regclass and atttypid = 'bytea'::regtype",
            [table.full_name],
        ).fetchall()
        named = {column for column in table.columns if LOOKS_SECRET.search(column)} - {"encryption_key_id"}
        suspects |= {f"{table.full_name}.{column}" for column in named | {row[0] for row in binary}}
    registered = {f"{name}.{column}" for name, columns in SECRET_COLUMNS.items() for column in columns}
    assert suspects == registered | EXPORTED_ALL_THE_SAME.keys()


def test_rows_are_those_of_one_moment(
    admin: Connection[Any], project: StackInfo, door: SupabaseDoor, neighbours: Neighbours, tmp_path: Path
) -> None:
    """A contact that comes while the export is under way is not in it."""
    before = admin.execute("select count(*) from public.contacts where tenant_id = %s", [neighbours.ours.id]).fetchone()

    def say(line: str) -> None:
        if line.startswith("public.tenants"):
            admin.execute("insert into public.contacts (tenant_id, name) values (%s, 'Late')", [neighbours.ours.id])

    path = export_company(project.database_url, door, str(neighbours.ours.id), tmp_path / "ours.zip", say)
    with ZipFile(path) as archive:
        counts = {table["name"]: table["rows"] for table in manifest_of(archive)["tables"]}
    assert (counts["public.contacts"],) == before


def test_an_archive_appears_when_it_is_whole_and_replaces_none(
    project: StackInfo, door: SupabaseDoor, neighbours: Neighbours, tmp_path: Path
) -> None:
    target = tmp_path / "ours.zip"

    class PulledPlugError(Exception):
        pass

    def pull_the_plug(line: str) -> None:
        if line.startswith("public.contacts"):
            raise PulledPlugError

    with pytest.raises(PulledPlugError):
        export_company(project.database_url, door, str(neighbours.ours.id), target, pull_the_plug)
    assert not target.exists()
    export_company(project.database_url, door, str(neighbours.ours.id), target, lambda _: None)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert target.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        export_company(project.database_url, door, str(neighbours.ours.id), target, lambda _: None)


def test_the_script_says_what_it_did_and_what_is_wrong(
    script: Script, neighbours: Neighbours, script_environment: dict[str, str], tmp_path: Path
) -> None:
    code, told, _ = script.run(main, script_environment, str(neighbours.ours.id), "--output", "ours.zip")
    assert code == 0
    assert "public.contacts: 1 rows" in told
    assert (tmp_path / "ours.zip").exists()
    assert script.run(main, script_environment, "Nobody at all") == (
        1, "", "export-tenant: There is no company 'Nobody at all'.\n",
    )  # fmt: skip
