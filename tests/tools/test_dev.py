"""scripts/dev as people and scripts use it: what it says, what it leaves behind, what it never touches."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import httpx
import pytest

from scripts.stack import record
from scripts.stack.processes import Identity, wait_for_exit
from tests.support.stack import DEV, ENVIRONMENT, ROOT, RunningStack

SMALL = ("--without", "web,worker,sandbox")


def dev(state: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run scripts/dev on a state folder to its end."""
    command = [DEV, *arguments, "--state", state]
    return subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **ENVIRONMENT},
    )


@pytest.fixture
def state() -> Iterator[Path]:
    """A state folder where test runs keep theirs; whatever runs in it is stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="test-", dir=ROOT / ".fieldlite") as folder:
        yield Path(folder)
        dev(Path(folder), "stop")


@contextmanager
def someone_elses_process() -> Iterator[Identity]:
    process = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    try:
        identity = Identity.of(process.pid)
        assert identity is not None
        yield identity
    finally:
        process.kill()
        process.wait()


def identities(state: Path) -> dict[str, Identity]:
    """Every process of the stack, by name, from its record."""
    running = record.read(state / "run.json")
    assert running is not None
    return {"watcher": running.watcher, **running.children}


def test_status_names_every_address_and_process(stack: RunningStack) -> None:
    status = json.loads(dev(stack.directory, "status", "--json").stdout)
    names = {"supabase_url", "publishable_key", "secret_key", "database_url", "service_url", "web_url"}
    assert names | {"mailbox_url", "sandbox_url"} <= status.keys()
    assert status["web_url"] == status["service_url"]
    assert set(status["pids"]) == {"watcher", "supabase", "sandbox", "service", "worker"}
    assert all(Path(f"/proc/{pid}").is_dir() for pid in status["pids"].values())


def test_everything_that_status_names_answers(stack: RunningStack) -> None:
    for url in (f"{stack.service_url}/api/v1/ready", stack.web_url, stack.mailbox_url, stack.sandbox_url):
        assert httpx.get(url).status_code == 200


def test_status_without_a_stack_says_so(state: Path) -> None:
    done = dev(state, "status", "--json")
    assert done.returncode == 3
    assert json.loads(done.stdout) == {"running": False, "ready": False}


def test_a_second_start_in_the_same_folder_is_refused(stack: RunningStack) -> None:
    done = dev(stack.directory, "start", "--free-ports", *SMALL)
    assert done.returncode == 1
    assert "already running" in done.stderr


def test_a_taken_port_is_named_with_the_option_that_changes_it(state: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = dev(state, "--free-ports", "--web-port", str(port), *SMALL)
    assert done.returncode == 1
    assert f"{port} (the service and the web pages): choose another with --web-port" in done.stderr


def test_stop_ends_everything_and_the_data_survives(state: Path) -> None:
    relative = Path(os.path.relpath(state))
    assert dev(relative, "--detach", "--free-ports", *SMALL).returncode == 0
    processes = identities(state)
    assert dev(state, "stop").returncode == 0
    assert not any(identity.is_alive() for identity in processes.values())
    assert json.loads(dev(state, "status", "--json").stdout)["running"] is False
    assert (state / "supabase").is_dir()


def test_what_a_killed_watcher_left_is_stopped(state: Path) -> None:
    assert dev(state, "--detach", "--free-ports", *SMALL).returncode == 0
    processes = identities(state)
    os.kill(processes["watcher"].pid, signal.SIGKILL)
    assert wait_for_exit(processes["watcher"], seconds=10)
    assert processes["service"].is_alive()
    assert dev(state, "stop").returncode == 0
    assert not any(identity.is_alive() for identity in processes.values())


def test_the_stack_ends_with_the_process_that_it_was_started_for(state: Path) -> None:
    with someone_elses_process() as owner:
        assert dev(state, "--detach", "--free-ports", "--until-exit-of", str(owner.pid), *SMALL).returncode == 0
        processes = identities(state)
    assert wait_for_exit(processes["watcher"], seconds=60)
    assert not any(identity.is_alive() for identity in processes.values())


def test_stop_never_touches_a_process_that_only_has_the_pid(state: Path) -> None:
    with someone_elses_process() as other:
        stale = record.Record(Identity(other.pid, other.started - 1), {}, {"service": Identity(other.pid, 1)})
        (state / "run.json").write_text(json.dumps(asdict(stale)))
        done = dev(state, "stop")
        assert other.is_alive()
    assert "not running" in done.stderr


def test_a_start_that_fails_says_why_and_leaves_nothing_running(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDLITE_LOG_LEVEL", "LOUD")
    done = dev(state, "--detach", "--free-ports", *SMALL)
    assert done.returncode == 1
    assert "FIELDLITE_LOG_LEVEL" in done.stdout
    assert not (state / "run.json").exists()


def test_reset_asks_first(state: Path) -> None:
    (state / "supabase").mkdir()
    done = dev(state, "reset")
    assert done.returncode == 1
    assert "Nothing was deleted" in done.stderr
    assert (state / "supabase").is_dir()
    assert dev(state, "reset", "--yes").returncode == 0
    assert not (state / "supabase").exists()
