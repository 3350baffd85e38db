"""POST, PATCH and DELETE on tables and views."""

from __future__ import annotations

import pytest

from tests.embedded.rest.conftest import Api

SHOW = "return=representation"


def names(api: Api) -> list[str]:
    return [row["name"] for row in api.rows("/clients?select=name&order=id")]


def test_insert_answers_nothing_by_default(api: Api) -> None:
    response = api.post("/clients", {"name": "Dee"})
    assert (response.status_code, response.content) == (201, b"")
    assert response.headers["content-range"] == "*/*"
    assert "location" not in response.headers
    assert names(api) == ["Ann", "Bob", "Cyd", "Dee"]


def test_insert_shows_the_row(api: Api) -> None:
    response = api.post("/clients?select=id,name,tags", {"name": "Dee", "tags": ["x", "y"]}, Prefer=SHOW)
    assert (response.status_code, response.json()) == (201, [{"id": 4, "name": "Dee", "tags": ["x", "y"]}])
    assert response.headers["preference-applied"] == SHOW


def test_insert_shows_related_rows(api: Api) -> None:
    path = "/projects?select=name,c:clients!client_id(name,addresses(street))"
    response = api.post(path, {"name": "Gate", "client_id": 1}, Prefer=SHOW)
    assert response.json() == [{"name": "Gate", "c": {"name": "Ann", "addresses": {"street": "High Street"}}}]


def test_insert_one_object(api: Api) -> None:
    response = api.post("/clients?select=id", {"name": "Dee"}, Prefer=SHOW, Accept="application/vnd.pgrst.object+json")
    assert (response.status_code, response.json()) == (201, {"id": 4})


def test_headers_only_says_where_the_row_is(api: Api) -> None:
    response = api.post("/clients", {"name": "Dee"}, Prefer="return=headers-only")
    assert (response.status_code, response.content) == (201, b"")
    assert response.headers["location"] == "/clients?id=eq.4"


def test_bulk_insert(api: Api) -> None:
    response = api.post("/clients?select=name", [{"name": "D"}, {"name": "E"}], Prefer=f"{SHOW}, count=exact")
    assert response.json() == [{"name": "D"}, {"name": "E"}]
    assert response.headers["content-range"] == "*/2"


def test_bulk_insert_of_nothing(api: Api) -> None:
    response = api.post("/clients", [], Prefer=SHOW)
    assert (response.status_code, response.json()) == (201, [])


def test_insert_of_defaults(api: Api) -> None:
    assert api.post("/tasks", {}).json()["code"] == "23502"
    assert api.post("/clients", [{}]).json()["code"] == "23502"
    response = api.post("/visits?select=id,note", {}, Prefer=SHOW)
    assert response.json() == [{"id": 1, "note": "none"}]
    assert len(api.post("/visits?select=note", [{}, {}], Prefer=SHOW).json()) == 2


def test_columns_choose_what_counts(api: Api) -> None:
    rows = [{"name": "D", "active": False, "other": 1}, {"name": "E"}]
    response = api.post('/clients?columns="name",active&select=name,active', rows, Prefer=SHOW)
    assert response.json() == [{"name": "D", "active": False}, {"name": "E", "active": None}]


def test_missing_values_take_the_default(api: Api) -> None:
    rows = [{"name": "D", "active": False, "tags": ["t"]}, {"name": "E"}]
    path = "/clients?columns=name,active,tags,mood,id&select=name,active,tags,mood"
    response = api.post(path, rows, Prefer=f"{SHOW}, missing=default")
    assert response.json() == [
        {"name": "D", "active": False, "tags": ["t"], "mood": "calm"},
        {"name": "E", "active": True, "tags": [], "mood": "calm"},
    ]
    assert "missing=default" in response.headers["preference-applied"]


def test_every_kind_of_value_arrives(api: Api) -> None:
    row = {"name": "D'\"\\ ✓", "tags": ["a,b", '"'], "extra": {"n": [1, None]}, "active": None, "mood": "busy"}
    response = api.post("/clients?select=name,tags,extra,active,mood", row, Prefer=SHOW)
    assert response.json() == [row]


def test_insert_through_a_view(api: Api) -> None:
    response = api.post("/open_tasks?select=name", {"project_id": 1, "name": "saw"}, Prefer=SHOW)
    assert (response.status_code, response.json()) == (201, [{"name": "saw"}])


def test_form_and_csv_bodies(api: Api) -> None:
    form = api.post("/clients?select=name", b"name=Dee", Content_Type="application/x-www-form-urlencoded", Prefer=SHOW)
    assert form.json() == [{"name": "Dee"}]
    csv = api.post(
        "/clients?select=name,born", b"name,born\nE,NULL\nF,2000-01-01", Content_Type="text/csv", Prefer=SHOW
    )
    assert csv.json() == [{"name": "E", "born": None}, {"name": "F", "born": "2000-01-01"}]


