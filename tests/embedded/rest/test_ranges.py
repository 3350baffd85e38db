"""Limits, the Range header, counts and what the answer says about them."""

from __future__ import annotations

import pytest

from tests.embedded.rest.conftest import Api


@pytest.mark.parametrize(
    ("query", "span", "status", "content_range"),
    [
        ("", "", 200, "0-2/*"),
        ("limit=2", "", 200, "0-1/*"),
        ("limit=1&offset=1", "", 200, "1-1/*"),
        ("offset=9", "", 200, "*/*"),
        ("limit=0", "", 200, "*/*"),
        ("limit=many", "", 200, "0-2/*"),
        ("offset=-3", "", 200, "0-2/*"),
        ("limit=99999999999999999999999", "", 200, "0-2/*"),
        ("", "0-1", 200, "0-1/*"),
        ("", "1-", 200, "1-2/*"),
        ("limit=1", "0-1", 200, "0-0/*"),
        ("", "rows", 200, "0-2/*"),
    ],
)
def test_windows(api: Api, query: str, span: str, status: int, content_range: str) -> None:
    response = api.get(f"/clients?select=id&order=id&{query}", Range=span, Range_Unit="items")
    assert (response.status_code, response.headers["content-range"]) == (status, content_range)


@pytest.mark.parametrize("count", ["exact", "planned", "estimated"])
def test_counts(api: Api, count: str) -> None:
    response = api.get("/clients?limit=2", Prefer=f"count={count}")
    assert (response.status_code, response.headers["content-range"]) == (206, "0-1/3")
    assert response.headers["preference-applied"] == f"count={count}"


def test_a_count_follows_inner_joins_and_null_checks(api: Api) -> None:
    path = "/projects?select=id,clients!projects_client_id_fkey!inner(name)&clients.name=eq.Ann&limit=1"
    assert api.get(path, Prefer="count=exact").headers["content-range"] == "0-0/2"
    path = "/clients?select=id,addresses()&addresses=is.null&limit=1"
    assert api.get(path, Prefer="count=exact").headers["content-range"] == "0-0/2"


def test_past_the_end(api: Api) -> None:
    response = api.get("/clients?offset=4", Prefer="count=exact")
    assert (response.status_code, response.headers["content-range"]) == (416, "*/3")
    assert response.json()["details"] == "An offset of 4 was requested, but there are only 3 rows."


@pytest.mark.parametrize(
    ("query", "span", "details"),
    [
        ("limit=-1", "", "Limit should be greater than or equal to zero."),
        (
            "",
            "5-2",
            "The lower boundary must be lower than or equal to the upper boundary in the Range header.",
        ),
    ],
)
def test_impossible_windows(api: Api, query: str, span: str, details: str) -> None:
    response = api.get(f"/clients?{query}", Range=span)
    assert (response.status_code, response.json()["code"]) == (416, "PGRST103")
    assert response.json()["details"] == details
