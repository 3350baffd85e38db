"""Expensive steps are done again when, and only when, what they were done for has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.stack import stamps, web


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(stamps, "SHARED", tmp_path)
    return tmp_path


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "a.ts").write_text("one")
    return folder


def digest(folder: Path) -> str:
    return stamps.digest_of(folder.iterdir(), folder)


@pytest.mark.usefixtures("shared")
def test_a_step_is_current_until_its_sources_change(sources: Path) -> None:
    assert not stamps.is_current("build", digest(sources))
    stamps.write("build", digest(sources))
    assert stamps.is_current("build", digest(sources))
    (sources / "a.ts").write_text("two")
    assert not stamps.is_current("build", digest(sources))


def test_a_renamed_file_is_a_change(sources: Path) -> None:
    before = digest(sources)
    (sources / "a.ts").rename(sources / "b.ts")
    assert digest(sources) != before


def test_a_build_replaces_the_last_one_whole(tmp_path: Path) -> None:
    fresh, target = tmp_path / "fresh", tmp_path / "dist"
    for folder, name in ((fresh, "new.js"), (target, "old.js")):
        folder.mkdir()
        (folder / name).write_text("")
    web.put_in_place(fresh, target)
    assert [path.name for path in target.iterdir()] == ["new.js"]
    assert not fresh.exists()
