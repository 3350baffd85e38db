"""Tokens of channels: what a join needs, what happens at the end of one, and what a new one changes."""

from __future__ import annotations

import re
import time

import pytest

from tests.embedded.realtime.loops import in_event_loop
from tests.embedded.realtime.people import Person, Sql, new_person
from tests.embedded.realtime.phoenix import Phoenix, Received, phoenix
from tests.embedded.stacks import StackInfo

TOPIC = "realtime:team:red"


async def expect_end(client: Phoenix, topic: str) -> str:
    """Expect the two messages that end a channel; return the reason."""
    system = await client.expect("system", lambda message: message.payload["status"] == "error")
    closed = await client.expect("phx_close")
    assert (system.topic, closed.topic) == (topic, topic)
    assert system.payload["extension"] == "system"
    assert system.payload["channel"] == topic.removeprefix("realtime:")
    return str(system.payload["message"])


@in_event_loop
async def test_tokens_that_are_no_good_are_refused_by_name(realtime_stack: StackInfo, alice: Person) -> None:
    stranger = new_person("another-secret-that-is-at-least-32-characters-long")
    refused = {
        "nonsense": "MalformedJWT: The token provided is not a valid JWT",
        stranger.token(): "JwtSignatureError: Failed to validate JWT signature",
        alice.token(role=None): "InvalidJWTToken: Fields `role` and `exp` are required in JWT",
        alice.token(exp=None): "InvalidJWTToken: Fields `role` and `exp` are required in JWT",
    }
    async with phoenix(realtime_stack) as client:
        for token, reason in refused.items():
            reply = await client.join("room", token)
            assert reply.payload == {"status": "error", "response": {"reason": reason}}


@in_event_loop
async def test_an_expired_token_does_not_join(realtime_stack: StackInfo, alice: Person) -> None:
    async with phoenix(realtime_stack) as client:
        reason = (await client.join("room", alice.token(seconds=-100))).payload["response"]["reason"]
        assert re.fullmatch(r"InvalidJWTToken: Token has expired 1\d\d seconds ago", reason)


@in_event_loop
async def test_a_channel_ends_when_its_token_expires_and_the_connection_stays(
    realtime_stack: StackInfo, alice: Person
) -> None:
    async with phoenix(realtime_stack) as client:
        token = alice.token(seconds=2)
        await client.join("room", token)
        await client.join("team:red", alice.token(team="red"), private=True)
        assert re.fullmatch(r"Token has expired \d seconds ago", await expect_end(client, "realtime:room"))
        reply = await client.reply(await client.send("realtime:room", "broadcast", {}))
        assert reply.payload["response"] == {"reason": "unmatched topic"}
        assert await client.barrier() == []  # the other channel has a token of its own


@in_event_loop
async def test_a_new_token_in_time_keeps_the_channel(realtime_stack: StackInfo, alice: Person, sql: Sql) -> None:
    async with phoenix(realtime_stack) as client:
        first = alice.token(seconds=2, team="red")
        ends_at = time.time() + 2
        await client.join("team:red", first, private=True)
        await client.send(TOPIC, "access_token", {"access_token": alice.token(team="red")})
        await client.join("clock", alice.token(seconds=ends_at + 1 - time.time()))
        await expect_end(client, "realtime:clock")  # a second after the first token ended
        sql("select realtime.send('{}', 'still', 'team:red')")
        assert (await client.expect("broadcast")).payload["event"] == "still"


@in_event_loop
async def test_a_token_without_the_permission_ends_a_private_channel(realtime_stack: StackInfo, alice: Person) -> None:
    async with phoenix(realtime_stack) as client:
        await client.join("team:red", alice.token(team="red"), private=True)
        await client.send(TOPIC, "access_token", {"access_token": alice.token(team="blue")})
        reason = await expect_end(client, TOPIC)
        assert reason == "You do not have permissions to read from this Channel topic: team:red"


@pytest.mark.parametrize("token", ["nonsense", "expired", "forged"])
@in_event_loop
async def test_a_bad_new_token_ends_the_channel(realtime_stack: StackInfo, alice: Person, token: str) -> None:
    forged = new_person("another-secret-that-is-at-least-32-characters-long").token()
    reasons = {
        "nonsense": ("nonsense", "The token provided is not a valid JWT"),
        "expired": (alice.token(seconds=-5), "Token has expired"),
        "forged": (forged, ":signature_error"),
    }
    sent, reason = reasons[token]
    async with phoenix(realtime_stack) as client:
        await client.join("room", alice.token())
        await client.send("realtime:room", "access_token", {"access_token": sent})
        assert (await expect_end(client, "realtime:room")).startswith(reason)


@in_event_loop
async def test_project_keys_and_the_same_token_again_change_nothing(realtime_stack: StackInfo, alice: Person) -> None:
    async with phoenix(realtime_stack) as client:
        token = alice.token(team="red")
        await client.join("team:red", token, private=True)
        for same in (realtime_stack.keys.publishable, token, None):
            await client.send(TOPIC, "access_token", {"access_token": same})
        assert await client.barrier() == []


@in_event_loop
async def test_an_opaque_key_as_token_stands_for_the_connection_key(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as client:
        assert (await client.join("room", realtime_stack.keys.publishable)).payload["status"] == "ok"


@in_event_loop
async def test_changes_follow_the_new_token(realtime_stack: StackInfo, alice: Person, bob: Person, sql: Sql) -> None:
    binding = {"event": "INSERT", "schema": "public", "table": "rt_messages"}
    async with phoenix(realtime_stack) as client:
        await client.join("changes", alice.token(), postgres_changes=[binding])
        await client.expect("system")
        await client.send("realtime:changes", "access_token", {"access_token": bob.token()})
        assert (await client.expect("system")).payload["message"] == "Subscribed to PostgreSQL"
        sql("insert into rt_messages (owner_id) values (%s)", alice.id)
        sql("insert into rt_messages (owner_id) values (%s)", bob.id)
        change: Received = await client.expect("postgres_changes")
        assert change.payload["data"]["record"]["owner_id"] == bob.id
