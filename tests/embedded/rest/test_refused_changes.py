"""Bodies that cannot be stored and rows that the database refuses."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.embedded.rest.conftest import Api

SHOW = "return=representation"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "Empty or invalid json"),
        (b"{", "Empty or invalid json"),
        (b'{"name": NaN}', "Empty or invalid json"),
        (b"\xff\xfe", "Empty or invalid json"),
        (b"[" * 100_000, "Empty or invalid json"),
        (b'[{"name": "a"}, {"born": null}]', "All object keys must match"),
        (b"[1]", "All object keys must match"),
    ],
)
def test_unusable_bodies(api: Api, body: bytes, message: str) -> None:
    response = api.post("/clients", body)
    assert (response.status_code, response.json()["code"], response.json()["message"]) == (400, "PGRST102", message)


def test_unusable_media_type(api: Api) -> None:
    response = api.post("/clients", b"x", Content_Type="image/png")
    assert response.json()["message"] == "Content-Type not acceptable: image/png"


@pytest.mark.parametrize("path", ["/clients", "/clients?columns=name,nope"])
def test_unknown_columns(api: Api, path: str) -> None:
    response = api.post(path, {"name": "D", "nope": 1})
    assert response.status_code == 400
    assert response.json() == {
        "code": "PGRST204",
        "message": "Could not find the 'nope' column of 'clients' in the schema cache",
        "details": None,
        "hint": None,
    }


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/clients", {"id": 1, "name": "x"}, 409, "23505"),
        ("/projects", {"name": "x", "client_id": 99}, 409, "23503"),
        ("/clients", {"name": None}, 400, "23502"),
        ("/clients", {"name": "x", "mood": "sad"}, 400, "22P02"),
        ("/clients", {"name": "x\0"}, 400, "22P05"),
        ("/clients", {"name\0": "x"}, 400, "22021"),
        ("/clients", {"name": "x", "born": "soon"}, 400, "22007"),
        ("/projects", {"name": "x", "budget": 1e20}, 400, "22003"),
        ("/everybody", {"name": "x"}, 500, "55000"),
    ],
)
def test_refused_rows(api: Api, path: str, body: Any, status: int, code: str) -> None:
    response = api.post(path, body)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_an_error_at_commit_is_an_error(api: Api, database: psycopg.Connection[Any]) -> None:
    database.execute("alter table tasks alter constraint tasks_project_id_fkey deferrable initially deferred")
    try:
        response = api.post("/tasks?select=id", {"project_id": 99, "name": "x"}, Prefer=SHOW)
        assert (response.status_code, response.json()["code"]) == (409, "23503")
    finally:
        database.execute("alter table tasks alter constraint tasks_project_id_fkey not deferrable")


@pytest.mark.parametrize(
    ("method", "path", "feature"),
    [
        ("PUT", "/clients?id=eq.1", "PUT"),
        ("PATCH", "/clients?id=eq.1&limit=1", "limit and offset on update and delete"),
        ("DELETE", "/clients?id=eq.1&offset=1", "limit and offset on update and delete"),
    ],
)
def test_unsupported_changes_are_named(api: Api, method: str, path: str, feature: str) -> None:
    response = api.request(method, path, {"name": "x"})
    assert response.status_code == 501
    assert feature in response.json()["details"]
    assert [row["name"] for row in api.rows("/clients?order=id")] == ["Ann", "Bob", "Cyd"]
