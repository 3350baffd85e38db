"""PostgreSQL refuses to run as root; the stack starts it all the same, whoever starts the stack and wherever."""

from __future__ import annotations

import os
import platform
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from supabase_local.cluster.binaries import SYSTEM_INSTALLATIONS, find_installation
from supabase_local.cluster.privileges import remove_server_folder

from tests.embedded.stacks import PACKAGE_PATH, PROJECT, StackCommand

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can choose the account")
WITHOUT_NAMESPACES = {"PATH": "/nonexistent"}
"""Without the program `unshare`, the stack takes the way that it takes where the kernel refuses user namespaces."""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account may write in (pytest's own are private)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


def interpreter_for(account: str) -> str:
    """Return a Python of our version that the account can run: this one may lie in a private folder."""
    wanted = f"Python {platform.python_version_tuple()[0]}.{platform.python_version_tuple()[1]}."
    for candidate in (sys.executable, "/usr/bin/python3"):
        try:
            version = subprocess.run(
                [candidate, "--version"], check=True, capture_output=True, text=True, user=account, cwd="/"
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        if version.stdout.startswith(wanted):
            return candidate
    pytest.skip(f"{account} can run no {wanted}x")


def can_read(account: str, folders: list[str]) -> bool:
    """Whether an account can look into folders."""
    return not subprocess.run(["ls", *folders], check=False, capture_output=True, user=account, cwd="/").returncode


def owner_of(pid: int) -> str:
    """Return the name of the account that a process runs as."""
    return pwd.getpwuid(Path(f"/proc/{pid}").stat().st_uid).pw_name


@as_root
def test_as_an_ordinary_user(open_folder: Path) -> None:
    project = shutil.copytree(PROJECT, open_folder / "project")
    packages = [str(PACKAGE_PATH), *(path for path in sys.path if path.endswith("site-packages"))]
    if not can_read("nobody", packages):
        pytest.skip("this clone lies in a folder that only root can read: no other account can run it")
    stack = StackCommand(
        project,
        open_folder / "data",
        environment={"PYTHONPATH": os.pathsep.join(packages)},
        account="nobody",
        interpreter=interpreter_for("nobody"),
    )
    with stack.running() as info:
        assert owner_of(info.stack_pid) == "nobody"
        assert owner_of(info.postgres_pid) == "nobody"
        psycopg.connect(info.database_url).close()


@as_root
def test_as_root_in_a_folder_that_only_root_can_read(tmp_path: Path) -> None:
    assert tmp_path.stat().st_mode & 0o077 == 0
    with StackCommand(PROJECT, tmp_path / "data").running() as info:
        assert (tmp_path / "data" / "postgres" / "data").is_dir()
        psycopg.connect(info.database_url).close()


@as_root
def test_as_root_without_user_namespaces_the_server_is_another_account(open_folder: Path) -> None:
    with StackCommand(PROJECT, open_folder / "data", environment=WITHOUT_NAMESPACES).running() as info:
        assert owner_of(info.postgres_pid) == "nobody"
        assert (open_folder / "data" / "postgres" / "data").is_dir()
        psycopg.connect(info.database_url).close()


@as_root
def test_as_root_without_user_namespaces_in_a_private_folder(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Also the programs are where the other account cannot reach them: they are copied, the data lies elsewhere."""
    request.addfinalizer(lambda: remove_server_folder(tmp_path / "data"))
    private = shutil.copytree(find_installation().programs.parent, tmp_path / "postgresql")
    environment = {**WITHOUT_NAMESPACES, "POSTGRES_BIN_DIR": str(private / "bin")}
    stack = StackCommand(PROJECT, tmp_path / "data", environment=environment)
    with stack.running() as info:
        assert owner_of(info.postgres_pid) == "nobody"
        assert (tmp_path / "data" / "postgres").is_symlink()
        psycopg.connect(info.database_url).close()
    with stack.running() as info:
        psycopg.connect(info.database_url).close()


@pytest.mark.skipif(not SYSTEM_INSTALLATIONS.exists(), reason="the system has no PostgreSQL")
def test_with_the_systems_own_postgresql(tmp_path: Path) -> None:
    newest = max(SYSTEM_INSTALLATIONS.iterdir(), key=lambda folder: int(folder.name))
    stack = StackCommand(PROJECT, tmp_path / "data", environment={"POSTGRES_BIN_DIR": str(newest / "bin")})
    with stack.running() as info, psycopg.connect(info.database_url) as connection:
        assert connection.info.server_version // 10000 == int(newest.name)
