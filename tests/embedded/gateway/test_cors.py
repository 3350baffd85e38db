"""Scripts of every origin may call, and may read refusals too."""

from __future__ import annotations

import httpx
import pytest

from tests.embedded.stacks import StackInfo

ORIGIN = {"origin": "http://localhost:5173"}


def test_a_preflight_request_is_answered_without_key(stack_info: StackInfo) -> None:
    asked = {"access-control-request-method": "PATCH", "access-control-request-headers": "apikey,authorization,prefer"}
    answer = httpx.options(f"{stack_info.api_url}/rest/v1/notes", headers={**ORIGIN, **asked})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "PATCH" in answer.headers["access-control-allow-methods"].split(",")
    assert answer.headers["access-control-allow-headers"] == "apikey,authorization,prefer"


@pytest.mark.parametrize("path", ["/rest/v1/notes", "/storage/v1/bucket", "/nowhere"])
def test_refusals_are_readable_and_expose_the_count(stack_info: StackInfo, path: str) -> None:
    answer = httpx.get(f"{stack_info.api_url}{path}", headers=ORIGIN)
    assert answer.is_error
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Content-Range" in answer.headers["access-control-expose-headers"]
