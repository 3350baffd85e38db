"""The grammar on its own, and at the door: whatever comes in, an answer comes out, never a failure of the server."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from supabase_local.rest.errors import RestError
from supabase_local.rest.grammar.filters import parse_logic, parse_operation
from supabase_local.rest.grammar.query import parse_query, split_query
from supabase_local.rest.grammar.select import parse_select
from supabase_local.rest.grammar.tree import Arrow, Compare, Embed, Field, Filter, InList, Logic, SelectColumn

from tests.embedded.rest.conftest import Api

NAMES = ("id", "name", "extra", "tags", "projects", "tasks", "client_id", "labels", '"od d"', "nope", "*")
SIGNS = ("", ",", ".", "(", ")", "!", ":", "::", "->", "->>", '"', "\\", "-", "{", "}", "*", " ", "%", "$", "é", "\0")
WORDS = (
    *("eq", "in", "is", "not", "or", "and", "like(any)", "fts(english)", "null", "true", "1", "-1", "0", "inner"),
    *("left", "desc", "nullslast", "...", "text", "count()", "cs", "match", "isdistinct", "99999999999999999999"),
)
pieces = st.sampled_from(NAMES + SIGNS + WORDS) | st.text(max_size=3)
texts = st.lists(pieces, max_size=12).map("".join)
keys = st.sampled_from(
    (
        *("select", "order", "limit", "offset", "or", "and", "not.or", "columns", "on_conflict", "id", "name", "tags"),
        *("extra->>k", "projects.id", "projects.order", "projects.tasks.limit", "projects.or", "extra->0"),
    )
)
pairs = st.lists(st.tuples(keys | texts, texts), max_size=4)
well_formed = st.sampled_from(
    (
        ("select", "id,projects!client_id(id,tasks(*))"),
        ("select", "id,extra->a->b->>0,n:name::text"),
        ("projects.id", "not.in.(1,2)"),
        ("or", "(id.gt.1,name.ilike.*n*,and(active.is.null,tags.cs.{a,b}))"),
        ("order", "name.desc.nullslast,id"),
        ("projects.order", "id"),
        ("limit", "2"),
    )
)


def as_query(parameters: list[tuple[str, str]]) -> str:
    return "&".join(f"{quote(key)}={quote(value)}" for key, value in parameters)


def refusal(raw: bytes) -> RestError | None:
    """Read a query string; return what the grammar has against it. Anything but a RestError is a failure."""
    try:
        parse_query(split_query(raw))
    except RestError as error:
        return error
    return None


@given(parameters=pairs)
@settings(max_examples=400, deadline=None)
def test_any_text_is_a_tree_or_a_refusal(parameters: list[tuple[str, str]]) -> None:
    error = refusal(as_query(parameters).encode())
    assert error is None or (error.status, error.code) in [(400, code) for code in ("PGRST100", "PGRST123", "22021")]


@given(raw=st.binary(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_tree_or_a_refusal(raw: bytes) -> None:
    error = refusal(raw)
    assert error is None or error.status == 400


@given(parameters=st.lists(well_formed | st.tuples(keys, texts), max_size=4), method=st.sampled_from(("GET", "HEAD")))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_makes_the_server_fail(api: Api, parameters: list[tuple[str, str]], method: str) -> None:
    response = api.request(method, f"/clients?{as_query(parameters)}")
    assert response.status_code in (200, 300, 400, 404, 416, 501), response.text


@given(
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("name", "extra", "tags", "x")), inner)
        ),
        max_leaves=8,
    )
)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_body_makes_the_server_fail(api: Api, body: object) -> None:
    for path in ("/clients", "/clients?columns=name,extra", "/rpc/add", "/rpc/echo"):
        response = api.post(path, body, Prefer="missing=default, return=representation")
        assert response.status_code in (200, 201, 400, 404), response.text


@given(value=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=30))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_value_is_found_as_it_was_stored(api: Api, value: str) -> None:
    stored = api.post("/visits?select=id", {"note": value}, Prefer="return=representation").json()[0]["id"]
    quoted = quote('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"')
    for test in (
        f"note=eq.{quote(value)}",
        f"note=in.({quoted})",
        f"or=(note.eq.{quoted})",
        f"and=(note.in.({quoted}))",
    ):
        assert stored in [row["id"] for row in api.rows(f"/visits?select=id&{test}&id=eq.{stored}")]


def test_select_tree() -> None:
    assert parse_select("a:b->c->>0::int,r!h!inner(*, x)") == (
        SelectColumn(Field("b", (Arrow("c", False, False), Arrow("0", True, True))), "int", "a"),
        Embed("r", None, "h", "inner", False, (SelectColumn(Field("*")), SelectColumn(Field("x")))),
    )
    assert parse_select("...r(with-dash)") == (Embed("r", None, None, None, True, (SelectColumn(Field("with-dash")),)),)


def test_filter_trees() -> None:
    assert parse_operation('not.in.(1,"a,b",c"d)') == (True, InList(("1", "a,b", 'c"d')))
    assert parse_operation("eq.a.b,c)") == (False, Compare("eq", "a.b,c)"))
    assert parse_logic("or", False, '(a.eq."x,y",not.and(b.lt.3,c.ov.{1,2}))') == Logic(
        "or",
        False,
        (
            Filter(Field("a"), False, Compare("eq", "x,y")),
            Logic(
                "and",
                True,
                (Filter(Field("b"), False, Compare("lt", "3")), Filter(Field("c"), False, Compare("ov", "{1,2}"))),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("raw", "arguments", "filters"),
    [(b"a=1&b=eq.2&c.d=eq.3", 1, 2), (b"a=not+yet&b=in+sight", 2, 0), (b"a=fts.x&b=like(any).{x}", 0, 2)],
)
def test_arguments_and_filters_of_a_call(raw: bytes, arguments: int, filters: int) -> None:
    query = parse_query(split_query(raw), function_arguments=True)
    assert (len(query.arguments), len(query.filters)) == (arguments, filters)
