"""Contradictions between a database's history and the folder of migrations are told in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.project.history import Applied, History

FIRST, SECOND, THIRD = "20260101000100", "20260101000200", "20260101000300"
TEXT = "-- Why: people.\ncreate table t (\n  id int\n);\n\ninsert into t values (1);\n"
RECORDED = ["-- Why: people.\ncreate table t (\n  id int\n)", "insert into t values (1)"]


def history(folder: Path, applied: list[Applied], *versions: str) -> History:
    """A history with a file for each version."""
    files = {version: folder / f"{version}_step.sql" for version in versions}
    for path in files.values():
        path.write_text(TEXT)
    return History(applied, files)


def test_what_the_cli_recorded_of_a_file_is_the_file(tmp_path: Path) -> None:
    found = history(tmp_path, [Applied(FIRST, "step", RECORDED)], FIRST, SECOND)
    assert found.drift() == []
    assert [path.name for path in found.pending] == [f"{SECOND}_step.sql"]


def test_a_history_without_statements_says_nothing_of_contents(tmp_path: Path) -> None:
    assert history(tmp_path, [Applied(FIRST, None, None)], FIRST).drift() == []


@pytest.mark.parametrize(
    ("applied", "versions", "words"),
    [
        ([Applied(FIRST, "gone", RECORDED)], [], f"{FIRST} (gone), and no file here has that version"),
        (
            [Applied(SECOND, "step", RECORDED)],
            [FIRST, SECOND],
            f"{FIRST}_step.sql is not applied and older than {SECOND}",
        ),
        ([Applied(FIRST, "step", ["select 2"])], [FIRST], f"{FIRST}_step.sql was changed after it was applied"),
    ],
)
def test_each_contradiction_is_told(tmp_path: Path, applied: list[Applied], versions: list[str], words: str) -> None:
    (sentence,) = history(tmp_path, applied, *versions).drift()
    assert words in sentence
