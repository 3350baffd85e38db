"""The official Supabase CLI agrees: migrations in step, no advice open, and the web's row types are the schema's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from scripts.stack import supabase_cli, types
from scripts.stack.layout import ROOT
from tests.support.stack import RunningStack

ACCEPTED = Path(__file__).with_name("advice_accepted.json")
"""Advice that we do not follow, each with its reason: {cache key of the finding: why}."""


def ask(stack: RunningStack, *arguments: str) -> Any:
    """Run the CLI on the running stack's database and return its JSON answer."""
    remote = f"--remote={stack.database_url}"
    return json.loads(supabase_cli.output(*arguments, remote, "--output-format", "json"))


def test_migrations_are_in_step(stack: RunningStack) -> None:
    """What the embedded stack recorded is what the CLI would record: nothing to apply, nothing unknown."""
    rows = ask(stack, "migration", "list")["migrations"]
    versions = sorted(path.name.split("_")[0] for path in (ROOT / "supabase" / "migrations").glob("*.sql"))
    assert [(row["local"], row["remote"]) for row in rows] == [(version, version) for version in versions]


def test_the_advisors_have_no_advice_left(stack: RunningStack) -> None:
    """Security and performance, from warnings on; what we accept has its reason, and nothing accepted is gone."""
    found = ask(stack, "db", "advisors", "--level", "warn")["results"]
    accepted = json.loads(ACCEPTED.read_text())
    assert {advice["cacheKey"] for advice in found} == set(accepted)
    assert all(accepted.values())


def test_the_advisors_are_listening(stack: RunningStack) -> None:
    """Not vacuous: at the lowest level they do find something."""
    assert ask(stack, "db", "advisors", "--level", "info")["results"]


def test_the_webs_row_types_are_the_schemas(stack: RunningStack) -> None:
    """Run `scripts/gen-types` after a change of the schema."""
    assert types.TYPES.read_text() == types.generate(stack.database_url)
