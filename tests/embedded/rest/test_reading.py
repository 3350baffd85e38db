"""GET on tables and views: columns, filters, order."""

from __future__ import annotations

from typing import Any

import pytest

from tests.embedded.rest.conftest import Api


def ids(api: Api, query: str) -> list[int]:
    return [row["id"] for row in api.rows(f"/clients?select=id&order=id&{query}")]


def test_all_columns_by_default(api: Api) -> None:
    assert api.rows("/clients?id=eq.2") == [
        {"id": 2, "name": "Bob", "tags": [], "extra": None, "active": False, "mood": "busy", "born": None}
    ]


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        ("id,name", {"id": 1, "name": "Ann"}),
        ("number:id,who:name", {"number": 1, "who": "Ann"}),
        ("id::text", {"id": "1"}),
        ("when:born::text", {"when": "1980-02-03"}),
        ("id::double precision", {"id": 1}),
        ("mood::TEXT", {"mood": "calm"}),
        ("extra->a", {"a": {"b": [1, 2]}}),
        ("extra->a->b->0", {"b": 1}),
        ("extra->a->b->-1", {"b": 2}),
        ("extra->>k", {"k": "v"}),
        ("key:extra->>k", {"key": "v"}),
        ("extra->a->>b::text", {"b": "[1, 2]"}),
        ("tags->0", {"tags": "a"}),
        ("name,whole_name", {"name": "Ann", "whole_name": "Ann!"}),
        ("name, id", {"name": "Ann", "id": 1}),
        ('"name"', {"name": "Ann"}),
        ("", {}),
    ],
)
def test_select(api: Api, select: str, expected: dict[str, Any]) -> None:
    assert api.rows(f"/clients?id=eq.1&select={select}") == [expected]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("id=eq.2", [2]),
        ("id=neq.2", [1, 3]),
        ("id=gt.2", [3]),
        ("id=gte.2", [2, 3]),
        ("id=lt.2", [1]),
        ("id=lte.2", [1, 2]),
        ("id=not.eq.2", [1, 3]),
        ("id=in.(1,3)", [1, 3]),
        ("id=in.()", []),
        ("id=not.in.(1,3)", [2]),
        ('name=in.("Ann","a,b\\"")', [1]),
        ("active=is.true", [1]),
        ("active=is.null", [3]),
        ("active=not.is.null", [1, 2]),
        ("active=is.not_null", [1, 2]),
        ("active=is.unknown", [3]),
        ("active=is.FALSE", [2]),
        ("active=isdistinct.true", [2, 3]),
        ("name=like.*n*", [1]),
        ("name=ilike.a*", [1]),
        ("name=match.^[AB]", [1, 2]),
        ("name=imatch.^a", [1]),
        ("name=like(any).{A*,C*}", [1, 3]),
        ("name=ilike(all).{*n*,a*}", [1]),
        ("id=eq(any).{1,2}", [1, 2]),
        ("tags=cs.{a}", [1]),
        ("tags=cd.{a,b,c}", [1, 2, 3]),
        ("tags=ov.{b,c}", [1, 3]),
        ('extra=cs.{"k":"w"}', [3]),
        ("extra->>k=eq.v", [1]),
        ("extra->a->b->0=eq.1", [1]),
        ("mood=eq.busy", [2]),
        ("name=fts.ann", [1]),
        ("name=plfts(english).bob", [2]),
        ("id=gt.1&id=lt.3", [2]),
        ("or=(id.eq.1,name.eq.Cyd)", [1, 3]),
        ("and=(id.gt.1,or(name.eq.Bob,name.eq.Ann))", [2]),
        ("not.or=(id.eq.1,id.eq.2)", [3]),
        ("or=(id.eq.1,not.and(id.gt.1,id.lt.3))", [1, 3]),
        ('or=(name.eq."Ann",tags.cs.{c,c},id.in.(2))', [1, 2, 3]),
        ("or=(name.like.A*, id.not.in.(1,2))", [1, 3]),
        ("whole_name=eq.Ann!", [1]),
        ("name=eq.", []),
    ],
)
def test_filters(api: Api, query: str, expected: list[int]) -> None:
    assert ids(api, query) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("id.desc", [3, 2, 1]),
        ("born", [1, 3, 2]),
        ("born.desc", [2, 3, 1]),
        ("born.desc.nullslast", [3, 1, 2]),
        ("born.nullsfirst", [2, 1, 3]),
        ("active.asc.nullsfirst,id", [3, 2, 1]),
        ("extra->>k.desc.nullslast", [3, 1, 2]),
    ],
)
def test_order(api: Api, order: str, expected: list[int]) -> None:
    assert [row["id"] for row in api.rows(f"/clients?select=id&order={order}")] == expected


def test_values_are_bound_and_names_are_quoted(api: Api) -> None:
    evil = "x'); drop table clients; --"
    assert api.rows(f"/clients?name=eq.{evil}") == []
    response = api.get('/clients?select="id\\"; drop table clients; --"')
    assert (response.status_code, response.json()["code"]) == (400, "42703")
    assert ids(api, "") == [1, 2, 3]


def test_a_cast_cannot_carry_sql(api: Api) -> None:
    response = api.get("/clients?select=id::int) from clients; --")
    assert (response.status_code, response.json()["code"]) == (400, "PGRST100")
    response = api.get("/clients?select=id::int from clients")
    assert (response.status_code, response.json()["code"]) == (400, "42704")


def test_single_object(api: Api) -> None:
    accept = "application/vnd.pgrst.object+json"
    response = api.get("/clients?select=id,born&id=eq.2", Accept=accept)
    assert response.json() == {"id": 2, "born": None}
    assert response.headers["content-type"] == f"{accept}; charset=utf-8"
    stripped = api.get("/clients?select=id,born&id=eq.2", Accept=f"{accept};nulls=stripped")
    assert stripped.json() == {"id": 2}


@pytest.mark.parametrize(("query", "rows"), [("id=gt.1", 2), ("id=gt.9", 0)])
def test_not_a_single_object(api: Api, query: str, rows: int) -> None:
    response = api.get(f"/clients?{query}", Accept="application/vnd.pgrst.object+json")
    assert response.status_code == 406
    assert response.json() == {
        "code": "PGRST116",
        "message": "Cannot coerce the result to a single JSON object",
        "details": f"The result contains {rows} rows",
        "hint": None,
    }


def test_csv(api: Api) -> None:
    response = api.get("/clients?select=id,name&order=id&limit=2", Accept="text/csv")
    assert response.text == "id,name\n1,Ann\n2,Bob"
    assert response.headers["content-type"] == "text/csv; charset=utf-8"


def test_head_has_the_headers_without_the_body(api: Api) -> None:
    response = api.request("HEAD", "/clients?select=id", Prefer="count=exact")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-range"] == "0-2/3"


def test_time_zone(api: Api) -> None:
    response = api.post("/rpc/echo", {}, Prefer="timezone=Asia/Tokyo, handling=strict")
    assert response.headers["preference-applied"] == "handling=strict, timezone=Asia/Tokyo"
