"""The partitions of realtime.messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
from psycopg import AsyncConnection
from supabase_local.realtime.partitions import maintain

from tests.embedded.realtime.loops import in_event_loop
from tests.embedded.realtime.people import Sql
from tests.embedded.stacks import StackInfo

TODAY = datetime.now(UTC).date()


def partitions(sql: Sql) -> set[str]:
    """Return the names of all partitions."""
    query = "select inhrelid::regclass::text from pg_inherits where inhparent = 'realtime.messages'::regclass"
    return {row[0] for row in sql(query)}


def name(days: int) -> str:
    """Return the name of the partition of today plus so many days."""
    return f"realtime.messages_{TODAY + timedelta(days=days):%Y_%m_%d}"


def test_the_coming_days_have_their_partitions(realtime_stack: StackInfo, sql: Sql) -> None:
    assert partitions(sql) >= {name(days) for days in (-1, 0, 1, 2, 3)} | {"realtime.messages_default"}
    sql("select realtime.send('{}', 'e', 'somewhere')")
    assert sql("select distinct tableoid::regclass::text from realtime.messages where topic = 'somewhere'") == [
        (name(0),)
    ]


@in_event_loop
async def test_days_pass(realtime_stack: StackInfo, sql: Sql) -> None:
    async with await AsyncConnection.connect(realtime_stack.admin_url) as connection:
        later = TODAY + timedelta(days=10)
        await connection.execute(
            "insert into realtime.messages (topic, extension, inserted_at) values ('late', 'broadcast', %s)",
            (later + timedelta(days=1),),
        )
        await maintain(connection, later)
        rows = await (await connection.execute("select inhrelid::regclass::text from pg_inherits")).fetchall()
        names = {row[0] for row in rows}
        assert name(0) not in names  # older than three days
        assert name(10) in names
        assert name(11) not in names  # its messages came first and lie in the default partition
        await connection.rollback()


def test_the_project_may_not_touch_what_is_not_its_own(realtime_stack: StackInfo) -> None:
    with psycopg.connect(realtime_stack.database_url) as connection:
        connection.execute("set role authenticated")
        rows = connection.execute("select count(*) from realtime.messages").fetchall()
        assert rows == [(0,)]  # no policy lets this one see any
