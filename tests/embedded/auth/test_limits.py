"""Rate limits: token buckets by address, and whose address counts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import httpx
import psycopg
import pytest
from supabase_local.auth.errors import AuthError
from supabase_local.auth.limits import Limits, TokenBuckets
from supabase_local.auth.settings import RateLimits

from tests.embedded.auth.support import PASSWORD, Api, error_of, new_email, room_with

TOKEN = "/token?grant_type=refresh_token"


class Clock:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_empties_and_fills_again() -> None:
    clock = Clock()
    buckets = TokenBuckets(rate=0.5, burst=3, clock=clock)
    assert [buckets.take("a") for _ in range(4)] == [True, True, True, False]
    assert buckets.take("b")
    clock.now += 2
    assert [buckets.take("a"), buckets.take("a")] == [True, False]
    clock.now += 1000
    assert [buckets.take("a") for _ in range(4)] == [True, True, True, False]


def test_buckets_of_long_gone_addresses_are_forgotten() -> None:
    buckets = TokenBuckets(rate=0, burst=1, clock=Clock())
    for number in range(10_002):
        buckets.take(str(number))
    assert [buckets.take("0"), buckets.take("10001")] == [True, False]


def test_e_mails_of_the_project_are_counted_together() -> None:
    clock = Clock()
    limits = Limits(RateLimits(email_sent=2, sign_in_sign_ups=30, token_refresh=150, token_verifications=30), clock)
    limits.check_email()
    limits.check_email()
    with pytest.raises(AuthError) as refusal:
        limits.check_email()
    assert (refusal.value.status, refusal.value.code) == (429, "over_email_send_rate_limit")
    clock.now += 1800
    limits.check_email()


def test_mails_stop_when_a_project_with_smtp_has_sent_enough(api: Api, tmp_path: Path) -> None:
    settings = {
        "email": {"enable_confirmations": True, "smtp": {"enabled": True}},
        "rate_limit": {"email_sent": 1},
    }
    with room_with(api.info, tmp_path, settings) as room:
        bodies = [{"email": new_email(), "password": PASSWORD} for _ in range(2)]
        first, second = (room.post("/signup", json=body) for body in bodies)
    assert first.status_code == 200
    assert error_of(second) == (429, "over_email_send_rate_limit")
    # Nothing is left of the person who got no mail.
    assert error_of(api.post("/token?grant_type=password", bodies[1])) == (400, "invalid_credentials")


def statuses(room: httpx.Client, count: int, **headers: str) -> Counter[int]:
    """Try an unknown refresh token many times."""
    body = {"refresh_token": "abcdefghijkl"}
    return Counter(room.post(TOKEN, json=body, headers=headers).status_code for _ in range(count))


def test_an_address_is_limited_whatever_it_claims_to_be(api: Api, tmp_path: Path) -> None:
    with room_with(api.info, tmp_path, {"rate_limit": {"token_refresh": 0}}) as room:
        assert statuses(room, 31) == {400: 30, 429: 1}
        public = {"apikey": api.info.keys.publishable, "authorization": f"Bearer {api.info.keys.anon}"}
        for headers in ({}, public, {"apikey": api.info.keys.secret + "x"}):
            claimed = {"Sb-Forwarded-For": "203.0.113.9", "X-Forwarded-For": "203.0.113.9"}
            assert statuses(room, 2, **claimed, **headers) == {429: 2}
        refused = room.post(TOKEN, json={"refresh_token": "x"})
        assert error_of(refused) == (429, "over_request_rate_limit")
        assert refused.json()["msg"] == "Request rate limit reached"


def test_a_server_with_the_secret_key_speaks_for_its_visitors(api: Api, tmp_path: Path) -> None:
    keys = api.info.keys
    with room_with(api.info, tmp_path, {"rate_limit": {"token_refresh": 0}}) as room:
        for number, key in enumerate((keys.secret, keys.service_role)):
            visitor = {"apikey": key, "Sb-Forwarded-For": f"203.0.113.{number}, 10.0.0.1"}
            assert statuses(room, 31, **visitor) == {400: 30, 429: 1}
        bearer = {"authorization": f"Bearer {keys.service_role}", "Sb-Forwarded-For": "2001:db8::1"}
        assert statuses(room, 31, **bearer) == {400: 30, 429: 1}
        invalid = {"apikey": keys.secret, "Sb-Forwarded-For": "somewhere"}
        assert statuses(room, 31, **invalid) == {400: 30, 429: 1}


@pytest.mark.parametrize(
    ("method", "path", "limit"),
    [
        ("POST", "/signup", "sign_in_sign_ups"),
        ("POST", "/recover", "sign_in_sign_ups"),
        ("POST", "/otp", "sign_in_sign_ups"),
        ("POST", "/magiclink", "sign_in_sign_ups"),
        ("POST", "/resend", "sign_in_sign_ups"),
        ("POST", "/verify", "token_verifications"),
        ("GET", "/verify", "token_verifications"),
        ("POST", "/token?grant_type=password", "token_refresh"),
    ],
)
def test_every_door_has_its_limit(api: Api, tmp_path: Path, method: str, path: str, limit: str) -> None:
    body = {"phone": "1"}  # gets past every check before the limit, and fails soon after it
    with room_with(api.info, tmp_path, {"rate_limit": {limit: 0}}) as room:
        answers = [room.request(method, path, json=body) for _ in range(31)]
    assert error_of(answers[-1]) == (429, "over_request_rate_limit")
    assert 429 not in {answer.status_code for answer in answers[:-1]}


def test_sessions_record_where_people_come_from(api: Api) -> None:
    user = api.user()
    headers = {"apikey": api.info.keys.secret, "Sb-Forwarded-For": "203.0.113.7", "User-Agent": "phone"}
    api.post("/token?grant_type=password", {"email": user["email"], "password": PASSWORD}, headers=headers)
    with psycopg.connect(api.info.admin_url) as connection:
        row = connection.execute(
            "select host(ip), user_agent from auth.sessions where user_id = %s", (user["id"],)
        ).fetchone()
    assert row == ("203.0.113.7", "phone")


def test_the_gateway_believes_no_forwarded_for(api: Api) -> None:
    user = api.user()
    headers = {"X-Forwarded-For": "203.0.113.8", "Sb-Forwarded-For": "203.0.113.8"}
    api.post("/token?grant_type=password", {"email": user["email"], "password": PASSWORD}, headers=headers)
    with psycopg.connect(api.info.admin_url) as connection:
        row = connection.execute("select host(ip) from auth.sessions where user_id = %s", (user["id"],)).fetchone()
    assert row == ("127.0.0.1",)