def test_upsert_merges(api: Api) -> None:
    prefer = f"{SHOW}, resolution=merge-duplicates"
    response = api.post("/clients?select=id,name,active", {"id": 1, "name": "Anna"}, Prefer=prefer)
    assert (response.status_code, response.json()) == (200, [{"id": 1, "name": "Anna", "active": True}])
    response = api.post("/labels", [{"id": 1, "word": "green"}, {"id": 3, "word": "pink"}], Prefer=prefer)
    assert response.status_code == 201
    assert response.headers["preference-applied"] == "resolution=merge-duplicates, return=representation"


def test_upsert_ignores(api: Api) -> None:
    prefer = f"{SHOW}, resolution=ignore-duplicates"
    response = api.post("/labels", [{"id": 1, "word": "green"}, {"id": 3, "word": "pink"}], Prefer=prefer)
    assert (response.status_code, response.json()) == (201, [{"id": 3, "word": "pink"}])


def test_upsert_on_another_key(api: Api) -> None:
    body = {"id": 1, "word": "red"}
    response = api.post("/labels?on_conflict=word", body, Prefer=f"{SHOW}, resolution=merge-duplicates")
    assert response.json() == [body]
    response = api.post("/labels?on_conflict=nope", body, Prefer="resolution=merge-duplicates")
    assert (response.status_code, response.json()["code"]) == (400, "42703")


def test_update_answers_nothing_by_default(api: Api) -> None:
    response = api.patch("/clients?id=eq.1", {"name": "Anna"})
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["content-range"] == "0-0/*"
    assert names(api) == ["Anna", "Bob", "Cyd"]


def test_update_shows_rows_and_related_rows(api: Api) -> None:
    response = api.patch(
        "/projects?id=lt.3&select=id,c:clients!client_id(name)&order=id.desc", {"budget": 1}, Prefer=SHOW
    )
    assert response.status_code == 200
    assert response.json() == [{"id": 2, "c": {"name": "Ann"}}, {"id": 1, "c": {"name": "Ann"}}]
    assert response.headers["content-range"] == "0-1/*"


def test_update_of_no_row(api: Api) -> None:
    response = api.patch("/clients?id=eq.9", {"name": "x"}, Prefer=f"{SHOW}, count=exact")
    assert (response.status_code, response.json(), response.headers["content-range"]) == (200, [], "*/0")


def test_update_with_an_empty_body_changes_nothing(api: Api) -> None:
    response = api.patch("/clients?id=eq.1", {}, Prefer=SHOW)
    assert (response.status_code, response.json()) == (200, [])


def test_update_and_delete_with_logic(api: Api) -> None:
    api.patch("/clients?or=(name.eq.Ann,name.eq.Bob)&active=is.true", {"name": "One"})
    assert names(api) == ["One", "Bob", "Cyd"]
    response = api.delete("/tasks?or=(id.eq.3,and(done.is.false,name.like.c*))&select=id&order=id", Prefer=SHOW)
    assert (response.status_code, response.json()) == (200, [{"id": 2}, {"id": 3}])


def test_delete(api: Api) -> None:
    response = api.delete("/tasks?id=eq.3", Prefer="count=exact")
    assert (response.status_code, response.content, response.headers["content-range"]) == (204, b"", "*/1")
    assert len(api.rows("/tasks")) == 2


@pytest.mark.parametrize(("method", "verb"), [("PATCH", "UPDATE"), ("DELETE", "DELETE")])
def test_the_whole_table_is_safe(api: Api, method: str, verb: str) -> None:
    response = api.request(method, "/clients", {"name": "x"})
    assert response.status_code == 400
    assert response.json() == {
        "code": "21000",
        "message": f"{verb} requires a WHERE clause",
        "details": None,
        "hint": None,
    }
    assert names(api) == ["Ann", "Bob", "Cyd"]


def test_a_change_of_more_rows_than_expected_is_undone(api: Api) -> None:
    accept = "application/vnd.pgrst.object+json"
    response = api.patch("/clients?id=gt.1", {"name": "x"}, Prefer=SHOW, Accept=accept)
    assert (response.status_code, response.json()["code"]) == (406, "PGRST116")
    response = api.delete("/tasks?id=gt.1", Prefer="handling=strict, max-affected=1")
    assert (response.status_code, response.json()["code"]) == (400, "PGRST124")
    assert response.json()["details"] == "The query affects 2 rows"
    assert (names(api), len(api.rows("/tasks"))) == (["Ann", "Bob", "Cyd"], 3)
    response = api.delete("/tasks?id=gt.2", Prefer="handling=strict, max-affected=1")
    assert response.headers["preference-applied"] == "handling=strict, max-affected=1"
