"""POST /token?grant_type=refresh_token: rotation, what reuse is forgiven, and when sessions end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.embedded.auth.support import Api, error_of, room_with
from tests.embedded.stacks import StackInfo


@pytest.fixture
def first(api: Api) -> str:
    """The first refresh token of a new session."""
    return str(api.sign_in(api.user()["email"])["refresh_token"])


def refreshed(api: Api, token: str) -> str:
    """Refresh and return the next token."""
    answer = api.refresh(token)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["refresh_token"])


def age(info: StackInfo, *, seconds: int, token: str) -> None:
    """Let the session of ``token`` and all its tokens have been used that long ago."""
    session = "(select session_id from auth.refresh_tokens where token = %(token)s)"
    ago = "make_interval(secs => %(seconds)s)"
    with psycopg.connect(info.admin_url) as connection:
        values = {"token": token, "seconds": seconds}
        connection.execute(
            f"update auth.refresh_tokens set updated_at = updated_at - {ago} where session_id = {session}", values
        )
        connection.execute(
            f"update auth.sessions set created_at = created_at - {ago}, refreshed_at = refreshed_at - {ago} "
            f"where id = {session}",
            values,
        )


def test_a_token_is_swapped_for_the_next_and_the_session_stays(api: Api) -> None:
    session = api.sign_in(api.user()["email"])
    answer = api.refresh(session["refresh_token"]).json()
    assert answer["refresh_token"] != session["refresh_token"]
    assert answer["user"]["id"] == session["user"]["id"]
    assert api.call("GET", "/user", token=answer["access_token"]).status_code == 200


def test_concurrent_refreshes_with_one_token_get_the_same_child(api: Api, first: str) -> None:
    with ThreadPoolExecutor(6) as threads:
        children = set(threads.map(lambda _: refreshed(api, first), range(6)))
    assert len(children) == 1
    with psycopg.connect(api.info.admin_url) as connection:
        active = connection.execute(
            "select token from auth.refresh_tokens where not revoked and session_id ="
            " (select session_id from auth.refresh_tokens where token = %s)",
            (first,),
        ).fetchall()
    assert {row[0] for row in active} == children


def test_any_token_used_again_within_the_interval_gets_the_active_one(api: Api, first: str) -> None:
    third = refreshed(api, refreshed(api, first))
    assert refreshed(api, first) == third


def test_a_client_that_lost_the_answer_may_ask_again_however_late(api: Api, first: str) -> None:
    second = refreshed(api, first)
    age(api.info, seconds=3600, token=first)
    assert refreshed(api, first) == second


def test_an_older_token_after_the_interval_ends_the_whole_chain(api: Api, first: str) -> None:
    third = refreshed(api, refreshed(api, first))
    age(api.info, seconds=11, token=first)
    assert error_of(api.refresh(first)) == (400, "refresh_token_already_used")
    assert error_of(api.refresh(third)) == (400, "refresh_token_already_used")


def test_a_longer_interval_of_the_project_is_kept(api: Api, first: str, tmp_path: Path) -> None:
    third = refreshed(api, refreshed(api, first))
    age(api.info, seconds=11, token=first)
    with room_with(api.info, tmp_path, {"refresh_token_reuse_interval": 60}) as room:
        answer = room.post("/token?grant_type=refresh_token", json={"refresh_token": first})
    assert answer.json()["refresh_token"] == third


def test_without_rotation_reuse_is_refused_but_the_chain_lives(api: Api, first: str, tmp_path: Path) -> None:
    third = refreshed(api, refreshed(api, first))
    age(api.info, seconds=11, token=first)
    with room_with(api.info, tmp_path, {"enable_refresh_token_rotation": False}) as room:
        answer = room.post("/token?grant_type=refresh_token", json={"refresh_token": first})
    assert error_of(answer) == (400, "refresh_token_already_used")
    assert refreshed(api, third)


@pytest.mark.parametrize(
    ("sessions", "message"),
    [
        ({"timebox": "1h"}, "Invalid Refresh Token: Session Expired"),
        ({"inactivity_timeout": "30m"}, "Invalid Refresh Token: Session Expired (Inactivity)"),
    ],
)
def test_sessions_end_when_the_project_says_so(
    api: Api, first: str, tmp_path: Path, sessions: dict[str, str], message: str
) -> None:
    second = refreshed(api, first)
    with room_with(api.info, tmp_path, {"sessions": sessions}) as room:
        body = {"refresh_token": second}
        third = room.post("/token?grant_type=refresh_token", json=body).json()["refresh_token"]
        age(api.info, seconds=3601, token=first)
        answer = room.post("/token?grant_type=refresh_token", json={"refresh_token": third})
    assert error_of(answer) == (400, "session_expired")
    assert answer.json()["msg"] == message


def test_unknown_and_missing_tokens_are_refused(api: Api) -> None:
    assert error_of(api.refresh("abcdefghijkl")) == (400, "refresh_token_not_found")
    answer = api.refresh("")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_a_refreshed_token_has_the_metadata_of_today(api: Api) -> None:
    user = api.user()
    session = api.sign_in(user["email"])
    admin = api.info.keys.service_role
    api.call("PUT", f"/admin/users/{user['id']}", {"app_metadata": {"plan": "pro"}}, token=admin)
    answer = api.refresh(session["refresh_token"]).json()
    assert answer["user"]["app_metadata"]["plan"] == "pro"
