"""Holds the habits of our SQL that a reader relies on. What needs a running database is tested in tests/database."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from scripts.stack.layout import ROOT

MIGRATIONS = ROOT / "supabase" / "migrations"
BOOTSTRAP = ROOT / "supabase" / "local" / "supabase_local" / "bootstrap"
GENERATED_MARK = "generated"
"""A first line that contains this word marks a file whose text is another project's."""

NAME = re.compile(r"\d{14}_[a-z0-9_]+\.sql")
STRINGS_AND_COMMENTS = re.compile(r"--[^\n]*|'(?:[^']|'')*'|\"[^\"]*\"|/\*.*?\*/", re.DOTALL)
SHOUTED = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|GRANT|REVOKE|FROM|WHERE|BEGIN|RETURN|FUNCTION|TABLE|POLICY)\b"
)
FUNCTION = re.compile(r"create (?:or replace )?function (?P<name>[\w.]+)(?P<head>.*?)\bas \$", re.DOTALL)
GRANT_ALL = re.compile(r"grant all\b[^;]*\bto\b[^;]*\b(anon|authenticated|public)\b")

Rule = Callable[[str], Iterator[tuple[int, str]]]


def main() -> int:
    """Print every finding as ``file:line: what``; return 1 when there was one."""
    findings = [*misnamed_migrations()]
    for path in sorted([*MIGRATIONS.glob("*.sql"), *BOOTSTRAP.glob("*.sql"), ROOT / "supabase" / "seed.sql"]):
        findings += findings_in(path)
    print("\n".join(findings) or "SQL habits hold.")
    return int(bool(findings))


def misnamed_migrations() -> list[str]:
    """A migration is ``<14 digits>_<words>.sql``: the CLI skips whatever is not, without a word."""
    names = [path for path in MIGRATIONS.glob("*") if not NAME.fullmatch(path.name)]
    return [f"{path.relative_to(ROOT)}: not a migration's name" for path in names]


def findings_in(path: Path) -> list[str]:
    """Return the findings of the rules that hold for one file."""
    text = path.read_text()
    rules: list[Rule] = [starts_with_why]
    if GENERATED_MARK not in text.partition("\n")[0].lower():
        rules += [has_no_stray_blanks, is_lower_case, pins_search_path]
    if path.parent != BOOTSTRAP:  # hosted Supabase grants wholesale, so its double does; we do not
        rules.append(grants_nothing_wholesale)
    place = path.relative_to(ROOT)
    return [f"{place}:{line}: {what}" for rule in rules for line, what in rule(text)]


def starts_with_why(text: str) -> Iterator[tuple[int, str]]:
    """Every file opens with the reason for its being."""
    if not text.startswith("-- "):
        yield 1, "does not open with a comment that says why"


def has_no_stray_blanks(text: str) -> Iterator[tuple[int, str]]:
    """No tabs, no blanks at a line's end, one newline at the file's end."""
    for number, line in enumerate(text.splitlines(), 1):
        if line != line.rstrip() or "\t" in line:
            yield number, "a tab, or blanks at the end of the line"
    if not text.endswith("\n") or text.endswith("\n\n"):
        yield len(text.splitlines()), "does not end with exactly one newline"


def is_lower_case(text: str) -> Iterator[tuple[int, str]]:
    """SQL is written in lower case."""
    for found in SHOUTED.finditer(without_strings_and_comments(text)):
        yield line_of(text, found.start()), f"{found[0]} is written in capitals"


def pins_search_path(text: str) -> Iterator[tuple[int, str]]:
    """A definer function without a pinned search_path runs whatever its caller puts first on the path."""
    for found in FUNCTION.finditer(text):
        if "security definer" in found["head"] and "set search_path" not in found["head"]:
            yield line_of(text, found.start()), f"{found['name']} is security definer without set search_path"


def grants_nothing_wholesale(text: str) -> Iterator[tuple[int, str]]:
    """Rights are given verb by verb: after a ``grant all``, row security is the only wall."""
    for found in GRANT_ALL.finditer(without_strings_and_comments(text)):
        yield line_of(text, found.start()), f"grants everything to {found[1]}"


def without_strings_and_comments(text: str) -> str:
    """Blank out strings, quoted names and comments, keeping every position."""
    return STRINGS_AND_COMMENTS.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def line_of(text: str, position: int) -> int:
    """Return the number of the line that holds a position."""
    return text.count("\n", 0, position) + 1


if __name__ == "__main__":
    raise SystemExit(main())
