"""Calls of functions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.embedded.rest.conftest import Api

REFUSED = "/rpc/refuse"


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("/rpc/add", {"a": 1}, 11),
        ("/rpc/add", {"a": 1, "b": 2}, 3),
        ("/rpc/words", {}, ["a", "b"]),
        ("/rpc/pair", None, {"x": 1, "y": "z"}),
        ("/rpc/totals?client=eq.Bob&select=total", {}, [{"total": 1}]),
        ("/rpc/find_clients?select=name&order=name.desc&limit=2", {}, [{"name": "Cyd"}, {"name": "Bob"}]),
        ("/rpc/find_clients?select=name", {"wanted": "Bob"}, [{"name": "Bob"}]),
        (
            "/rpc/find_clients?select=name,projects!client_id(name)&projects.order=id&id=eq.1",
            {},
            [{"name": "Ann", "projects": [{"name": "Roof"}, {"name": "Wall"}]}],
        ),
        ("/rpc/make_label", {"id": 9, "word": "gold"}, {"id": 9, "word": "gold"}),
        ("/rpc/make_label?select=word", {"id": 9, "word": "gold"}, {"word": "gold"}),
        ("/rpc/echo", {"x": [1, "é"]}, {"x": [1, "é"]}),
        ("/rpc/echo", "word", "word"),
        ("/rpc/join_words", {"words": ["a", "b"]}, "a-b"),
        ("/rpc/add?columns=a", {"a": 1, "other": 2}, 11),
    ],
)
def test_post(api: Api, path: str, body: Any, expected: Any) -> None:
    response = api.post(path, body)
    assert (response.status_code, response.json()) == (200, expected)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/rpc/add?a=1", 11),
        ("/rpc/add?a=1&b=2", 3),
        ("/rpc/find_clients?wanted=Bob&select=id", [{"id": 2}]),
        ("/rpc/find_clients?id=gt.2&select=id", [{"id": 3}]),
        ("/rpc/join_words?words=a&words=b", "a-b"),
        ("/rpc/words", ["a", "b"]),
    ],
)
def test_get(api: Api, path: str, expected: Any) -> None:
    assert api.rows(path) == expected


def test_void(api: Api) -> None:
    response = api.post("/rpc/nothing")
    assert (response.status_code, response.content) == (204, b"")


def test_plain_text_body(api: Api) -> None:
    response = api.post("/rpc/shout", b"hey", Content_Type="text/plain")
    assert response.json() == "HEY"


def test_count_and_range(api: Api) -> None:
    response = api.post("/rpc/find_clients?limit=1&select=id", {}, Prefer="count=exact")
    assert (response.status_code, response.headers["content-range"]) == (206, "0-0/3")


def test_single_object(api: Api) -> None:
    accept = "application/vnd.pgrst.object+json"
    assert api.post("/rpc/find_clients?id=eq.2&select=id", {}, Accept=accept).json() == {"id": 2}
    response = api.post("/rpc/find_clients", {}, Accept=accept)
    assert (response.status_code, response.json()["details"]) == (406, "The result contains 3 rows")


def test_a_read_cannot_write(api: Api) -> None:
    response = api.get("/rpc/make_label?id=9&word=gold")
    assert (response.status_code, response.json()["code"]) == (405, "25006")
    assert api.rows("/labels?id=eq.9") == []


def test_what_a_function_can_ask(api: Api) -> None:
    user = "11111111-1111-1111-1111-111111111111"
    facts = api.as_user(user).get("/rpc/whoami", User_Agent="robot").json()
    assert facts["role"] == "authenticated"
    assert facts["claims"] == {"role": "authenticated", "sub": user}
    assert (facts["method"], facts["path"], facts["agent"]) == ("GET", "/rpc/whoami", "robot")
    assert facts["search_path"] == '"public", "extensions"'


def test_unknown_function(api: Api) -> None:
    response = api.post("/rpc/ad", {"a": 1})
    assert response.status_code == 404
    assert response.json() == {
        "code": "PGRST202",
        "message": "Could not find the function public.ad(a) in the schema cache",
        "details": "Searched for the function public.ad with parameter a or with a single unnamed json/jsonb "
        "parameter, but no matches were found in the schema cache.",
        "hint": "Perhaps you meant to call the function public.add",
    }


def test_wrong_arguments(api: Api) -> None:
    response = api.get("/rpc/add?c=1&a=2")
    assert response.status_code == 404
    assert response.json()["details"] == (
        "Searched for the function public.add with parameters a, c, but no matches were found in the schema cache."
    )
    assert response.json()["hint"] == "Perhaps you meant to call the function public.add(a, b)"
    assert "without parameters" in api.post("/rpc/add").json()["message"]


def test_ambiguous_function(api: Api) -> None:
    response = api.post("/rpc/twice", {"a": "1"})
    assert (response.status_code, response.json()["code"]) == (300, "PGRST203")
    assert response.json()["message"] == (
        "Could not choose the best candidate function between: public.twice(a => integer), public.twice(a => text)"
    )


@pytest.mark.parametrize("method", ["PATCH", "DELETE", "PUT"])
def test_other_methods(api: Api, method: str) -> None:
    response = api.request(method, "/rpc/add", {})
    assert (response.status_code, response.json()["code"]) == (405, "PGRST101")


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("P0001", 400),
        ("PT409", 409),
        ("PT422", 422),
        ("PT999", 500),
        ("PTABC", 500),
        ("22023", 400),
        ("40001", 500),
        ("53000", 503),
        ("55P03", 500),
        ("28000", 403),
        ("42501", 403),
        ("P0002", 500),
        ("XX000", 500),
        ("21000", 500),
        ("08006", 503),
    ],
)
def test_errors_of_functions(api: Api, code: str, status: int) -> None:
    response = api.post(REFUSED, {"code": code, "message": "Not today", "detail": "opted_out"})
    assert response.status_code == status
    assert response.json() == {"code": code, "message": "Not today", "details": "opted_out", "hint": None}
    assert response.headers["proxy-status"] == f"PostgREST; error={code}"


def test_hint_of_an_error(api: Api) -> None:
    assert api.post(REFUSED, {"code": "PT403", "message": "No"}).json()["hint"] == "a hint"


def test_an_error_can_decide_the_whole_answer(api: Api) -> None:
    message = json.dumps({"code": "T1", "message": "tea", "details": "d", "hint": "h"})
    detail = json.dumps({"status": 418, "headers": {"X-Tea": "1"}})
    response = api.post(REFUSED, {"code": "PGRST", "message": message, "detail": detail})
    assert (response.status_code, response.headers["x-tea"]) == (418, "1")
    assert response.json() == {"code": "T1", "message": "tea", "details": "d", "hint": "h"}


@pytest.mark.parametrize(
    ("message", "detail"),
    [("no json", "{}"), ('{"code":"a","message":"b"}', None), ('{"code":"a","message":"b"}', '{"status":1}')],
)
def test_an_unreadable_decision(api: Api, message: str, detail: str | None) -> None:
    response = api.post(REFUSED, {"code": "PGRST", "message": message, "detail": detail})
    assert (response.status_code, response.json()["code"]) == (500, "PGRST121")


def test_a_function_can_set_status_and_headers(api: Api) -> None:
    headers = json.dumps([{"X-One": "1"}, {"Cache-Control": "max-age=9"}, {"Content-Range": "mine"}])
    response = api.post("/rpc/answer", {"status": "202", "headers": headers})
    assert (response.status_code, response.json()) == (202, "done")
    assert (response.headers["x-one"], response.headers["content-range"]) == ("1", "mine")


@pytest.mark.parametrize(
    ("status", "headers", "code"), [("abc", "[]", "PGRST112"), ("200", "{}", "PGRST111"), ("200", "x", "PGRST111")]
)
def test_wrong_status_or_headers(api: Api, status: str, headers: str, code: str) -> None:
    response = api.post("/rpc/answer", {"status": status, "headers": headers})
    assert (response.status_code, response.json()["code"]) == (500, code)


def test_max_affected(api: Api) -> None:
    prefer = "handling=strict, max-affected=1"
    assert api.post("/rpc/find_clients", {}, Prefer=prefer).json()["code"] == "PGRST124"
    assert api.post("/rpc/add", {"a": 1}, Prefer=prefer).json()["code"] == "PGRST128"
