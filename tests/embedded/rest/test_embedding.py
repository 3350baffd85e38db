"""Embedding: related rows in the same answer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.embedded.rest.conftest import Api

CLIENT = "clients!projects_client_id_fkey"
NESTED = (
    "/clients?id=eq.1&select=name,projects!client_id(id,tasks(name,labels(word)))&projects.id=eq.1"
    "&projects.tasks.order=id&projects.tasks.labels.order=word&projects.tasks.labels.limit=1"
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # Many to one, by table with a hint (constraint or column), by constraint, by column.
        (f"/projects?id=eq.1&select=c:{CLIENT}(name)", [{"c": {"name": "Ann"}}]),
        ("/projects?id=eq.1&select=c:clients!client_id(name)", [{"c": {"name": "Ann"}}]),
        ("/projects?id=eq.1&select=c:clients!reviewer_id(name)", [{"c": {"name": "Bob"}}]),
        ("/projects?id=eq.1&select=projects_reviewer(name)", [{"projects_reviewer": {"name": "Bob"}}]),
        ("/projects?id=eq.1&select=client_id(name)", [{"client_id": {"name": "Ann"}}]),
        (f"/projects?id=eq.4&select=id,c:{CLIENT}(name)", [{"id": 4, "c": None}]),
        # One to many.
        (
            "/clients?id=eq.1&select=projects!client_id(name)&projects.order=name.desc",
            [{"projects": [{"name": "Wall"}, {"name": "Roof"}]}],
        ),
        ("/clients?id=eq.3&select=projects!client_id(name)", [{"projects": []}]),
        # One to one, both ways.
        ("/clients?select=addresses(street)&id=eq.1", [{"addresses": {"street": "High Street"}}]),
        ("/addresses?select=clients(name)", [{"clients": {"name": "Ann"}}]),
        # Many to many.
        ("/labels?id=eq.2&select=tasks(name)", [{"tasks": [{"name": "measure"}]}]),
        (
            "/tasks?id=eq.1&select=labels(word)&labels.order=word",
            [{"labels": [{"word": "blue"}, {"word": "red"}]}],
        ),
        ("/tasks?id=eq.2&select=labels!task_labels(word)", [{"labels": [{"word": "red"}]}]),
        # To the own table.
        ("/tasks?id=eq.2&select=parent_id(name)", [{"parent_id": {"name": "measure"}}]),
        ("/tasks?id=eq.1&select=parts:tasks(name)", [{"parts": [{"name": "cut"}]}]),
        # Nested.
        (
            NESTED,
            [
                {
                    "name": "Ann",
                    "projects": [
                        {
                            "id": 1,
                            "tasks": [
                                {"name": "measure", "labels": [{"word": "blue"}]},
                                {"name": "cut", "labels": [{"word": "red"}]},
                            ],
                        }
                    ],
                }
            ],
        ),
        # Composite keys.
        ("/bookings?select=guest,rooms(name)", [{"guest": "Eve", "rooms": {"name": "Hall"}}]),
        ("/rooms?select=name,bookings!bookings_room(guest)", [{"name": "Hall", "bookings": [{"guest": "Eve"}]}]),
        # Spread into the parent.
        ("/addresses?select=street,...clients(who:name)", [{"street": "High Street", "who": "Ann"}]),
        # A function that takes a row.
        ("/clients?id=eq.1&select=latest_project(name)", [{"latest_project": [{"name": "Wall"}]}]),
    ],
)
def test_embeds(api: Api, path: str, expected: list[Any]) -> None:
    assert api.rows(path) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"select=id,{CLIENT}!inner(name)&clients.name=eq.Ann", [1, 2]),
        (f"select=id,{CLIENT}(name)&clients.name=eq.Ann", [1, 2, 3, 4]),
        (f"select=id,{CLIENT}!left(name)&clients=not.is.null", [1, 2, 3]),
        (f"select=id,{CLIENT}(name)&clients=is.null", [4]),
        ("select=id,tasks!inner()", [1, 3]),
        ("select=id,tasks!inner(name)&tasks.done=is.true", [1]),
        ("select=id,tasks()&tasks=is.null", [2, 4]),
        ("select=id,tasks!inner(labels!inner())&tasks.labels.word=eq.blue", [1]),
        (f"select=id,{CLIENT}(),tasks()&or=(clients.is.null,tasks.not.is.null)", [1, 3, 4]),
        ("select=id,tasks!inner()&tasks.or=(name.eq.paint,done.is.true)", [1, 3]),
    ],
)
def test_filtering_the_parent(api: Api, query: str, expected: list[int]) -> None:
    assert [row["id"] for row in api.rows(f"/projects?order=id&{query}")] == expected


def test_an_empty_embed_is_not_shown(api: Api) -> None:
    assert api.rows("/projects?id=eq.1&select=id,tasks!inner()") == [{"id": 1}]


def test_limits_are_each_parents_own(api: Api) -> None:
    rows = api.rows("/clients?select=id,projects!client_id(id)&projects.limit=1&projects.order=id&order=id")
    assert [row["projects"] for row in rows] == [[{"id": 1}], [{"id": 3}], []]
    rows = api.rows("/clients?select=id,projects!client_id(id)&projects.offset=1&projects.order=id&id=eq.1")
    assert rows[0]["projects"] == [{"id": 2}]


def test_order_by_a_related_column(api: Api) -> None:
    rows = api.rows(f"/projects?select=id,c:{CLIENT}(name)&order=c(name).desc.nullslast,id")
    assert [row["id"] for row in rows] == [3, 1, 2, 4]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "/busy_clients?select=title,work,projects!client_id(name)&client=eq.2",
            [{"title": "Bob", "work": 1, "projects": [{"name": "Door"}]}],
        ),
        (
            "/busy_titles?select=loud,projects!client_id(name)&number=eq.2",
            [{"loud": "BOB", "projects": [{"name": "Door"}]}],
        ),
        ("/open_tasks?select=name,projects(name)&id=eq.2", [{"name": "cut", "projects": {"name": "Roof"}}]),
        ("/projects?select=name,open_tasks(name)&id=eq.1", [{"name": "Roof", "open_tasks": [{"name": "cut"}]}]),
        (
            "/projects?select=busy_clients!projects_client_id_fkey(title)&id=eq.1",
            [{"busy_clients": {"title": "Ann"}}],
        ),
        ("/open_tasks?select=id,labels(word)&id=eq.2", [{"id": 2, "labels": [{"word": "red"}]}]),
    ],
)
def test_views_have_the_keys_of_their_tables(api: Api, path: str, expected: list[Any]) -> None:
    assert api.rows(path) == expected


def test_a_union_has_no_keys(api: Api) -> None:
    response = api.get("/everybody?select=id,projects(name)")
    assert (response.status_code, response.json()["code"]) == (400, "PGRST200")


def test_no_relationship(api: Api) -> None:
    response = api.get("/clients?select=id,labels!nohint(word)")
    assert response.status_code == 400
    assert response.json() == {
        "code": "PGRST200",
        "message": "Could not find a relationship between 'clients' and 'labels' in the schema cache",
        "details": "Searched for a foreign key relationship between 'clients' and 'labels' using the hint 'nohint' "
        "in the schema 'public', but no matches were found.",
        "hint": None,
    }
    response = api.get("/clients?select=id,adresses(street)")
    assert response.json()["hint"] == "Perhaps you meant 'addresses' instead of 'adresses'."


def test_ambiguous_relationship(api: Api) -> None:
    response = api.get("/projects?select=id,clients(name)")
    assert response.status_code == 300
    body = response.json()
    assert body["code"] == "PGRST201"
    assert body["message"] == (
        "Could not embed because more than one relationship was found for 'projects' and 'clients'"
    )
    assert {
        "cardinality": "many-to-one",
        "embedding": "projects with clients",
        "relationship": "projects_client_id_fkey using projects(client_id) and clients(id)",
    } in body["details"]
    assert "'clients!projects_reviewer'" in body["hint"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("select=id&tasks.name=eq.x", "PGRST108"),
        ("select=id&tasks.order=id", "PGRST108"),
        ("select=id&tasks.limit=1", "PGRST108"),
        ("select=id&order=tasks(id)", "PGRST108"),
        ("select=id,tasks(id)&order=tasks(id)", "PGRST118"),
        ("select=id,tasks(id)&tasks=eq.3", "PGRST120"),
    ],
)
def test_wrong_use_of_embeds(api: Api, query: str, code: str) -> None:
    response = api.get(f"/projects?{query}")
    assert (response.status_code, response.json()["code"]) == (400, code)


def test_spreading_many_rows_is_not_supported(api: Api) -> None:
    response = api.get("/projects?select=id,...tasks(name)")
    assert response.status_code == 501
    assert "spreading a to-many relationship" in response.json()["details"]
