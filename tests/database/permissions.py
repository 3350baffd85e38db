"""The tables of docs/security.md, read as data: the page is what the tests hold the database against."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "security.md"


def table(heading: str) -> list[dict[str, str]]:
    """Return the rows of the first table below a heading, by column name."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    names, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(names, row, strict=True)) for row in rows]


def allowed() -> set[tuple[str, str, str]]:
    """Return the (relation, verb, role) that the page allows; verbs are read, insert, update, delete."""
    rows = table("Who may do what")
    return {
        (row["Table"], row["Verb"].split()[0], role)
        for row in rows
        for role, cell in row.items()
        if role not in {"Table", "Verb"} and cell == "yes"
    }
