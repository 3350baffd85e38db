"""The sections `[storage]` and `[storage.buckets.*]` of `config.toml`."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from starlette.applications import Starlette
from supabase_local.errors import StackError
from supabase_local.project import Project, read_project
from supabase_local.storage.buckets import declare_buckets
from supabase_local.storage.missing import disabled_routes
from supabase_local.storage.settings import DeclaredBucket, StorageSettings, read_settings

from tests.embedded.stacks import StackInfo

CONFIG = """
project_id = "boxes"

[storage]
file_size_limit = "2KiB"

[storage.buckets.desk-images]
public = true
file_size_limit = "1KiB"
allowed_mime_types = ["image/png"]

[storage.buckets.desk-papers]
"""


def settings(**storage: Any) -> StorageSettings:
    """Read a section `[storage]`."""
    return read_settings(Project(Path("project"), {"storage": storage}))


@pytest.mark.parametrize(
    ("written", "size"),
    [("50MiB", 50 << 20), ("50MB", 50 << 20), ("1.5k", 1536), ("7", 7), (7, 7), ("2 GiB", 2 << 30), ("3B", 3)],
)
def test_sizes_are_counted_as_the_cli_does(written: str | int, size: int) -> None:
    assert settings(file_size_limit=written).file_size_limit == size


def test_the_defaults_are_the_clis() -> None:
    assert settings() == StorageSettings(True, 50 << 20, ())


def test_buckets_are_declared() -> None:
    bucket = {"public": True, "file_size_limit": "1KiB", "allowed_mime_types": ["image/png"]}
    assert settings(buckets={"images": bucket, "papers": {}}).buckets == (
        DeclaredBucket("images", True, 1024, ["image/png"]),
        DeclaredBucket("papers", False, None, None),
    )


@pytest.mark.parametrize(
    ("storage", "words"),
    [
        ({"file_size_limit": "much"}, "storage.file_size_limit must be a size"),
        ({"file_size_limit": True}, "storage.file_size_limit must be a size"),
        ({"buckets": {"a/b": {}}}, "storage.buckets.a/b: no bucket can have this name"),
        ({"buckets": {"a": {"objects_path": "./a"}}}, "objects_path is not part of the embedded Supabase"),
    ],
)
def test_settings_without_sense_name_the_file_and_the_setting(storage: dict[str, Any], words: str) -> None:
    with pytest.raises(StackError, match=r"project/config\.toml: ") as refused:
        settings(**storage)
    assert words in str(refused.value)


def test_declared_buckets_are_made_and_brought_up_to_date(
    desk: StackInfo, database: psycopg.Connection[Any], tmp_path: Path
) -> None:
    """As at each start: what somebody changed by hand is as declared again, other buckets stay."""
    (tmp_path / "config.toml").write_text(CONFIG)
    dsn = desk.admin_url.replace("//supabase_admin:", "//supabase_storage_admin:")
    query = (
        "select id, public, file_size_limit, allowed_mime_types from storage.buckets where id ~ '^desk-[ip]' order by 1"
    )
    for _ in range(2):
        asyncio.run(declare_buckets(read_project(tmp_path), dsn))
        rows = database.execute(query.encode()).fetchall()
        assert [row for row in rows if row[0] != "desk-photos"] == [
            ("desk-images", True, 1024, ["image/png"]),
            ("desk-papers", False, None, None),
        ]
        database.execute("update storage.buckets set public = not public where id = 'desk-images'")


def test_a_disabled_storage_says_so() -> None:
    transport = httpx.ASGITransport(Starlette(routes=[*disabled_routes()]))

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://storage.example") as client:
            return await client.get("/bucket")

    answer = asyncio.run(ask())
    assert (answer.status_code, "enabled = true" in answer.json()["message"]) == (501, True)
