"""Broadcasts: between clients, from the database, and who may hear and send them."""

from __future__ import annotations

import json
import secrets
import uuid
from contextlib import suppress

from websockets.exceptions import ConnectionClosed

from tests.embedded.realtime.loops import in_event_loop
from tests.embedded.realtime.people import Person, Sql
from tests.embedded.realtime.phoenix import Phoenix, Received, phoenix
from tests.embedded.stacks import StackInfo

RED = "realtime:team:red"


def push(topic: str, event: str, payload: bytes, *, is_json: bool = True, ref: str = "9") -> bytes:
    """Build the binary frame in which the JavaScript client sends a broadcast."""
    sizes = bytes([1, len(ref), len(topic), len(event), 0, int(is_json)])
    return b"\x03" + sizes + f"1{ref}{topic}{event}".encode() + payload


async def send(client: Phoenix, topic: str, event: str, payload: object) -> str:
    """Send a broadcast as JSON."""
    return await client.send(topic, "broadcast", {"type": "broadcast", "event": event, "payload": payload})


async def read_to_the_end(client: Phoenix) -> int | None:
    """Read until the server closes the connection; return its code."""
    with suppress(ConnectionClosed):
        while True:
            await client.socket.recv()
    return client.socket.close_code


@in_event_loop
async def test_a_public_broadcast_reaches_the_others_and_not_its_sender(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as sender, phoenix(realtime_stack, version="2.0.0") as hearer:
        await sender.join("room", broadcast={"ack": True})
        await hearer.join("room")
        reply = await sender.reply(await send(sender, "realtime:room", "hello", {"a": 1}))
        assert reply.payload == {"status": "ok", "response": {}}
        heard = await hearer.expect("broadcast")
        assert heard == Received(
            "realtime:room", "broadcast", {"type": "broadcast", "event": "hello", "payload": {"a": 1}}, None, None
        )
        assert await sender.barrier() == []


@in_event_loop
async def test_a_sender_that_asks_hears_itself(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as client:
        await client.join("room", broadcast={"self": True})
        await send(client, "realtime:room", "hello", {})
        assert (await client.expect("broadcast")).payload["event"] == "hello"


@in_event_loop
async def test_binary_pushes_reach_both_versions_in_their_own_form(realtime_stack: StackInfo) -> None:
    async with (
        phoenix(realtime_stack, version="2.0.0") as sender,
        phoenix(realtime_stack, version="2.0.0") as second,
        phoenix(realtime_stack) as first,
    ):
        await sender.join("room", broadcast={"ack": True})
        await second.join("room")
        await first.join("room")
        await sender.socket.send(push("realtime:room", "hello", b'{"n": 1.0}'))
        assert (await sender.reply("9")).join_ref == "1"
        assert await second.expect_binary() == b'\x04\x0d\x05\x00\x01realtime:roomhello{"n": 1.0}'
        assert (await first.expect("broadcast")).payload == {"type": "broadcast", "event": "hello", "payload": {"n": 1}}
        await sender.socket.send(push("realtime:room", "photo", b"\0\xff", is_json=False, ref="8"))
        await sender.reply("8")
        assert (await second.expect_binary()).endswith(b"photo\0\xff")
        assert await first.barrier() == []


@in_event_loop
async def test_a_private_topic_is_joined_by_members_only(
    realtime_stack: StackInfo, alice: Person, bob: Person, sql: Sql
) -> None:
    async with phoenix(realtime_stack) as member, phoenix(realtime_stack) as stranger:
        assert (await member.join("team:red", alice.token(team="red"), private=True)).payload["status"] == "ok"
        refused = await stranger.join("team:red", bob.token(team="blue"), private=True)
        reason = "Unauthorized: You do not have permissions to read from this Channel topic: team:red"
        assert refused.payload == {"status": "error", "response": {"reason": reason}}
        anonymous = await stranger.join("team:red", private=True)
        assert anonymous.payload["response"] == {"reason": reason}
        sql("select realtime.send('{\"a\": 1}', 'hello', 'team:red')")
        heard = await member.expect("broadcast")
        assert heard.payload["payload"]["a"] == 1
        assert heard.payload["payload"]["id"] == heard.payload["meta"]["id"]
        assert await stranger.barrier() == []


@in_event_loop
async def test_public_and_private_channels_of_one_name_are_strangers(
    realtime_stack: StackInfo, alice: Person, sql: Sql
) -> None:
    async with phoenix(realtime_stack) as private, phoenix(realtime_stack) as public:
        await private.join("team:red", alice.token(team="red"), private=True)
        await public.join("team:red", alice.token(team="red"), broadcast={"ack": True})
        await public.reply(await send(public, RED, "public", {}))
        sql("select realtime.send('{}', 'secret', 'team:red', true)")
        sql("select realtime.send('{}', 'open', 'team:red', false)")
        assert (await public.expect("broadcast")).payload["event"] == "open"
        assert (await private.expect("broadcast")).payload["event"] == "secret"
        assert await private.barrier() == []


@in_event_loop
async def test_writing_to_a_private_topic_needs_its_own_permission(
    realtime_stack: StackInfo, alice: Person, bob: Person
) -> None:
    async with phoenix(realtime_stack) as writer, phoenix(realtime_stack) as reader:
        await writer.join("team:red", alice.token(team="red", writer="yes"), private=True, broadcast={"ack": True})
        await reader.join("team:red", bob.token(team="red"), private=True, broadcast={"ack": True})
        await send(reader, RED, "forbidden", {})
        await reader.send(RED, "access_token", {"access_token": bob.token(team="red", writer="yes")})
        await reader.reply(await send(reader, RED, "allowed", {}))  # the new token is asked about anew
        assert (await writer.expect("broadcast")).payload["event"] == "allowed"
        await writer.reply(await send(writer, RED, "hello", {}))
        assert (await reader.expect("broadcast")).payload["event"] == "hello"


def test_asking_for_permission_leaves_no_rows(realtime_stack: StackInfo, sql: Sql) -> None:
    assert sql("select count(*) from realtime.messages where payload is null and binary_payload is null") == [(0,)]


@in_event_loop
async def test_broadcast_changes_tells_what_happened_to_a_row(
    realtime_stack: StackInfo, alice: Person, sql: Sql
) -> None:
    sql("""
        create table public.rt_job (id integer primary key, state text);
        create function public.rt_announce() returns trigger language plpgsql as $$
        begin
          perform realtime.broadcast_changes('team:red', tg_op, tg_op, tg_table_name, tg_table_schema, new, old);
          return null;
        end $$;
        create trigger announce after insert or update or delete on public.rt_job
          for each row execute function public.rt_announce();
    """)
    try:
        async with phoenix(realtime_stack) as client:
            await client.join("team:red", alice.token(team="red"), private=True)
            sql("insert into rt_job values (1, 'new')")
            sql("update rt_job set state = 'done'")
            sql("delete from rt_job")
            events = [(await client.expect("broadcast")).payload["payload"] for _ in range(3)]
    finally:
        sql("drop table public.rt_job; drop function public.rt_announce();")
    row = {"schema": "public", "table": "rt_job"}
    assert [{name: event[name] for name in event if name != "id"} for event in events] == [
        {**row, "operation": "INSERT", "record": {"id": 1, "state": "new"}, "old_record": None},
        {**row, "operation": "UPDATE", "record": {"id": 1, "state": "done"}, "old_record": {"id": 1, "state": "new"}},
        {**row, "operation": "DELETE", "record": None, "old_record": {"id": 1, "state": "done"}},
    ]


@in_event_loop
async def test_messages_that_are_rolled_back_are_never_heard(
    realtime_stack: StackInfo, alice: Person, sql: Sql
) -> None:
    async with phoenix(realtime_stack) as client:
        await client.join("team:red", alice.token(team="red"), private=True)
        sql("begin; select realtime.send('{}', 'undone', 'team:red'); rollback")
        sql("select realtime.send('{}', 'done', 'team:red')")
        assert (await client.expect("broadcast")).payload["event"] == "done"


def test_a_message_that_cannot_be_sent_does_not_undo_the_change(realtime_stack: StackInfo, sql: Sql) -> None:
    sql("select realtime.send('{}', 'lost', null)")  # a topic is required: a warning, no error


@in_event_loop
async def test_bytes_from_the_database_reach_version_2(realtime_stack: StackInfo, sql: Sql) -> None:
    async with phoenix(realtime_stack, version="2.0.0") as second, phoenix(realtime_stack) as first:
        await second.join("room")
        await first.join("room")
        sql(r"select realtime.send_binary('\x00ff', 'photo', 'room', false)")
        frame = await second.expect_binary()
        assert frame[:5] == bytes([4, 13, 5, frame[3], 0])
        assert frame[5:].startswith(b'realtime:roomphoto{"id":"')
        assert frame.endswith(b"\x00\xff")
        assert await first.barrier() == []


@in_event_loop
async def test_rows_that_lack_an_id_get_that_of_the_message(realtime_stack: StackInfo, sql: Sql) -> None:
    insert = "insert into realtime.messages (topic, extension, event, payload) values ('room', 'broadcast', 'e', %s)"
    async with phoenix(realtime_stack) as client:
        await client.join("room")
        for payload in ("[1]", "{}", '{"a": 12345678901234567890.5}'):
            sql(insert, payload)
        empty, full = (await client.expect("broadcast"), await client.expect("broadcast"))
        assert empty.payload["payload"] == {"id": empty.payload["meta"]["id"]}
        assert set(full.payload["payload"]) == {"a", "id"}


@in_event_loop
async def test_earlier_messages_of_a_private_topic_are_replayed(
    realtime_stack: StackInfo, alice: Person, sql: Sql
) -> None:
    team = uuid.uuid4().hex
    for number in range(4):
        sql("select realtime.send(%s, 'old', %s)", json.dumps({"n": number}), f"team:{team}")
    async with phoenix(realtime_stack) as client:
        token, replay = alice.token(team=team), {"replay": {"since": 0, "limit": 2}}
        assert (await client.join(f"team:{team}", token, private=True, broadcast=replay)).payload["status"] == "ok"
        messages = [(await client.expect("broadcast")).payload for _ in range(2)]
        assert [message["payload"]["n"] for message in messages] == [2, 3]
        assert messages[0]["meta"] == {"id": messages[0]["payload"]["id"], "replayed": True}


@in_event_loop
async def test_replay_is_refused_where_it_makes_no_sense(realtime_stack: StackInfo, alice: Person) -> None:
    async with phoenix(realtime_stack) as client:
        public = await client.join("room", broadcast={"replay": {"since": 0}})
        assert public.payload["response"]["reason"].endswith("Replay is not allowed for public channels")
        token = alice.token(team="red")
        for since in ("yesterday", 10**30):
            replay = {"replay": {"since": since}}
            refused = await client.join("team:red", token, private=True, broadcast=replay)
            assert refused.payload["response"] == {"reason": "UnableToReplayMessages: Replay params are not valid"}


@in_event_loop
async def test_replication_readiness_is_told_to_who_asks(realtime_stack: StackInfo) -> None:
    async with phoenix(realtime_stack) as client:
        await client.join("room", broadcast={"replication_ready": True})
        system = await client.expect("system")
        assert system.payload["extension"] == "system"
        assert system.payload["message"] == "Replication connection established"


@in_event_loop
async def test_a_client_that_does_not_read_is_dropped_and_the_others_go_on(realtime_stack: StackInfo) -> None:
    async with (
        phoenix(realtime_stack) as sender,
        phoenix(realtime_stack) as reader,
        phoenix(realtime_stack) as sleeper,
    ):
        for client in (sender, reader, sleeper):
            await client.join("flood", broadcast={"ack": client is sender})
        text = secrets.token_urlsafe(150_000)  # random, as connections are compressed
        for _ in range(200):
            await sender.reply(await send(sender, "realtime:flood", "wave", text))
            await reader.expect("broadcast")
        assert await read_to_the_end(sleeper) == 1013
