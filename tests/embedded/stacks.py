"""Starting embedded stacks from tests: the shared one of the session, and those that a test breaks on purpose."""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent / "project"
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For clients that speak plain HTTP only: without it each of httpx's reads all certificates, which takes long."""
PACKAGE_PATH = Path(__file__).parents[2] / "supabase" / "local"


@dataclass(frozen=True)
class StackKeys:
    """The keys of a stack, by their names in `supabase_local.context.Keys`."""

    publishable: str
    secret: str
    anon: str
    service_role: str
    jwt_secret: str


@dataclass(frozen=True)
class StackInfo:
    """Where a running stack is and how to get in."""

    api_url: str
    mailbox_url: str
    smtp_url: str
    database_url: str
    """Logs in as `postgres`, as migrations do."""
    admin_url: str
    """Logs in as the superuser `supabase_admin`."""
    keys: StackKeys
    project_dir: Path
    data_dir: Path
    stack_pid: int
    postgres_pid: int


@dataclass(frozen=True)
class StackCommand:
    """The command line of one stack: `python -m supabase_local ...` with its project, data folder and ports."""

    project: Path
    data: Path
    ports: Sequence[int] = field(default_factory=lambda: free_ports(4))
    """API, database, mailbox, SMTP."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables that differ from this process's."""
    account: str | None = None
    """The system user that runs the command, when not this one (only root can choose)."""
    interpreter: str = sys.executable

    def run(self, command: str, *options: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one command to its end and return what it printed. Fails the test when it fails, unless told not to."""
        result = subprocess.run(
            self.arguments(command, *options), check=False, capture_output=True, text=True, **self.process_options()
        )
        assert not check or result.returncode == 0, result.stderr
        return result

    def start(self) -> StackInfo:
        """Start in the background."""
        return info_of(json.loads(self.run("start", "--detach", "--json").stdout))

    def status(self) -> StackInfo:
        """Ask for the running stack."""
        return info_of(json.loads(self.run("status", "--json").stdout))

    @contextmanager
    def running(self) -> Iterator[StackInfo]:
        """Start in the background and stop at the end of the block."""
        info = self.start()
        try:
            yield info
        finally:
            self.run("stop")

    def arguments(self, command: str, *options: str) -> list[str]:
        """Return the full command line."""
        api, database, mailbox, smtp = (str(port) for port in self.ports)
        return [
            *(self.interpreter, "-m", "supabase_local", command),
            *("--project", str(self.project), "--data", str(self.data)),
            *("--api-port", api, "--db-port", database, "--mailbox-port", mailbox, "--smtp-port", smtp),
            *("--until-exit-of", str(os.getpid())),
            *options,
        ]

    def process_options(self) -> dict[str, Any]:
        """Return the keyword arguments for `subprocess`."""
        account = {"user": self.account, "group": "nogroup", "extra_groups": []} if self.account else {}
        environment = {**os.environ, "PYTHONPATH": str(PACKAGE_PATH), **self.environment}
        return {"env": environment, "cwd": "/", **account}


def info_of(state: dict[str, Any]) -> StackInfo:
    """Turn the JSON of `start` or `status` into a StackInfo."""
    keys = StackKeys(
        publishable=state["publishable_key"],
        secret=state["secret_key"],
        anon=state["anon_key"],
        service_role=state["service_role_key"],
        jwt_secret=state["jwt_secret"],
    )
    return StackInfo(
        api_url=state["api_url"],
        mailbox_url=state["mailbox_url"],
        smtp_url=state["smtp_url"],
        database_url=state["db_url"],
        admin_url=state["db_url"].replace("//postgres:", "//supabase_admin:"),
        keys=keys,
        project_dir=Path(state["project"]),
        data_dir=Path(state["data"]),
        stack_pid=state["pids"]["stack"],
        postgres_pid=state["pids"]["postgres"],
    )


def free_ports(count: int) -> list[int]:
    """Return different ports that are free now; all are held until the last is found."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for taken in sockets:
            taken.bind(("127.0.0.1", 0))
        return [taken.getsockname()[1] for taken in sockets]


def is_running(pid: int) -> bool:
    """Whether a process exists and is not merely waiting for its parent to notice its end."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
