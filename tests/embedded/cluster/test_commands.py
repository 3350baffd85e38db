"""start, stop, status and reset, as a person types them."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.embedded.stacks import StackCommand, StackInfo, is_running
from tests.sandbox.running import wait_for


def test_start_stop_and_status_agree(fresh_stack: StackCommand) -> None:
    stack = fresh_stack
    assert stack.run("status", check=False).returncode == 3
    with stack.running() as info:
        assert stack.status() == info
        assert count_shapes(info) == 2
        again = stack.run("start", "--json")
        assert "Already running" in again.stderr
        assert json.loads(again.stdout)["pids"]["stack"] == info.stack_pid
    assert json.loads(stack.run("status", "--json", check=False).stdout) is None
    assert not is_running(info.postgres_pid)
    assert "Nothing was running" in stack.run("stop").stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_foreground_stack_with_its_database(stack: StackCommand, number: signal.Signals) -> None:
    with subprocess.Popen(
        stack.arguments("start"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **stack.process_options()
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        last_line = next(line for line in process.stdout if "pids" in line)
        process.send_signal(number)
        assert process.wait(timeout=30) == 0
        assert "development and tests" in process.stderr.read()
    postgres_pid = int(last_line.rpartition(":")[2].strip(" }\n"))
    assert not is_running(postgres_pid)


def test_a_stack_ends_with_the_process_that_it_was_started_for(stack: StackCommand) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as owner:
        stack.run("start", "--detach", "--until-exit-of", str(owner.pid))
        info = stack.status()
        owner.kill()
    wait_for(lambda: not is_running(info.stack_pid))
    assert not is_running(info.postgres_pid)


def test_data_outlives_a_restart_and_the_seed_runs_once(stack: StackCommand) -> None:
    with stack.running() as info, psycopg.connect(info.database_url, autocommit=True) as connection:
        connection.execute("""insert into shapes ("na;me") values ('triangle')""")
    with stack.running() as info:
        assert count_shapes(info) == 3


def test_reset_of_a_running_stack_makes_the_database_anew(stack: StackCommand) -> None:
    with stack.running() as before:
        with psycopg.connect(before.database_url, autocommit=True) as connection:
            connection.execute("""insert into shapes ("na;me") values ('triangle')""")
        stack.run("reset")
        after = stack.status()
        assert after.stack_pid != before.stack_pid
        assert count_shapes(after) == 2


def test_reset_of_a_stopped_stack_leaves_it_stopped(stack: StackCommand) -> None:
    (stack.project / "seed.sql").write_text("")
    stack.run("reset")
    assert stack.run("status", check=False).returncode == 3
    with stack.running() as info:
        assert count_shapes(info) == 0


@pytest.mark.parametrize(
    ("index", "words"),
    [(0, "--api-port"), (1, "--db-port"), (2, "--mailbox-port"), (3, "--smtp-port")],
    ids=["api", "database", "mailbox", "smtp"],
)
def test_a_taken_port_is_named_with_its_option(stack: StackCommand, index: int, words: str) -> None:
    with socket.create_server(("127.0.0.1", stack.ports[index])):
        result = stack.run("start", "--detach", check=False)
    assert result.returncode == 1
    assert f"Port {stack.ports[index]} " in result.stderr
    assert words in result.stderr


def test_a_folder_without_project_is_refused(tmp_path: Path) -> None:
    result = StackCommand(tmp_path, tmp_path / "data").run("start", check=False)
    assert result.returncode == 1
    assert "config.toml" in result.stderr


@pytest.mark.parametrize("command", ["start", "reset"])
def test_a_data_folder_with_other_content_is_refused(fresh_stack: StackCommand, command: str) -> None:
    stack = fresh_stack
    stack.data.mkdir()
    (stack.data / "thesis.txt").write_text("years of work")
    result = stack.run(command, check=False)
    assert result.returncode == 1
    assert "files that are not the stack's" in result.stderr
    assert (stack.data / "thesis.txt").exists()


def test_nothing_listens_beyond_loopback(stack_info: StackInfo) -> None:
    """The addresses of /proc/net/tcp are hexadecimal, in the byte order of the machine: 0100007F is 127.0.0.1."""
    ports = {int(url.rpartition(":")[2].split("/")[0]) for url in (stack_info.api_url, stack_info.database_url)}
    listening = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            address, _, port = line.split()[1].partition(":")
            if line.split()[3] == "0A" and int(port, 16) in ports:
                listening.add((address, int(port, 16)))
    assert listening == {("0100007F", port) for port in ports}


def test_the_state_file_is_private(stack_info: StackInfo) -> None:
    assert (stack_info.data_dir / "stack.json").stat().st_mode & 0o077 == 0


def count_shapes(info: StackInfo) -> int:
    """Return the number of rows that seed and test made."""
    with psycopg.connect(info.database_url) as connection:
        row = connection.execute("select count(*) from shapes").fetchone()
    assert row is not None
    return int(row[0])
