"""A company that texts through the sandbox, in a database of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.running import Sandbox, running_sandbox
from tests.support.workers import Plant, running_plant


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[Sandbox]:
    """The sandbox, started once."""
    with running_sandbox() as running:
        yield running


@pytest.fixture
def plant(clone_url: str, sandbox_process: Sandbox, tmp_path: Path) -> Iterator[Plant]:
    """The company, its database and an empty sandbox; tests start the workers."""
    sandbox_process.reset()
    sandbox_process.switch(status_step_seconds=0.05)
    with running_plant(clone_url, sandbox_process, tmp_path) as running:
        yield running
