"""What the gateway lets in and in which words it refuses, as hosted Supabase's does."""

from __future__ import annotations

import httpx
import jwt
import pytest

from tests.embedded.stacks import StackInfo

NO_KEY = {
    "message": "No API key found in request",
    "hint": "No `apikey` request header or url param was found.",
}
INVALID_KEY = {
    "message": "Invalid API key",
    "hint": "Double check your Supabase `anon` or `service_role` API key.",
}
GUARDED = ("/rest/v1/notes", "/auth/v1/settings", "/realtime/v1/api/broadcast")


@pytest.mark.parametrize("path", GUARDED)
def test_a_request_without_key_is_refused(stack_info: StackInfo, path: str) -> None:
    answer = httpx.get(f"{stack_info.api_url}{path}")
    assert (answer.status_code, answer.json()) == (401, NO_KEY)


@pytest.mark.parametrize("path", GUARDED)
def test_a_request_with_a_wrong_key_is_refused(stack_info: StackInfo, path: str) -> None:
    own_token = jwt.encode({"role": "service_role"}, stack_info.keys.jwt_secret)
    for key in ("nonsense", "sb_secret_nonsense", own_token):
        answer = httpx.get(f"{stack_info.api_url}{path}", headers={"apikey": key})
        assert (answer.status_code, answer.json()) == (401, INVALID_KEY)


def test_a_token_does_not_replace_the_key(stack_info: StackInfo) -> None:
    headers = {"authorization": f"Bearer {stack_info.keys.service_role}"}
    assert httpx.get(f"{stack_info.api_url}/rest/v1/notes", headers=headers).status_code == 401


def test_the_secret_key_is_refused_from_a_browser(stack_info: StackInfo) -> None:
    headers = {"apikey": stack_info.keys.secret, "user-agent": "Mozilla/5.0 (X11; Linux x86_64)"}
    answer = httpx.get(f"{stack_info.api_url}/rest/v1/notes", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["message"] == "Forbidden use of secret API key in browser"


def test_links_in_mails_and_public_documents_need_no_key(stack_info: StackInfo) -> None:
    for path in ("/auth/v1/health", "/auth/v1/.well-known/jwks.json"):
        assert httpx.get(f"{stack_info.api_url}{path}").status_code == 200
