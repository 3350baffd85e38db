"""A JSON body as rows: the part of a statement that turns the bound body into typed columns."""

# ruff: noqa: S608 (composing SQL is what this module does: identifiers quoted, values bound, all else constant)

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from supabase_local.rest.catalog.model import Column
from supabase_local.rest.sql.text import Binds, column, comma, quote

BODY = "pgrst_body"


@dataclass(frozen=True, slots=True)
class JsonRows:
    """A body: its text, whether it is one object (else an array), and whether defaults fill missing keys."""

    text: str
    is_object: bool
    fill_defaults: bool = False


def render_rows(rows: JsonRows, columns: Sequence[Column], binds: Binds) -> str:
    """Return a FROM item named ``pgrst_body`` with the given columns, one row for each object of the body."""
    if not columns and rows.is_object:
        return f"(select) as {quote(BODY)}"
    kind = "jsonb" if rows.fill_defaults else "json"
    data = f"{binds.add(rows.text)}::{kind}"
    if not columns:
        # Empty objects: as many rows as there are objects, without columns.
        return f"(select from {kind}_array_elements({data}) as elements) as {quote(BODY)}"
    if rows.fill_defaults:
        data = _with_defaults(data, rows, columns, binds)
    function = f"{kind}_to_record" if rows.is_object else f"{kind}_to_recordset"
    typed = comma(f"{quote(one.name)} {one.type}" for one in columns)
    return f"{function}({data}) as {quote(BODY)}({typed})"


def body_columns(names: Iterable[str]) -> str:
    """Return the named columns of the body."""
    return comma(column(BODY, name) for name in names)


def _with_defaults(data: str, rows: JsonRows, columns: Sequence[Column], binds: Binds) -> str:
    """Lay each object over an object of the columns' defaults."""
    pairs = comma(f"{binds.add(one.name)}::text, {one.default}" for one in columns if one.default)
    defaults = f"jsonb_build_object({pairs})"
    if rows.is_object:
        return f"({defaults} || {data})"
    return f"(select jsonb_agg({defaults} || element) from jsonb_array_elements({data}) as elements (element))"
