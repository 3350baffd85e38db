"""The sections of ``scripts/test``: a name, what it checks, and the command that decides."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.stack.layout import ROOT, WEB

PYTEST = ("pytest", "--numprocesses", "2", "--dist", "loadfile")
"""Two at a time, each with a stack of its own; which files stay together says tests/support/distribution.py."""

PYTHON_ROOMS = ("service", "webhooks", "scripts", "supabase/local", "tests")


@dataclass(frozen=True)
class Section:
    """One check. It passes when its command exits with 0."""

    name: str
    title: str
    command: Sequence[str]
    folder: Path = ROOT
    needs_web: bool = False
    """Whether the npm packages of ``web/`` must be installed."""
    alone: bool = False
    """Whether it runs by itself, after the others: timing matters to it."""


def python(*arguments: str) -> list[str]:
    """Return a command of this environment's Python."""
    return [sys.executable, "-P", *arguments]


def npm(name: str, title: str, script: str) -> Section:
    """Return a section that runs a script of ``web/package.json``."""
    return Section(name, title, ("npm", "run", "--silent", script), WEB, needs_web=True)


def all_sections(pytest_arguments: Sequence[str]) -> list[Section]:
    """Return every section in the order in which they run: the quick ones first, the tests last."""
    return [
        Section("format", "Python format (ruff)", python("-m", "ruff", "format", "--check", ".")),
        Section("lint", "Python lint (ruff)", python("-m", "ruff", "check", ".")),
        Section("types", "Python types (mypy --strict)", python("-m", "mypy", "--strict", *PYTHON_ROOMS)),
        Section("sql", "SQL habits", python("-m", "scripts.checks.sql")),
        npm("web-format", "web format (prettier)", "format:check"),
        npm("web-lint", "web lint (eslint)", "lint"),
        npm("web-types", "web types (tsc)", "typecheck"),
        npm("web-tests", "web unit tests (vitest)", "test"),
        Section("pytest", "tests (pytest)", python("-m", *PYTEST, *pytest_arguments), needs_web=True, alone=True),
    ]
