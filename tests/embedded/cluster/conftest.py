"""Stacks that a test may break: each has a data folder and ports of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.embedded.stacks import PROJECT, StackCommand


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as `reset` makes it, to be copied: that takes a tenth of making one."""
    folder = tmp_path_factory.mktemp("new") / "data"
    StackCommand(PROJECT, folder).run("reset")
    return folder


@pytest.fixture
def stack(tmp_path: Path, new_database: Path) -> StackCommand:
    """A stopped stack with a copy of the tests' project and of its new database, in a folder that is private."""
    data = shutil.copytree(new_database, tmp_path / "data", symlinks=True)
    return StackCommand(shutil.copytree(PROJECT, tmp_path / "supabase"), data)


@pytest.fixture
def fresh_stack(tmp_path: Path) -> StackCommand:
    """A stack that was never started, with a copy of the tests' project."""
    return StackCommand(shutil.copytree(PROJECT, tmp_path / "supabase"), tmp_path / "data")
