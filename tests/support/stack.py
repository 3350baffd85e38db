"""The whole product running beside the tests: ``scripts/dev`` with a state folder of its own, on free ports."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".fieldlite"
DEV = ROOT / "scripts" / "dev"
ABANDONED_AFTER = 3600.0
"""Seconds without a change after which a folder without a running stack belongs to nobody."""
ENVIRONMENT = {"FIELDLITE_TRUSTED_PROXIES": "1"}
"""Tests come from one address; through X-Forwarded-For each person can come from another, as Auth's limits expect."""

TOKEN_SECONDS = 12
"""Lifetime of the fragile stack's access tokens. A page renews them when a quarter is left."""


@dataclass(frozen=True)
class RunningStack:
    """Where the product is, and how to reach behind it."""

    supabase_url: str
    publishable_key: str
    secret_key: str
    database_url: str
    """Logs in as ``postgres``."""
    service_url: str
    web_url: str
    mailbox_url: str
    sandbox_url: str
    settings_env: Mapping[str, str]
    """The ``FIELDLITE_*`` variables of the service and the worker."""
    pids: Mapping[str, int]
    """``watcher``, ``supabase``, ``sandbox``, ``service``, ``worker``, as at the start."""
    directory: Path
    """The state folder; logs are in ``logs/``."""

    def log(self, name: str) -> str:
        """What one process has printed so far."""
        return (self.directory / "logs" / f"{name}.log").read_text(errors="replace")


@contextmanager
def running_stack(*options: str, environment: Mapping[str, str] | None = None) -> Iterator[RunningStack]:
    """Start the product with further options of ``scripts/dev``; stop it and delete its folder afterwards.

    ``environment`` is added to this process's own: ``SUPABASE_AUTH_JWT_EXPIRY`` overrides a setting of config.toml.
    A start that fails keeps its folder for whoever looks into it. A test run that is killed takes the stack with it.
    """
    STATE.mkdir(exist_ok=True)
    remove_abandoned_folders()
    directory = Path(tempfile.mkdtemp(prefix="test-", dir=STATE))
    watched = ("--until-exit-of", str(os.getpid()))
    start = ("start", "--detach", "--json", "--free-ports", *watched, *options)
    status = dev(directory, *start, environment=environment)
    try:
        yield describe(directory, json.loads(status))
    finally:
        dev(directory, "stop")
        shutil.rmtree(directory)


def remove_abandoned_folders() -> None:
    """Delete what test runs that were killed left behind: their stacks have ended, their folders stay."""
    for folder in STATE.glob("test-*"):
        if time.time() - folder.stat().st_mtime > ABANDONED_AFTER and not (folder / "run.json").exists():
            shutil.rmtree(folder, ignore_errors=True)


def dev(directory: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """Run ``scripts/dev`` on a state folder and return what it printed; its steps are in the error when it fails."""
    done = subprocess.run(
        [DEV, *arguments, "--state", directory],
        check=False, capture_output=True, text=True, env={**os.environ, **ENVIRONMENT, **(environment or {})},
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"scripts/dev {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout


def describe(directory: Path, status: dict[str, object]) -> RunningStack:
    """Read the status and the settings of a stack that is ready."""
    names = ("supabase_url", "publishable_key", "secret_key", "database_url", "service_url", "web_url")
    where = {name: str(status[name]) for name in (*names, "mailbox_url", "sandbox_url")}
    pids = status["pids"]
    assert isinstance(pids, dict)
    settings = json.loads((directory / "settings.json").read_text())
    return RunningStack(**where, settings_env=settings, pids=pids, directory=directory)
