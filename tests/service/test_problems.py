"""Every error has one shape and the request's id; none says what went wrong inside."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service import errors
from service.problems import status_of

FIELDS = {"type", "title", "status", "detail", "code", "request_id"}
OURS = {"Origin": "http://localhost"}


def assert_problem(answer: TestResponse, status: int, code: str) -> None:
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    document = answer.get_json()
    assert set(document) == FIELDS
    assert (document["status"], document["code"]) == (status, code)
    assert document["request_id"] == answer.headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.MalformedBody(), 400),
        (errors.NoSession(), 401),
        (errors.WrongCredentials(), 401),
        (errors.NotAllowed(), 403),
        (errors.NotFound(), 404),
        (errors.InvalidInput(), 422),
        (errors.TooManyAttempts(), 429),
        (errors.DatabaseUnavailable(), 503),
        (errors.AuthUnavailable(), 503),
        (errors.DatabaseRefusal(409, "opted_out", "They asked us to stop."), 409),
        (errors.DomainError(), 422),
    ],
)
def test_each_domain_error_has_its_status(error: errors.DomainError, status: int) -> None:
    assert status_of(error) == status


def test_an_unknown_route_is_a_problem_in_every_method(lonely: FlaskClient) -> None:
    for method in ("get", "post", "put", "delete"):
        assert_problem(getattr(lonely, method)("/api/v1/nothing"), 404, "not_found")


def test_a_wrong_method_says_which_are_right(lonely: FlaskClient) -> None:
    answer = lonely.delete("/inbox")
    assert_problem(answer, 405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"[" * 200_000, b"\xff\xfe", b'"\\ud800"'])
def test_a_body_that_is_no_object_is_malformed(lonely: FlaskClient, body: bytes) -> None:
    answer = lonely.post("/api/v1/auth/sign-in", data=body, content_type="application/json", headers=OURS)
    assert_problem(answer, 400, "malformed_body")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": "no-address", "password": "x"},
        {"email": "a@b.test", "password": 1},
        {"email": "a@b.test", "password": ""},
        {"email": "a@b.test", "password": "x\x00"},
        {"email": "a@b.test", "password": "\ud800"},
        {"email": "a@b.test", "password": "x", "role": "owner"},
    ],
)
def test_wrong_fields_are_named_and_not_quoted(lonely: FlaskClient, body: dict[str, object]) -> None:
    answer = lonely.post("/api/v1/auth/sign-in", json=body, headers=OURS)
    assert_problem(answer, 422, "invalid_input")
    assert "no-address" not in answer.text


def test_a_body_that_is_too_large_is_refused(lonely: FlaskClient) -> None:
    answer = lonely.post("/api/v1/auth/sign-in", json={"email": "a" * 300_000}, headers=OURS)
    assert_problem(answer, 413, "too_large")


def test_an_accident_says_nothing_about_itself(lonely_app: Flask) -> None:
    def accident() -> str:
        raise RuntimeError("the password is hunter2")

    lonely_app.add_url_rule("/accident", view_func=accident)
    answer = lonely_app.test_client().get("/accident")
    assert_problem(answer, 500, "internal")
    assert "hunter2" not in answer.text


def test_without_a_token_there_is_no_session(lonely: FlaskClient) -> None:
    for value in (None, "Basic x", "Bearer", "Bearer \xff"):
        answer = lonely.get("/api/v1/twilio-settings", headers={"Authorization": value} if value else {})
        assert_problem(answer, 401, "no_session")


def test_health_needs_nothing_and_ready_needs_the_database(lonely: FlaskClient) -> None:
    assert lonely.get("/api/v1/health").get_json()["status"] == "ok"
    began = time.monotonic()
    answer = lonely.get("/api/v1/ready")
    assert time.monotonic() - began < 2
    assert_problem(answer, 503, "database_unavailable")
    assert answer.headers["Retry-After"]


def test_without_auth_nobody_is_signed_in_or_out_but_the_cookie_goes(lonely: FlaskClient) -> None:
    sign_in = lonely.post("/api/v1/auth/sign-in", json={"email": "a@b.test", "password": "x"}, headers=OURS)
    assert_problem(sign_in, 503, "auth_unavailable")
    lonely.set_cookie("fieldlite_refresh", "kept", path="/api/v1/auth")
    refresh = lonely.post("/api/v1/auth/refresh", json={}, headers=OURS)
    assert_problem(refresh, 503, "auth_unavailable")
    assert "Set-Cookie" not in refresh.headers  # the session may well live on
    sign_out = lonely.post("/api/v1/auth/sign-out", json={"scope": "local"}, headers=OURS)
    assert_problem(sign_out, 503, "auth_unavailable")
    assert sign_out.headers["Set-Cookie"].startswith("fieldlite_refresh=;")
