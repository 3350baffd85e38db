"""scripts/test goes on after a failure, says what failed, and ends with pytest's own closing line."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from scripts.checks import runner
from scripts.checks.cli import choose
from scripts.checks.sections import Section, all_sections
from tests.support.stack import ROOT


def prints(name: str, text: str, code: int = 0) -> Section:
    return Section(name, name, [sys.executable, "-c", f"print({text!r}); raise SystemExit({code})"])


def test_every_section_runs_and_the_failed_ones_are_named(capfd: pytest.CaptureFixture[str]) -> None:
    sections = [
        prints("lint", "unused import", 1),
        replace(prints("pytest", "===== 3 passed in 0.5s ====="), alone=True),
    ]
    assert runner.run_all(sections) == 1
    lines = capfd.readouterr().out.splitlines()
    assert "unused import" in lines
    assert "Failed: lint" in lines
    assert lines[-1] == "===== 3 passed in 0.5s ====="


def test_success_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    assert runner.run_all([prints("lint", "fine")]) == 0
    assert capfd.readouterr().out.splitlines()[-1] == "Everything passed."


def test_sections_are_chosen_by_name_in_their_own_order() -> None:
    chosen = choose(all_sections([]), ["pytest", "lint"])
    assert [section.name for section in chosen] == ["lint", "pytest"]


def test_arguments_for_pytest_reach_it() -> None:
    assert all_sections(["tests/webhooks", "-x"])[-1].command[-2:] == ["tests/webhooks", "-x"]


def test_an_unknown_section_is_refused() -> None:
    done = subprocess.run([ROOT / "scripts" / "test", "lnt"], check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "lnt" in done.stderr
