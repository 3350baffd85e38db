"""What is not built says so by name; what does not exist says that."""

from __future__ import annotations

import httpx
import pytest

from tests.embedded.stacks import StackInfo


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/functions/v1/hello", "Edge Functions"),
        ("/graphql/v1", "GraphQL"),
        ("/pg/tables", "Postgres Meta"),
        ("/analytics/v1/endpoints", "Analytics"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_missing_service_answers_501_with_its_name(stack_info: StackInfo, method: str, path: str, name: str) -> None:
    answer = httpx.request(method, f"{stack_info.api_url}{path}", headers={"apikey": stack_info.keys.anon})
    assert answer.status_code == 501
    assert answer.json()["message"].startswith(f"{name} is not part of the embedded Supabase")


def test_a_path_of_no_service_answers_404(stack_info: StackInfo) -> None:
    answer = httpx.get(f"{stack_info.api_url}/nowhere")
    assert (answer.status_code, answer.json()) == (404, {"message": "no Route matched with those values"})


def test_the_readiness_route_needs_no_key(stack_info: StackInfo) -> None:
    assert httpx.get(f"{stack_info.api_url}/-/ready").json() == {"ready": True}
