"""What is killed comes back by itself or at the next start, and no acknowledged row is lost."""

from __future__ import annotations

import os
import signal
import time
import uuid

import httpx
import psycopg
from supabase_local.cluster.bootstrap import MARKER

from tests.embedded.stacks import StackCommand, StackInfo, is_running

RECOVERY_SECONDS = 30


def insert_note(info: StackInfo, body: str) -> None:
    """Write one acknowledged row."""
    with psycopg.connect(info.database_url, autocommit=True) as connection:
        connection.execute("insert into notes (owner, body) values (gen_random_uuid(), %s)", (body,))


def notes(info: StackInfo) -> list[str]:
    """Return the bodies of all rows."""
    with psycopg.connect(info.database_url) as connection:
        return [body for (body,) in connection.execute("select body from notes order by created_at")]


def wait_for_new_server(stack: StackCommand, old: StackInfo) -> StackInfo:
    """Return the state once another PostgreSQL process serves the same stack."""
    deadline = time.monotonic() + RECOVERY_SECONDS
    while (info := stack.status()).postgres_pid == old.postgres_pid:
        assert time.monotonic() < deadline, "PostgreSQL was not started again"
    return info


def test_a_killed_postgresql_is_started_again(stack: StackCommand) -> None:
    with stack.running() as before:
        insert_note(before, "before")
        os.kill(before.postgres_pid, signal.SIGKILL)
        after = wait_for_new_server(stack, before)
        assert after.stack_pid == before.stack_pid
        assert httpx.get(f"{after.api_url}/-/ready").status_code == 200
        insert_note(after, "after")
        assert notes(after) == ["before", "after"]


def test_requests_during_a_crash_are_stored_or_refused(stack: StackCommand) -> None:
    """Every 201 is in the database afterwards; everything else is 503, never another failure."""
    with stack.running() as before, httpx.Client(base_url=before.api_url, timeout=RECOVERY_SECONDS) as client:
        answers: dict[str, int] = {}
        headers = {"apikey": before.keys.secret, "prefer": "return=minimal"}

        def write() -> int:
            body = str(len(answers))
            row = {"owner": str(uuid.uuid4()), "body": body}
            answers[body] = client.post("/rest/v1/notes", json=row, headers=headers).status_code
            return answers[body]

        while len(answers) < 20:
            assert write() == 201
        os.kill(before.postgres_pid, signal.SIGKILL)
        deadline = time.monotonic() + RECOVERY_SECONDS
        while write() != 201 or stack.status().postgres_pid == before.postgres_pid:
            assert time.monotonic() < deadline, "the API did not come back"
        assert set(answers.values()) <= {201, 503}
        assert {body for body, status in answers.items() if status == 201} <= set(notes(before))


def test_a_killed_stack_leaves_a_postgresql_that_the_next_start_replaces(stack: StackCommand) -> None:
    before = stack.start()
    insert_note(before, "before")
    os.kill(before.stack_pid, signal.SIGKILL)
    with stack.running() as after:
        assert after.postgres_pid != before.postgres_pid
        assert notes(after) == ["before"]


def test_stop_ends_a_postgresql_whose_stack_was_killed(stack: StackCommand) -> None:
    info = stack.start()
    os.kill(info.stack_pid, signal.SIGKILL)
    assert "Stopped" in stack.run("stop").stderr
    assert not is_running(info.postgres_pid)


def test_a_stale_pid_file_with_the_number_of_a_living_process_is_no_obstacle(stack: StackCommand) -> None:
    with stack.running() as info:
        insert_note(info, "before")
    pid_file = stack.data / "postgres" / "data" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{pid_file.parent}\n1\n{stack.ports[1]}\n\n127.0.0.1\n")
    with stack.running() as info:
        assert notes(info) == ["before"]


def test_an_interrupted_creation_starts_over(stack: StackCommand) -> None:
    with stack.running() as info:
        insert_note(info, "lost, as the creation never ended")
    (stack.data / "postgres" / "data" / MARKER).unlink()
    with stack.running() as info:
        assert notes(info) == []


def test_a_database_of_another_version_is_refused_until_reset(stack: StackCommand) -> None:
    (stack.data / "postgres" / "data" / MARKER).write_text("another")
    result = stack.run("start", "--detach", check=False)
    assert result.returncode == 1
    assert "`reset`" in result.stderr
    uploaded = stack.data / "storage" / "files" / "uploaded"
    uploaded.parent.mkdir(parents=True, exist_ok=True)
    uploaded.touch()
    stack.run("reset")
    assert not uploaded.exists()
    with stack.running() as info:
        assert notes(info) == []
