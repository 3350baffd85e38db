"""Sockets and channels: heartbeats, joins, leaves, and what does not belong."""

from __future__ import annotations

import json

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.embedded.realtime.loops import in_event_loop
from tests.embedded.realtime.phoenix import Received, phoenix
from tests.embedded.stacks import StackInfo


@pytest.mark.parametrize("version", ["1.0.0", "2.0.0"])
@in_event_loop
async def test_a_heartbeat_is_answered(realtime_stack: StackInfo, version: str) -> None:
    async with phoenix(realtime_stack, version=version) as client:
        ref = await client.send("phoenix", "heartbeat", {})
        reply = await client.reply(ref)
        assert (reply.topic, reply.payload) == ("phoenix", {"status": "ok", "response": {}})


@in_event_loop
async def test_the_python_client_sends_heartbeats_without_reference(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as client:
        await client.socket.send(json.dumps({"topic": "phoenix", "event": "heartbeat", "payload": {}, "ref": None}))
        reply = await client.expect("phx_reply")
        assert reply == Received("phoenix", "phx_reply", {"status": "ok", "response": {}}, None)


@pytest.mark.parametrize("key", ["", "nonsense", "sb_publishable_unknown"])
@in_event_loop
async def test_a_wrong_key_does_not_connect(realtime_stack: StackInfo, key: str) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        async with phoenix(realtime_stack, key or "none"):
            pytest.fail("connected")
    assert refusal.value.response.status_code in (401, 403)


@pytest.mark.parametrize("kind", ["publishable", "secret", "anon", "service_role"])
@in_event_loop
async def test_every_project_key_connects(realtime_stack: StackInfo, kind: str) -> None:
    async with phoenix(realtime_stack, getattr(realtime_stack.keys, kind)) as client:
        reply = await client.join("room")
        assert reply.payload == {"status": "ok", "response": {"postgres_changes": []}}


@in_event_loop
async def test_an_unknown_version_does_not_connect(realtime_stack: StackInfo) -> None:
    with pytest.raises(InvalidStatus):
        async with phoenix(realtime_stack, version="9.9.9"):
            pytest.fail("connected")


@in_event_loop
async def test_version_2_answers_carry_the_join_reference(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack, version="2.0.0") as client:
        reply = await client.join("room")
        assert (reply.join_ref, reply.ref) == ("1", "1")
        ref = await client.send("realtime:room", "phx_leave", {}, join_ref="1")
        left = await client.reply(ref)
        assert (left.join_ref, left.payload) == ("1", {"status": "ok", "response": {}})
        closed = await client.expect("phx_close")
        assert (closed.join_ref, closed.ref, closed.payload) == ("1", "1", {})


@in_event_loop
async def test_messages_to_topics_that_are_not_joined_are_unmatched(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as client:
        for topic, event in (("realtime:room", "broadcast"), ("other", "phx_join")):
            reply = await client.reply(await client.send(topic, event, {}))
            assert reply.payload == {"status": "error", "response": {"reason": "unmatched topic"}}
        left = await client.reply(await client.send("realtime:room", "phx_leave", {}))
        assert left.payload["status"] == "ok"


@in_event_loop
async def test_a_second_join_closes_the_first_channel(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack, version="2.0.0") as client, phoenix(realtime_stack) as other:
        await client.join("room")
        second = await client.join("room")
        closed = await client.expect("phx_close")
        assert (closed.topic, closed.join_ref) == ("realtime:room", "1")
        assert second.payload["status"] == "ok"
        await other.join("room", broadcast={"ack": True})
        await other.reply(await other.send("realtime:room", "broadcast", {"event": "once", "payload": {}}))
        assert len([message for message in await client.barrier() if isinstance(message, Received)]) == 1


@in_event_loop
async def test_a_topic_needs_a_name(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as client:
        reply = await client.join("")
        assert reply.payload["response"] == {"reason": "TopicNameRequired: You must provide a topic name"}


@in_event_loop
async def test_a_connection_has_at_most_100_channels(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as client:
        for number in range(100):
            assert (await client.join(f"room:{number}")).payload["status"] == "ok"
        refused = await client.join("one:more")
        assert refused.payload["response"] == {"reason": "ChannelRateLimitReached: Too many channels"}
        await client.reply(await client.send("realtime:room:0", "phx_leave", {}))
        await client.expect("phx_close")
        assert (await client.join("one:more")).payload["status"] == "ok"


@in_event_loop
async def test_a_frame_that_is_none_ends_the_connection(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as client:
        await client.socket.send("{")
        with pytest.raises(ConnectionClosed) as end:
            await client.barrier()
        assert end.value.rcvd is not None
        assert end.value.rcvd.code == 1011


@in_event_loop
async def test_events_that_nobody_knows_are_ignored(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as client:
        await client.join("room")
        await client.send("realtime:room", "surprise", {"a": 1})
        await client.send("realtime:room", "broadcast", "not an object")
        await client.send("realtime:room", "access_token", {})
        assert await client.barrier() == []


@in_event_loop
async def test_broken_parts_of_a_join_count_as_absent(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as client:
        config = {"broadcast": 1, "presence": {"enabled": False}, "postgres_changes": "none", "private": "no"}
        ref = await client.send("realtime:room", "phx_join", {"config": config, "access_token": 5})
        assert (await client.reply(ref)).payload == {"status": "ok", "response": {"postgres_changes": []}}
