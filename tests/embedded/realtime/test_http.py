"""Broadcasts over HTTP."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.embedded.realtime.loops import in_event_loop
from tests.embedded.realtime.people import Person
from tests.embedded.realtime.phoenix import phoenix
from tests.embedded.stacks import StackInfo

GOOD = {"topic": "room", "event": "e", "payload": {}}


async def post(stack: StackInfo, path: str, token: str | None = None, **options: Any) -> httpx.Response:
    """Call the API with the publishable key, on behalf of the token's person."""
    headers = {"apikey": stack.keys.publishable, **options.pop("headers", {})}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    async with httpx.AsyncClient() as client:
        return await client.post(f"{stack.api_url}/realtime/v1/api/broadcast{path}", headers=headers, **options)


@in_event_loop
async def test_a_batch_reaches_its_topics(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as client:
        await client.join("room")
        message = {"topic": "room", "event": "hello", "payload": {"a": 1}}
        response = await post(realtime_stack, "", json={"messages": [message, {**message, "topic": "other"}]})
        assert (response.status_code, response.content) == (202, b"")
        assert (await client.expect("broadcast")).payload == {
            "type": "broadcast",
            "event": "hello",
            "payload": {"a": 1},
        }
        assert await client.barrier() == []


@in_event_loop
async def test_private_messages_are_sent_by_who_may_write(realtime_stack: StackInfo, alice: Person) -> None:
    async with phoenix(realtime_stack) as client:
        await client.join("team:red", alice.token(team="red"), private=True)
        message = {"topic": "team:red", "payload": {}, "private": True}
        for event, token in (
            ("denied", alice.token(team="red")),
            ("allowed", alice.token(team="red", writer="yes")),
            ("service", realtime_stack.keys.service_role),
        ):
            response = await post(realtime_stack, "", token, json={"messages": [{**message, "event": event}]})
            assert response.status_code == 202
        assert [(await client.expect("broadcast")).payload["event"] for _ in range(2)] == ["allowed", "service"]


@in_event_loop
async def test_one_message_is_its_body(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack, version="2.0.0") as client:
        await client.join("a/b")
        response = await post(realtime_stack, "/a%2Fb/events/hello", json={"a": 1})
        assert (response.status_code, response.content) == (202, b"")
        assert (await client.expect_binary()).endswith(b'realtime:a/bhello{"a":1}')
        await post(
            realtime_stack,
            "/a%2Fb/events/photo",
            content=b"\x00\xff",
            headers={"content-type": "application/octet-stream"},
        )
        assert (await client.expect_binary()).endswith(b"photo\x00\xff")


@in_event_loop
async def test_one_private_message_needs_the_permission_to_write(realtime_stack: StackInfo, alice: Person) -> None:
    path = "/team:red/events/e?private=true"
    denied = await post(realtime_stack, path, alice.token(team="red"), json={})
    assert (denied.status_code, denied.json()) == (403, {"message": "Unauthorized"})
    assert (await post(realtime_stack, path, alice.token(team="red", writer="yes"), json={})).status_code == 202


@pytest.mark.parametrize(
    "body",
    [
        *({}, {"messages": []}, {"messages": "none"}, {"messages": [1]}),
        {"messages": [{**GOOD, "topic": ""}]},
        {"messages": [{**GOOD, "event": 1}]},
        {"messages": [GOOD, {**GOOD, "payload": [1]}]},
    ],
)
@in_event_loop
async def test_batches_that_make_no_sense_are_refused_whole(realtime_stack: StackInfo, body: dict[str, Any]) -> None:
    response = await post(realtime_stack, "", json=body)
    assert response.status_code == 422
    assert "messages" in response.json()["errors"]


@in_event_loop
async def test_bodies_that_make_no_sense_are_refused(realtime_stack: StackInfo) -> None:
    assert (await post(realtime_stack, "", content=b"{")).status_code == 422
    kinds = {"text/plain": 415, "application/json": 400}
    for kind, status in kinds.items():
        response = await post(realtime_stack, "/room/events/e", content=b"{", headers={"content-type": kind})
        assert response.status_code == status


@in_event_loop
async def test_a_bad_token_is_refused(realtime_stack: StackInfo, alice: Person) -> None:
    response = await post(realtime_stack, "", alice.token(seconds=-9), json={"messages": [GOOD]})
    assert (response.status_code, response.json()) == (401, {"message": "Unauthorized"})
