"""Routes that a cookie opens, called from somewhere else."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from service.errors import NotAllowed
from service.sessions.csrf import check_origin

ROUTES = ["sign-up", "confirm", "resend", "magic-link", "recover", "sign-in", "refresh", "sign-out"]
OUR_PAGE = "http://localhost"  # the test client's own host


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    "origin", [None, "", "null", "https://evil.test", "http://localhost:81", "http://localhost.evil.test"]
)
def test_another_page_is_refused(lonely: FlaskClient, route: str, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    answer = lonely.post(f"/api/v1/auth/{route}", json={"scope": "local"}, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (403, "foreign_origin")  # type: ignore[index]


@pytest.mark.parametrize("route", ROUTES)
def test_a_form_is_refused_even_from_our_page(lonely: FlaskClient, route: str) -> None:
    answer = lonely.post(f"/api/v1/auth/{route}", data={"scope": "local"}, headers={"Origin": OUR_PAGE})
    assert answer.status_code == 415


def test_our_own_page_is_heard(lonely: FlaskClient) -> None:
    answer = lonely.post("/api/v1/auth/refresh", json={}, headers={"Origin": OUR_PAGE})
    assert (answer.status_code, answer.json["code"]) == (401, "no_session")  # type: ignore[index]


def test_a_proxy_may_call_us_by_another_name() -> None:
    check_origin("https://crm.ridgeline.test", "10.0.0.5:8000", "https://crm.ridgeline.test")
    with pytest.raises(NotAllowed):
        check_origin("https://crm.summit.test", "10.0.0.5:8000", "https://crm.ridgeline.test")
