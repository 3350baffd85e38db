"""The outermost select: the body in the wanted format, the counts, and what functions set for the response."""

# ruff: noqa: S608 (composing SQL is what this module does: identifiers quoted, values bound, all else constant)

from __future__ import annotations

from dataclasses import dataclass

from supabase_local.rest.sql.change import INSERTED
from supabase_local.rest.sql.read import SOURCE

ROWS = "pgrst_rows"


@dataclass(frozen=True, slots=True)
class Shape:
    """How the rows become a body: ``json``, ``object``, ``csv`` or ``none``; ``row`` is what stands for one row."""

    form: str
    strip_nulls: bool = False
    row: str = ROWS
    single: bool = False
    """The answer is one value, not an array: a function that returns no set."""


def render_statement(source: str, rows: str, count: str | None, shape: Shape) -> str:
    """Return the statement that runs.

    Args:
        source: the query that changes, calls or (for a read) is the read itself.
        rows: the query over ``source`` that gives the rows to show.
        count: the query of all rows regardless of limits, None when nobody asked.

    Its one row: total (int or null), rows shown, body (text), response.headers, response.status, rows inserted.
    """
    total = f"(select count(*) from ({count}) as pgrst_total)" if count else "null::int8"
    return (
        f"with {SOURCE} as ({source}) "
        f"select {total}, count(*), {_render_body(shape)}, {_setting('response.headers')}, "
        f"{_setting('response.status')}, {INSERTED} from ({rows}) as {ROWS}"
    )


def _render_body(shape: Shape) -> str:
    if shape.form == "none":
        return "''"
    if shape.form == "csv":
        return _render_csv()
    array = f"json_agg({shape.row})"
    if shape.strip_nulls:
        array = f"json_strip_nulls({array})"
    if shape.form == "object" or shape.single:
        return f"coalesce({array}->0, 'null')::text"
    return f"coalesce({array}, '[]')::text"


def _render_csv() -> str:
    """Return a header line and one line for each row: the text of a row is CSV between parentheses."""
    header = f"(select string_agg(k, ',') from json_object_keys(json_agg({ROWS})->0) as keys (k))"
    lines = f"string_agg(substring({ROWS}::text, 2, length({ROWS}::text) - 2), E'\\n')"
    return f"coalesce({header} || E'\\n' || {lines}, '')"


def _setting(name: str) -> str:
    return f"nullif(current_setting('{name}', true), '')"
