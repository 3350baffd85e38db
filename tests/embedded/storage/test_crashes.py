"""Killed at any line, bytes and rows agree after the next start's sweep."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool
from supabase_local.storage.database import Database
from supabase_local.storage.files import FileStore
from supabase_local.storage.objects import Place
from supabase_local.storage.sweep import sweep

from tests.embedded.stacks import PACKAGE_PATH, PROJECT, StackCommand, StackInfo
from tests.embedded.storage import crashing
from tests.embedded.storage.desk import PRIVATE, Person, stored_files

PATIENCE_SECONDS = 10.0
ROOT = Path(__file__).parents[3]
BEFORE, AFTER = b"what was there before", b"what replaces it, in two halves"


def storage_dsn(info: StackInfo) -> str:
    """Return the connection string that Storage itself uses."""
    return info.admin_url.replace("//supabase_admin:", "//supabase_storage_admin:")


def replace_and_die(info: StackInfo, folder: Path, name: str, content: bytes, step: str) -> int:
    """Run crashing.py and return its exit code."""
    arguments = [str(folder), storage_dsn(info), PRIVATE, name, content.decode(), step]
    command = [sys.executable, "-m", "tests.embedded.storage.crashing", *arguments]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{PACKAGE_PATH}"}
    return subprocess.run(command, check=False, cwd=ROOT, env=environment).returncode


async def sweep_folder(info: StackInfo, folder: Path) -> None:
    """Do what a start does."""
    pool = AsyncConnectionPool[AsyncConnection[TupleRow]](storage_dsn(info), open=False, min_size=1, max_size=1)
    async with pool:
        await sweep(FileStore(folder, lambda: None), Database(pool))


@pytest.mark.parametrize("step", crashing.STEPS)
def test_a_replacement_killed_at_any_step_leaves_one_whole_version(
    desk: StackInfo, database: psycopg.Connection[Any], tmp_path: Path, step: str
) -> None:
    """The row names the old bytes until the commit, the new ones after it, and the sweep leaves no other file."""
    name = f"{tmp_path.name}/report.txt"
    asyncio.run(crashing.replace(tmp_path, storage_dsn(desk), Place(PRIVATE, name), BEFORE, "nowhere"))
    assert replace_and_die(desk, tmp_path, name, AFTER, step) == -signal.SIGKILL
    asyncio.run(sweep_folder(desk, tmp_path))
    row = database.execute("select version from storage.objects where name = %s", (name,)).fetchone()
    assert row is not None
    assert {path.name for path in (tmp_path / "files").iterdir()} == {row[0]}
    assert list((tmp_path / "incoming").iterdir()) == []
    assert (tmp_path / "files" / row[0]).read_bytes() == (AFTER if step == "remove" else BEFORE)


def test_the_sweep_leaves_files_of_running_requests_alone(desk: StackInfo, tmp_path: Path) -> None:
    files = FileStore(tmp_path, lambda: None)
    with files.new_version() as version:
        (tmp_path / "files" / version).touch()
        assert files.leftovers() == set()
    assert files.leftovers() == {version}


def test_a_request_that_fails_asks_for_a_sweep(ann: Person, database: psycopg.Connection[Any]) -> None:
    """A trigger of the project's refuses the row when its file is on disk already."""
    trigger = """
    create function public.desk_refuse() returns trigger language plpgsql as $$
    begin
      if new.name like '%refused.txt' and new.version <> '1' then raise exception 'no'; end if;
      return new;
    end $$;
    create trigger desk_refuse before insert on storage.objects for each row execute function public.desk_refuse();
    """
    before = stored_files(ann.info)
    database.execute(trigger.encode())
    try:
        assert ann.upload(PRIVATE, ann.path("refused.txt")).status_code == 500
    finally:
        database.execute("drop function public.desk_refuse() cascade")
    wait_until(lambda: stored_files(ann.info) <= before)


def wait_until(condition: Callable[[], bool]) -> None:
    """Return once the condition holds: another process brings it about."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)


def test_a_stack_killed_under_uploads_starts_again_with_bytes_and_rows_in_agreement(tmp_path: Path) -> None:
    stack = StackCommand(PROJECT, tmp_path / "data")
    before = stack.start()
    with psycopg.connect(before.database_url, autocommit=True) as connection:
        connection.execute("insert into storage.buckets (id, name) values ('box', 'box')")
    acknowledged = upload_until_killed(before)
    with stack.running() as after, httpx.Client() as http:
        service = Person(after, http, after.keys.service_role)
        for name, content in acknowledged.items():
            assert service.send("GET", f"/object/box/{name}").content == content
        with psycopg.connect(after.database_url) as connection:
            versions = {version for (version,) in connection.execute("select version from storage.objects")}
        wait_until(lambda: stored_files(after) == versions)


def upload_until_killed(info: StackInfo) -> dict[str, bytes]:
    """Kill the stack while files are on their way in; return those whose upload was answered with success."""
    acknowledged: dict[str, bytes] = {}

    def upload(writer: int) -> None:
        with httpx.Client() as http:
            service = Person(info, http, info.keys.service_role)
            for number in range(10_000):
                name, content = f"{writer}-{number % 3}", f"{writer} {number}".encode() * 5_000
                try:
                    answer = service.upload("box", name, content, x_upsert="true")
                except httpx.TransportError:
                    acknowledged.pop(name, None)  # replaced or not: nobody knows
                    return
                assert answer.status_code == 200
                acknowledged[name] = content

    writers = [threading.Thread(target=upload, args=(writer,)) for writer in range(3)]
    for writer in writers:
        writer.start()
    wait_until(lambda: len(acknowledged) == 9)
    os.kill(info.stack_pid, signal.SIGKILL)
    for writer in writers:
        writer.join()
    assert acknowledged
    return acknowledged
