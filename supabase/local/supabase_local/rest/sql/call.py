"""A function call as SQL."""

# ruff: noqa: S608 (composing SQL is what this module does: identifiers quoted, values bound, all else constant)

from __future__ import annotations

from collections.abc import Mapping

from supabase_local.rest.catalog.model import Column, Function, Parameter
from supabase_local.rest.sql.rows import BODY, JsonRows, render_rows
from supabase_local.rest.sql.text import Binds, array_literal, column, comma, qualified, quote

SCALAR = "pgrst_scalar"
"""The column that holds the value of a function that returns no rows."""

Texts = Mapping[str, list[str]]
"""Arguments of the query string, each as often as it was given."""


def render_call_texts(function: Function, arguments: Texts, binds: Binds) -> str:
    """Return the call of a function with arguments as text."""
    given = [one for one in function.parameters if one.name in arguments]
    return _render_select(function, comma(_named(one, _text_value(one, arguments, binds)) for one in given), "")


def render_call_json(function: Function, names: frozenset[str], body: JsonRows, binds: Binds) -> str:
    """Return the call of a function with the named members of a JSON object as arguments."""
    given = [one for one in function.parameters if one.name in names]
    if not given:
        return _render_select(function, "", "")
    rows = render_rows(body, [Column(one.name, one.type, None) for one in given], binds)
    arguments = comma(_named(one, column(BODY, one.name)) for one in given)
    return _render_select(function, arguments, rows)


def render_call_raw(function: Function, body: str, binds: Binds) -> str:
    """Return the call of a function whose only, unnamed parameter takes the whole body."""
    return _render_select(function, f"{binds.add(body)}::{function.parameters[0].type}", "")


def _render_select(function: Function, arguments: str, rows: str) -> str:
    call = f"{qualified(function.id)}({arguments})"
    if function.returns_rows:
        source = f"{rows}, lateral {call}" if rows else call
        return f'select "pgrst_call".* from {source} as "pgrst_call"'
    return f"select {call} as {quote(SCALAR)}{f' from {rows}' if rows else ''}"


def _named(parameter: Parameter, value: str) -> str:
    return f"{'variadic ' if parameter.variadic else ''}{quote(parameter.name)} := {value}"


def _text_value(parameter: Parameter, arguments: Texts, binds: Binds) -> str:
    values = arguments[parameter.name]
    text = array_literal(values) if parameter.variadic else values[-1]
    return f"{binds.add(text)}::{parameter.type}"
