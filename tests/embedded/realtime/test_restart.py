"""The database dies under joined clients; and a project that allows private channels only."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import TupleRow

from tests.embedded.realtime.loops import in_event_loop
from tests.embedded.realtime.people import Person, new_person
from tests.embedded.realtime.phoenix import Phoenix, phoenix
from tests.embedded.stacks import PROJECT, StackCommand, StackInfo

POLICY = """
create policy "Everybody signed in reads" on realtime.messages for select to authenticated using (true);
"""


@pytest.fixture
def own_stack(tmp_path: Path) -> Iterator[tuple[StackCommand, StackInfo]]:
    """A stack that may be broken, which lets nobody into public channels."""
    command = StackCommand(PROJECT, tmp_path / "data", environment={"SUPABASE_LOCAL_REALTIME_PRIVATE_ONLY": "1"})
    with command.running() as info:
        with psycopg.connect(info.database_url, autocommit=True) as connection:
            connection.execute(POLICY)
        yield command, info


async def connect(stack: StackInfo) -> psycopg.AsyncConnection[TupleRow]:
    """Log in as ``postgres``."""
    return await psycopg.AsyncConnection.connect(stack.database_url, autocommit=True)


async def expect_changes_to_flow(client: Phoenix) -> None:
    """Wait for the message that hosted sends when it has subscribed again."""
    system = await client.expect("system")
    assert system.payload["message"] == "Subscribed to PostgreSQL"


@in_event_loop
async def test_joined_clients_survive_the_death_of_the_database(own_stack: tuple[StackCommand, StackInfo]) -> None:
    command, stack = own_stack
    alice: Person = new_person(stack.keys.jwt_secret)
    binding = {"event": "INSERT", "schema": "public", "table": "notes"}
    async with phoenix(stack) as client:
        await client.join("desk", alice.token(), private=True, postgres_changes=[binding])
        await expect_changes_to_flow(client)
        for round_number in range(2):
            os.kill(command.status().postgres_pid, signal.SIGKILL)
            await expect_changes_to_flow(client)
            async with await connect(stack) as connection:
                await connection.execute("insert into notes (owner, body) values (%s, 'after')", (alice.id,))
                change = await client.expect("postgres_changes")
                assert change.payload["data"]["record"]["body"] == "after"
                await connection.execute("select realtime.send('{}', %s, 'desk')", (f"round {round_number}",))
                assert (await client.expect("broadcast")).payload["event"] == f"round {round_number}"
        reply = await client.join("other", alice.token(), private=True)
        assert reply.payload["status"] == "ok"


@in_event_loop
async def test_public_channels_can_be_turned_off(own_stack: tuple[StackCommand, StackInfo]) -> None:
    _, stack = own_stack
    async with phoenix(stack) as client:
        refused = await client.join("room", new_person(stack.keys.jwt_secret).token())
        assert refused.payload["response"] == {"reason": "PrivateOnly: This project only allows private channels"}
