"""Requests that make no sense: the right refusal, never a failure of the server."""

from __future__ import annotations

import pytest

from tests.embedded.rest.conftest import Api


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("select=id,", 4),
        ("select=id,clients(name[])", 16),
        ("select=id::", 5),
        ("select=projects(id", 12),
        ("select=a:", 3),
        ("id=noop.1", 1),
        ("id=eq", 3),
        ("id=is.maybe", 4),
        ("id=in.1", 4),
        ("id=in.(1", 6),
        ("or=()", 2),
        ("or=(id.eq.1", 9),
        ("order=id.down", 3),
        ("order=id.asc.first", 7),
        ("columns=a,,b", 3),
        ("extra->=eq.1", 8),
    ],
)
def test_grammar(api: Api, query: str, position: int) -> None:
    response = api.get(f"/clients?{query}")
    assert response.status_code == 400
    body = response.json()
    assert body["code"] == "PGRST100"
    assert body["message"].startswith('"failed to parse ')
    assert body["message"].endswith(f"(line 1, column {position})"), body["message"]
    assert "expecting" in body["details"]


@pytest.mark.parametrize("path", ["/clients/1", "/rpc/add/x", "/rpc/", "/clients/"])
def test_paths(api: Api, path: str) -> None:
    response = api.get(path)
    assert (response.status_code, response.json()["code"]) == (404, "PGRST125")


def test_unknown_table(api: Api) -> None:
    response = api.get("/client")
    assert response.status_code == 404
    assert response.json() == {
        "code": "PGRST205",
        "message": "Could not find the table 'public.client' in the schema cache",
        "details": None,
        "hint": "Perhaps you meant the table 'public.clients'",
    }


def test_unknown_column(api: Api) -> None:
    response = api.get("/clients?select=nope")
    assert (response.status_code, response.json()["code"]) == (400, "42703")
    assert response.json()["message"] == "column clients.nope does not exist"


def test_schemas(api: Api) -> None:
    response = api.get("/clients", Accept_Profile="auth")
    assert response.status_code == 406
    assert response.json() == {
        "code": "PGRST106",
        "message": "Invalid schema: auth",
        "details": None,
        "hint": "Only the following schemas are exposed: public, graphql_public",
    }
    assert api.post("/clients", {}, Content_Profile="auth").json()["code"] == "PGRST106"
    assert api.get("/clients", Accept_Profile="public").headers["content-profile"] == "public"
    assert api.get("/clients", Accept_Profile="graphql_public").json()["code"] == "PGRST205"


def test_media_types(api: Api) -> None:
    response = api.get("/clients", Accept="image/png, text/html;q=0.5")
    assert response.status_code == 406
    assert response.json()["message"] == "None of these media types are available: image/png, text/html"
    assert api.get("/clients", Accept="text/html, application/json;q=0.9").status_code == 200
    assert api.get("/clients", Accept="application/vnd.pgrst.plan+json").status_code == 406


def test_preferences(api: Api) -> None:
    response = api.get("/clients", Prefer="handling=strict, return=nothing, odd")
    assert response.status_code == 400
    assert response.json() == {
        "code": "PGRST122",
        "message": "Invalid preferences given with handling=strict",
        "details": "Invalid preferences: return=nothing, odd",
        "hint": None,
    }
    assert api.get("/clients", Prefer="return=nothing, odd").status_code == 200


def test_methods(api: Api) -> None:
    response = api.request("TRACE", "/clients")
    assert (response.status_code, response.json()["code"]) == (405, "PGRST117")


def test_aggregates_are_off(api: Api) -> None:
    for select in ("count()", "budget.sum()", "total:budget.avg()::int", "projects(id.count())"):
        response = api.get(f"/projects?select={select}")
        assert (response.status_code, response.json()["code"]) == (400, "PGRST123")


@pytest.mark.parametrize(
    "path",
    [
        "/clients?name=eq.%00",
        "/clients?select=%00",
        "/cli%00ents",
        "/rpc/add?a=%00",
        '/clients?"na%00me"=eq.1',
    ],
)
def test_zero_bytes(api: Api, path: str) -> None:
    response = api.get(path)
    assert (response.status_code, response.json()["code"]) == (400, "22021")


def test_broken_utf8(api: Api) -> None:
    assert api.get("/clients?name=eq.%ff").status_code == 400


def test_depth_is_bounded(api: Api) -> None:
    deep = "/tasks?select=" + "tasks(" * 5000 + ")" * 5000
    assert api.get(deep).json()["code"] == "PGRST100"
    deep = "/tasks?or=" + "(and" * 5000 + ")" * 5000
    assert api.get(deep).json()["code"] == "PGRST100"


def test_description_is_for_the_service_role(api: Api) -> None:
    document = api.get("/").json()
    assert document["swagger"] == "2.0"
    assert set(document["paths"]["/everybody"]) == {"get"}
    assert "post" in document["paths"]["/clients"]
    assert "/rpc/add" in document["paths"]
    response = api.as_anonymous().get("/")
    assert (response.status_code, response.json()["message"]) == (401, "Access to schema is forbidden")


def test_options(api: Api) -> None:
    assert api.request("OPTIONS", "/clients").headers["allow"] == "OPTIONS,GET,HEAD,POST,PATCH,DELETE"
    assert api.request("OPTIONS", "/everybody").headers["allow"] == "OPTIONS,GET,HEAD"
