"""The official Python client, as supabase-py makes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from realtime import AsyncRealtimeClient, RealtimePostgresChangesListenEvent, RealtimeSubscribeStates
from realtime._async.channel import AsyncRealtimeChannel
from realtime.types import RealtimeChannelConfig

from tests.embedded.realtime.loops import in_event_loop
from tests.embedded.realtime.people import Person, Sql
from tests.embedded.realtime.phoenix import PATIENCE
from tests.embedded.stacks import StackInfo


@asynccontextmanager
async def official(stack: StackInfo, token: str | None = None) -> AsyncIterator[AsyncRealtimeClient]:
    """Connect on behalf of a person."""
    client = AsyncRealtimeClient(f"{stack.api_url}/realtime/v1", stack.keys.publishable)
    if token is not None:
        await client.set_auth(token)
    await client.connect()
    try:
        yield client
    finally:
        await client.close()


async def subscribe(channel: AsyncRealtimeChannel) -> tuple[RealtimeSubscribeStates, Exception | None]:
    """Subscribe and return what the client says of it."""
    states: list[tuple[RealtimeSubscribeStates, Exception | None]] = []
    await channel.subscribe(lambda state, error: states.append((state, error)))
    return states[0]


async def next_of(queue: asyncio.Queue[Any]) -> Any:
    """Return what a callback put into a queue."""
    return await asyncio.wait_for(queue.get(), PATIENCE)


@in_event_loop
async def test_changes_arrive_under_the_policies(
    realtime_stack: StackInfo, alice: Person, bob: Person, sql: Sql
) -> None:
    changes: asyncio.Queue[Any] = asyncio.Queue()
    ready: asyncio.Queue[Any] = asyncio.Queue()
    async with official(realtime_stack, alice.token()) as client:
        channel = client.channel("inbox").on_system(ready.put_nowait)
        channel.on_postgres_changes(
            RealtimePostgresChangesListenEvent.Insert,
            changes.put_nowait,
            table="rt_messages",
            schema="public",
            filter="body=eq.mine",
        )
        assert await subscribe(channel) == (RealtimeSubscribeStates.SUBSCRIBED, None)
        assert (await next_of(ready)).message == "Subscribed to PostgreSQL"
        for owner, body in ((alice, "other"), (bob, "mine"), (alice, "mine")):
            sql("insert into rt_messages (owner_id, body) values (%s, %s)", owner.id, body)
        data = (await next_of(changes))["data"]
        assert (data["record"]["owner_id"], data["type"]) == (alice.id, RealtimePostgresChangesListenEvent.Insert)
        assert changes.empty()


@in_event_loop
async def test_private_broadcasts_arrive_after_the_token_was_renewed(
    realtime_stack: StackInfo, alice: Person, sql: Sql
) -> None:
    heard: asyncio.Queue[Any] = asyncio.Queue()
    async with official(realtime_stack, alice.token(team="red")) as client:
        channel = client.channel("team:red", {"config": {"private": True, "broadcast": {}, "presence": None}})
        channel.on_broadcast("hello", heard.put_nowait)
        assert await subscribe(channel) == (RealtimeSubscribeStates.SUBSCRIBED, None)
        await client.set_auth(alice.token(team="red", seconds=700))
        sql("select realtime.send('{\"a\": 1}', 'hello', 'team:red')")
        assert (await next_of(heard))["payload"]["a"] == 1


@in_event_loop
async def test_a_refused_join_is_an_error_with_the_reason(realtime_stack: StackInfo, alice: Person) -> None:
    async with official(realtime_stack, alice.token(team="blue")) as client:
        channel = client.channel("team:red", {"config": {"private": True, "broadcast": {}, "presence": None}})
        state, error = await subscribe(channel)
        assert state is RealtimeSubscribeStates.CHANNEL_ERROR
        assert "You do not have permissions to read from this Channel topic: team:red" in str(error)
        await client.remove_channel(channel)


@in_event_loop
async def test_presence_and_broadcast_between_two_clients(realtime_stack: StackInfo) -> None:
    heard: asyncio.Queue[Any] = asyncio.Queue()
    joined: asyncio.Queue[Any] = asyncio.Queue()
    async with official(realtime_stack) as first, official(realtime_stack) as second:
        here = first.channel("hall").on_broadcast("wave", heard.put_nowait)
        here.on_presence_join(lambda key, _current, _new: joined.put_nowait(key))
        await subscribe(here)
        tracking: RealtimeChannelConfig = {
            "broadcast": {},
            "presence": {"key": "ben", "enabled": True},
            "private": False,
        }
        there = second.channel("hall", {"config": tracking})
        await subscribe(there)
        await there.track({"at": 1})
        assert await next_of(joined) == "ben"
        await there.send_broadcast("wave", {"b": 2})
        assert (await next_of(heard))["payload"] == {"b": 2}
        await there.http_send("wave", {"c": 3})
        assert (await next_of(heard))["payload"] == {"c": 3}
