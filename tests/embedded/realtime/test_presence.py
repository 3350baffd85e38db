"""Presence: who is on a topic."""

from __future__ import annotations

from typing import Any

from tests.embedded.realtime.loops import in_event_loop
from tests.embedded.realtime.people import Person
from tests.embedded.realtime.phoenix import Phoenix, phoenix
from tests.embedded.stacks import StackInfo


async def enter(client: Phoenix, topic: str, key: str, **config: Any) -> dict[str, Any]:
    """Join with presence and return the state that the server tells."""
    await client.join(topic, **config, presence={"enabled": True, "key": key})
    state: dict[str, Any] = (await client.expect("presence_state")).payload
    return state


async def track(client: Phoenix, topic: str, payload: Any) -> dict[str, Any]:
    """Track and return the answer."""
    message = {"type": "presence", "event": "track", "payload": payload}
    answer: dict[str, Any] = (await client.reply(await client.send(topic, "presence", message))).payload
    return answer


@in_event_loop
async def test_people_see_who_comes_changes_and_goes(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as ann:
        assert await enter(ann, "desk", "ann") == {}
        async with phoenix(realtime_stack) as ben:
            await enter(ben, "desk", "ben")
            assert await track(ben, "realtime:desk", {"at": 1}) == {"status": "ok", "response": {}}
            joined = (await ann.expect("presence_diff")).payload
            (meta,) = joined["joins"]["ben"]["metas"]
            assert (meta["at"], joined["leaves"]) == (1, {})
            await track(ben, "realtime:desk", {"at": 2})
            changed = (await ann.expect("presence_diff")).payload
            assert changed["leaves"]["ben"]["metas"] == [meta]
            assert changed["joins"]["ben"]["metas"][0]["phx_ref_prev"] == meta["phx_ref"]
            await track(ben, "realtime:desk", {"at": 2})  # nothing new
        left = (await ann.expect("presence_diff")).payload
        assert (left["joins"], list(left["leaves"])) == ({}, ["ben"])


@in_event_loop
async def test_who_comes_later_is_told_who_is_there(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as ann, phoenix(realtime_stack) as ben:
        await enter(ann, "desk", "ann")
        await track(ann, "realtime:desk", {"at": 1})
        assert (await enter(ben, "desk", "ben"))["ann"]["metas"][0]["at"] == 1
        reply = await ann.reply(await ann.send("realtime:desk", "presence", {"event": "untrack"}))
        assert reply.payload["status"] == "ok"
        assert list((await ben.expect("presence_diff")).payload["leaves"]) == ["ann"]


@in_event_loop
async def test_without_presence_nothing_is_told_until_the_client_tracks(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as ann, phoenix(realtime_stack) as ben:
        await enter(ann, "desk", "ann")
        await ben.join("desk")
        await track(ann, "realtime:desk", {"at": 1})
        assert await ben.barrier() == []
        await track(ben, "realtime:desk", {"at": 2})
        assert "ann" in (await ben.expect("presence_state")).payload


@in_event_loop
async def test_what_cannot_be_tracked_is_refused(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as client:
        await enter(client, "desk", "ann")
        assert await track(client, "realtime:desk", "here") == {
            "status": "error",
            "response": {"reason": "Presence track payload must be a map"},
        }
        reply = await client.reply(await client.send("realtime:desk", "presence", {"event": "dance"}))
        assert reply.payload["status"] == "error"


@in_event_loop
async def test_tracking_on_a_private_topic_needs_the_permission_to_write(
    realtime_stack: StackInfo, alice: Person, bob: Person
) -> None:
    async with phoenix(realtime_stack) as writer, phoenix(realtime_stack) as reader:
        config = {"private": True, "presence": {"enabled": True, "key": "someone"}}
        for client, token in ((writer, alice.token(team="red", writer="yes")), (reader, bob.token(team="red"))):
            await client.send("realtime:team:red", "phx_join", {"config": config, "access_token": token})
            await client.expect("presence_state")
        assert (await track(reader, "realtime:team:red", {}))["status"] == "error"
        assert (await track(writer, "realtime:team:red", {}))["status"] == "ok"
        assert list((await reader.expect("presence_diff")).payload["joins"]) == ["someone"]
