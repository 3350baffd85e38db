"""postgres_changes: events, filters, policies, columns, and how values are told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.embedded.realtime.loops import in_event_loop
from tests.embedded.realtime.people import Person, Sql
from tests.embedded.realtime.phoenix import Phoenix, Received, phoenix
from tests.embedded.stacks import StackInfo

MESSAGES = {"event": "*", "schema": "public", "table": "rt_messages"}
OPEN = {"event": "*", "schema": "public", "table": "rt_open"}


@asynccontextmanager
async def listening(stack: StackInfo, token: str | None, *bindings: dict[str, Any]) -> AsyncIterator[Phoenix]:
    """Join a channel that is subscribed to the bindings."""
    async with phoenix(stack) as client:
        reply = await client.join("changes", token, postgres_changes=list(bindings))
        echoed = reply.payload["response"]["postgres_changes"]
        assert [{key: value for key, value in entry.items() if key != "id"} for entry in echoed] == list(bindings)
        system = await client.expect("system")
        assert system.payload == {
            "extension": "postgres_changes",
            "status": "ok",
            "message": "Subscribed to PostgreSQL",
            "channel": "changes",
        }
        yield client


async def change(client: Phoenix) -> dict[str, Any]:
    """Return the data of the next change."""
    data: dict[str, Any] = (await client.expect("postgres_changes")).payload["data"]
    return data


@pytest.fixture(autouse=True)
def quiet(realtime_stack: StackInfo, sql: Sql) -> None:
    """Begin without rows, and after the changes of earlier tests have gone by.

    As on hosted, who subscribes may hear of what was committed a moment before.
    """
    sql("delete from rt_messages; delete from rt_open; delete from rt_closed; delete from rt_failing")

    async def wait_for_marker() -> None:
        marker = {"event": "INSERT", "schema": "public", "table": "rt_marker"}
        async with listening(realtime_stack, None, marker) as client:
            ((number,),) = sql("insert into rt_marker default values returning id")
            while (await change(client))["record"]["id"] != number:
                pass

    asyncio.run(wait_for_marker())


@in_event_loop
async def test_each_person_sees_only_what_the_policies_let_them(
    realtime_stack: StackInfo, alice: Person, bob: Person, sql: Sql
) -> None:
    async with (
        listening(realtime_stack, alice.token(), MESSAGES) as hers,
        listening(realtime_stack, bob.token(), MESSAGES) as his,
        listening(realtime_stack, realtime_stack.keys.service_role, MESSAGES) as everything,
    ):
        for owner in (alice, bob, alice):
            sql("insert into rt_messages (owner_id) values (%s)", owner.id)
        assert [(await change(everything))["record"]["owner_id"] for _ in range(3)] == [alice.id, bob.id, alice.id]
        assert [(await change(hers))["record"]["owner_id"] for _ in range(2)] == [alice.id] * 2
        assert (await change(his))["record"]["owner_id"] == bob.id
        assert await hers.barrier() == await his.barrier() == []


@in_event_loop
async def test_who_may_not_read_the_key_is_told_that_something_happened_and_no_more(
    realtime_stack: StackInfo, alice: Person, sql: Sql
) -> None:
    closed = {"event": "INSERT", "schema": "public", "table": "rt_closed"}
    async with listening(realtime_stack, alice.token(), closed) as client:
        sql("insert into rt_closed values (1)")
        assert await change(client) == {
            "schema": "public",
            "table": "rt_closed",
            "type": "INSERT",
            "commit_timestamp": None,
            "columns": [],
            "record": {},
            "errors": ["Error 401: Unauthorized"],
        }


@in_event_loop
async def test_values_are_told_as_json_and_columns_without_grant_are_left_out(
    realtime_stack: StackInfo, alice: Person, sql: Sql
) -> None:
    async with listening(realtime_stack, alice.token(), MESSAGES) as client:
        sql(
            r"""insert into rt_messages (owner_id, body, secret, amount, tags, details, sent_at, photo)
            values (%s, 'a "quoted" € text', 'hidden', 1.50, '{a,"b c"}', '{"x": [1, null]}',
                    '2026-01-02 03:04:05.678+02', '\xdead')""",
            alice.id,
        )
        data = await change(client)
        record = data["record"]
        assert "secret" not in record
        assert [column["name"] for column in data["columns"]] == list(record)
        assert {column["name"]: column["type"] for column in data["columns"]}["tags"] == "_text"
        assert record["body"] == 'a "quoted" € text'
        assert (record["amount"], record["tags"], record["details"]) == (1.5, ["a", "b c"], {"x": [1, None]})
        assert (record["sent_at"], record["photo"]) == ("2026-01-02T01:04:05.678+00:00", "dead")
        assert data["commit_timestamp"].endswith("Z")
        assert (data["errors"], data["type"]) == (None, "INSERT")


@in_event_loop
async def test_an_update_tells_the_new_row_and_the_old_key(realtime_stack: StackInfo, sql: Sql) -> None:
    async with listening(realtime_stack, None, OPEN) as client:
        sql("insert into rt_open values (1, 'a', 'n')")
        await change(client)
        sql("update rt_open set name = 'b'")
        data = await change(client)
        assert (data["type"], data["record"]) == ("UPDATE", {"id": 1, "name": "b", "note": "n"})
        assert data["old_record"] == {"id": 1}
        sql("update rt_open set id = 2")
        data = await change(client)
        assert (data["record"]["id"], data["old_record"]) == (2, {"id": 1})


@in_event_loop
async def test_large_values_that_an_update_left_alone_come_from_the_old_row_if_it_is_known(
    realtime_stack: StackInfo, sql: Sql
) -> None:
    note = sql("select string_agg(md5(n::text), '') from generate_series(1, 300) n")[0][0]
    async with listening(realtime_stack, None, OPEN) as client:
        sql("insert into rt_open values (1, 'a', %s)", note)
        await change(client)
        sql("update rt_open set name = 'b'")
        assert (await change(client))["record"] == {"id": 1, "name": "b"}
        sql("alter table rt_open replica identity full")
        try:
            sql("update rt_open set name = 'c'")
            data = await change(client)
            assert data["record"] == {"id": 1, "name": "c", "note": note}
            assert data["old_record"] == {"id": 1, "name": "b", "note": note}
        finally:
            sql("alter table rt_open replica identity default")


@in_event_loop
async def test_a_deletion_is_told_to_everyone_but_with_policies_only_its_key(
    realtime_stack: StackInfo, alice: Person, bob: Person, sql: Sql
) -> None:
    ((number,),) = sql("insert into rt_messages (owner_id) values (%s) returning id", alice.id)
    sql("insert into rt_open values (1, 'a', 'n')")
    sql("alter table rt_messages replica identity full; alter table rt_open replica identity full")
    try:
        async with listening(realtime_stack, bob.token(), MESSAGES, OPEN) as client:
            sql("delete from rt_messages; delete from rt_open")
            deleted = await change(client)
            while deleted["type"] == "INSERT":  # committed just before the subscription, heard just after it
                deleted = await change(client)
            assert (deleted["type"], deleted["old_record"]) == ("DELETE", {"id": number})
            assert "record" not in deleted
            assert (await change(client))["old_record"] == {"id": 1, "name": "a", "note": "n"}
    finally:
        sql("alter table rt_messages replica identity default; alter table rt_open replica identity default")


@in_event_loop
async def test_events_and_tables_are_matched(realtime_stack: StackInfo, sql: Sql) -> None:
    bindings = [
        {**OPEN, "event": "INSERT"},
        {**OPEN, "event": "DELETE"},
        {"event": "*", "schema": "public"},
        {"event": "UPDATE", "schema": "*", "table": "rt_open"},
    ]
    async with phoenix(realtime_stack) as client:
        reply = await client.join("changes", postgres_changes=bindings)
        inserts, deletes, everything, updates = (
            binding["id"] for binding in reply.payload["response"]["postgres_changes"]
        )
        await client.expect("system")
        sql("insert into rt_open values (1, 'a', 'n')")
        sql("update rt_open set name = 'b'")
        sql("delete from rt_open")
        ids = [set((await client.expect("postgres_changes")).payload["ids"]) for _ in range(3)]
        assert ids == [{inserts, everything}, {updates, everything}, {deletes, everything}]


@pytest.mark.parametrize(
    ("text", "matching"),
    [
        ("id=eq.2", [2]),
        ("id=neq.2", [1, 3, 4]),
        ("id=lt.2", [1]),
        ("id=lte.2", [1, 2]),
        ("id=gt.10", []),
        ("id=gte.3", [3, 4]),
        ("id=in.(1,3)", [1, 3]),
        ("id=not.in.(1,3)", [2, 4]),
        ("name=eq.b", [2]),
        ("name=like.b%", [2, 3]),
        ("name=ilike.B_", [3]),
        ("name=match.^a", [1]),
        ("name=imatch.^A", [1]),
        ("name=is.null", [4]),
        ("name=not.is.null", [1, 2, 3]),
        ("name=isdistinct.b", [1, 3, 4]),
        ("name=neq.b", [1, 3]),
        ("id=gt.1,name=like.b%", [2, 3]),
        ('name=in.("a","bb")', [1, 3]),
    ],
)
@in_event_loop
async def test_filters_compare_as_the_column_does(
    realtime_stack: StackInfo, sql: Sql, text: str, matching: list[int]
) -> None:
    end = {**OPEN, "event": "UPDATE"}
    async with listening(realtime_stack, None, {**OPEN, "event": "INSERT", "filter": text}, end) as client:
        sql("insert into rt_open values (1, 'a'), (2, 'b'), (3, 'bb'), (4, null)")
        sql("update rt_open set note = 'end' where id = 1")
        seen = []
        while (data := await change(client))["type"] != "UPDATE":
            seen.append(data["record"]["id"])
        assert seen == matching


@in_event_loop
async def test_filters_of_many_people_are_told_apart(
    realtime_stack: StackInfo, alice: Person, bob: Person, sql: Sql
) -> None:
    mine = [{**MESSAGES, "filter": f"tenant_id=eq.{person.id}"} for person in (alice, bob)]
    key = realtime_stack.keys.service_role
    async with listening(realtime_stack, key, mine[0]) as first, listening(realtime_stack, key, mine[1]) as second:
        for person in (alice, bob):
            sql("insert into rt_messages (owner_id, tenant_id) values (%s, %s)", alice.id, person.id)
        assert (await change(first))["record"]["tenant_id"] == alice.id
        assert (await change(second))["record"]["tenant_id"] == bob.id
        assert await first.barrier() == await second.barrier() == []


@in_event_loop
async def test_deletions_are_filtered_by_what_the_key_tells(realtime_stack: StackInfo, sql: Sql) -> None:
    by_key = {**OPEN, "filter": "id=eq.1", "event": "DELETE"}
    by_name = {**OPEN, "filter": "name=eq.a", "event": "DELETE"}
    sql("insert into rt_open values (1, 'a'), (2, 'a')")
    async with phoenix(realtime_stack) as client:
        reply = await client.join("changes", postgres_changes=[by_key, by_name])
        key_id = reply.payload["response"]["postgres_changes"][0]["id"]
        await client.expect("system")
        sql("delete from rt_open")
        seen: Received = await client.expect("postgres_changes")
        assert (seen.payload["ids"], seen.payload["data"]["old_record"]) == ([key_id], {"id": 1})
        assert await client.barrier() == []


@in_event_loop
async def test_selected_columns_come_with_the_key(realtime_stack: StackInfo, sql: Sql) -> None:
    async with listening(realtime_stack, None, {**OPEN, "select": ["name"]}) as client:
        sql("insert into rt_open values (1, 'a', 'n')")
        data = await change(client)
        assert data["record"] == {"id": 1, "name": "a"}
        assert [column["name"] for column in data["columns"]] == ["id", "name"]


@in_event_loop
async def test_a_table_without_key_cannot_be_followed(realtime_stack: StackInfo, sql: Sql) -> None:
    async with listening(realtime_stack, None, {"event": "*", "schema": "public", "table": "rt_keyless"}) as client:
        sql("insert into rt_keyless values ('a')")
        assert (await change(client))["errors"] == ["Error 400: Bad Request, no primary key"]


@in_event_loop
async def test_a_policy_that_fails_hides_the_row_from_that_person_only(
    realtime_stack: StackInfo, alice: Person, bob: Person, sql: Sql
) -> None:
    table = {"event": "*", "schema": "public", "table": "rt_failing"}
    async with (
        listening(realtime_stack, alice.token(number="one"), table) as broken,
        listening(realtime_stack, bob.token(number="1"), table) as sound,
    ):
        sql("insert into rt_failing values (1)")
        assert (await change(sound))["record"] == {"id": 1}
        failed = await change(broken)
        assert failed["record"] == {}
        assert failed["errors"] == ["Error 500: Internal Server Error, RLS policy evaluation failed"]


@in_event_loop
async def test_a_row_that_is_gone_when_it_would_be_told_is_not_told(
    realtime_stack: StackInfo, alice: Person, sql: Sql
) -> None:
    async with listening(realtime_stack, alice.token(), {**MESSAGES, "event": "INSERT"}) as client:
        sql(f"insert into rt_messages (owner_id, body) values ('{alice.id}', 'gone'); delete from rt_messages")
        sql("insert into rt_messages (owner_id, body) values (%s, 'here')", alice.id)
        assert (await change(client))["record"]["body"] == "here"


@in_event_loop
async def test_a_row_over_a_mebibyte_is_told_without_its_large_values(realtime_stack: StackInfo, sql: Sql) -> None:
    async with listening(realtime_stack, None, OPEN) as client:
        sql("insert into rt_open values (1, 'a', repeat('x', 1024 * 1024 + 1))")
        data = await change(client)
        assert data["record"] == {"id": 1, "name": "a"}
        assert data["errors"] == ["Error 413: Payload Too Large"]


@pytest.mark.parametrize(
    ("binding", "words"),
    [
        (
            {"table": "rt_unpublished"},
            "Please check Realtime is enabled for the given connect parameters: [event: *, sch",
        ),
        ({"table": "rt_open", "filter": "id"}, 'Error parsing `filter` params: ["id"]'),
        ({"table": "rt_open", "filter": "nope=eq.1"}, "invalid column for filter nope"),
        ({"table": "rt_messages", "filter": "secret=eq.1"}, "invalid column for filter secret"),
        ({"table": "rt_open", "filter": "id=eq.x"}, "ERROR 22P02 (invalid_text_representation) invalid input syntax"),
        ({"table": "rt_open", "filter": "id=like.1"}, "ERROR 42883 (undefined_function) operator does not exist"),
        ({"table": "rt_open", "filter": "name=match.("}, "invalid regular expression"),
        ({"table": "rt_open", "filter": "name=is.true"}, "is true filter requires a boolean column, got text"),
        ({"table": "rt_open", "filter": "name=is.odd"}, "invalid value for is filter"),
        (
            {"table": "rt_open", "filter": f"id=in.({','.join(['1'] * 101)})"},
            "too many values for `in` filter. Maximum 100",
        ),
        ({"table": "rt_open", "select": ["nope"]}, "invalid column for select nope"),
    ],
)
@in_event_loop
async def test_what_cannot_be_followed_is_said(
    realtime_stack: StackInfo, alice: Person, binding: dict[str, Any], words: str
) -> None:
    async with phoenix(realtime_stack) as client:
        bindings = [{"event": "*", "schema": "public", **binding}, OPEN]
        reply = await client.join("changes", alice.token(), postgres_changes=bindings)
        assert reply.payload["status"] == "ok"
        system = await client.expect("system")
        assert (system.payload["status"], system.payload["extension"]) == ("error", "postgres_changes")
        assert words in system.payload["message"]


@in_event_loop
async def test_a_role_that_does_not_exist_cannot_follow(realtime_stack: StackInfo, alice: Person) -> None:
    async with phoenix(realtime_stack) as client:
        await client.join("changes", alice.token(role="nobody_at_all"), postgres_changes=[OPEN])
        assert 'role "nobody_at_all" does not exist' in (await client.expect("system")).payload["message"]


@in_event_loop
async def test_a_table_that_is_published_later_is_followed(realtime_stack: StackInfo, sql: Sql) -> None:
    sql("create table public.rt_later (id integer primary key)")
    try:
        async with listening(realtime_stack, None, {"event": "*", "schema": "public"}) as client:
            sql("alter publication supabase_realtime add table public.rt_later")
            sql("insert into rt_later values (1)")
            assert (await change(client))["table"] == "rt_later"
            sql("alter table rt_later add column name text default 'x'")
            sql("insert into rt_later values (2)")
            assert (await change(client))["record"] == {"id": 2, "name": "x"}
    finally:
        sql("drop table public.rt_later")
