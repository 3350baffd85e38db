"""The grammar of filters and bindings, and hosted's words for what it does not understand."""

from __future__ import annotations

from typing import Any

import pytest
from supabase_local.realtime.changes.filters import Filter, FilterError, parse_filters
from supabase_local.realtime.changes.subscriptions import Interest, parse_interest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  ", []),
        ("id=eq.1", [Filter("id", "eq", "1", negated=False)]),
        ("name=eq.a.b=c", [Filter("name", "eq", "a.b=c", negated=False)]),
        ("id=in.(1,2,3)", [Filter("id", "in", "{1,2,3}", negated=False)]),
        ("id=not.in.(1,2)", [Filter("id", "in", "{1,2}", negated=True)]),
        ("a=gt.1, b=is.null", [Filter("a", "gt", "1", negated=False), Filter("b", "is", "null", negated=False)]),
        ('name=eq."a,b",id=lt.2', [Filter("name", "eq", "a,b", negated=False), Filter("id", "lt", "2", negated=False)]),
        (r'name=eq."say \"hi\""', [Filter("name", "eq", 'say "hi"', negated=False)]),
        ('name=eq."half', [Filter("name", "eq", '"half', negated=False)]),
        ('name=in.("a,b",c)', [Filter("name", "in", '{"a,b",c}', negated=False)]),
    ],
)
def test_filters_are_read(text: str, expected: list[Filter]) -> None:
    assert list(parse_filters(text)) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("undefined", '["undefined"]'),
        ("id=eq", '["eq"]'),
        ("subject=foo.hey", '["foo", "hey"]'),
        ("id=in.1", "`in` filter value must be wrapped by parentheses"),
        ("id=eq.1,", "filter must not contain empty segments (check for extra commas)"),
    ],
)
def test_filters_that_mean_nothing_are_refused_in_hosted_words(text: str, reason: str) -> None:
    with pytest.raises(FilterError) as refusal:
        parse_filters(text)
    assert str(refusal.value) == f"Error parsing `filter` params: {reason}"


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"schema": "public"}, Interest("*", "public", "*", (), None)),
        ({"table": "notes"}, Interest("*", "public", "notes", (), None)),
        ({"event": "insert", "schema": "*"}, Interest("INSERT", "*", "*", (), None)),
        ({"event": "odd", "schema": "public"}, Interest("*", "public", "*", (), None)),
        ({"schema": "a", "table": "b", "select": ["y", "x"]}, Interest("*", "a", "b", (), ("x", "y"))),
        ({"schema": "a", "table": "b", "select": []}, Interest("*", "a", "b", (), None)),
    ],
)
def test_bindings_are_read(params: dict[str, Any], expected: Interest) -> None:
    assert parse_interest(params) == expected


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({}, "No subscription params provided"),
        ({"schema": 1}, "No subscription params provided"),
        ({"schema": "public", "filter": "id=eq.1"}, "needs both"),
        ({"schema": "public", "select": ["id"]}, "not supported for wildcard"),
        ({"schema": "public", "table": "notes", "select": "id"}, "Error parsing `select` params"),
    ],
)
def test_bindings_that_mean_nothing_are_refused(params: dict[str, Any], words: str) -> None:
    with pytest.raises(FilterError, match=words):
        parse_interest(params)
