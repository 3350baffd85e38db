"""Delivery of row changes: for each change, who asked for it, whose filters it passes, and who may see it."""

from __future__ import annotations

import asyncio
import logging
from collections import deque

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from supabase_local.realtime.changes import payloads
from supabase_local.realtime.changes.evaluation import Evaluation, evaluate
from supabase_local.realtime.changes.subscriptions import Listener, Subscription, Subscriptions
from supabase_local.realtime.changes.tables import Table, describe
from supabase_local.realtime.changes.visibility import Person, Visibility
from supabase_local.realtime.frames import Outgoing
from supabase_local.realtime.pgoutput import RowChange

MOST_WAITING = 1000
"""Batches; beyond that the feed waits, which delays broadcasts but loses nothing."""

RETRY_SECONDS = 0.5
MOST_ATTEMPTS = 20
"""Tries of one change: ten seconds outlast a restart of the server."""

Tables = dict[tuple[int, frozenset[str]], Table | None]
"""The tables of one batch, by oid and the roles asked about."""

log = logging.getLogger("supabase_local.realtime")


class Delivery:
    """Works off the changes one after the other, as hosted does, so that subscribers see them in commit order."""

    def __init__(self, conninfo: str, subscriptions: Subscriptions) -> None:
        self._conninfo = conninfo
        self._subscriptions = subscriptions
        self._batches: asyncio.Queue[list[RowChange]] = asyncio.Queue(MOST_WAITING)

    async def accept(self, changes: list[RowChange]) -> None:
        """Take changes to be delivered; those of tables that nobody asked for are dropped at once."""
        wanted = [change for change in changes if self._subscriptions.interested(change.relation, change.action)]
        if wanted:
            await self._batches.put(wanted)

    async def run(self) -> None:
        """Deliver for as long as the stack runs; the connection is made when the first change comes."""
        waiting: deque[RowChange] = deque()
        attempts = 0
        while True:
            if not waiting:
                waiting.extend(await self._batches.get())
            before = len(waiting)
            try:
                await self._work(waiting)
            except (psycopg.OperationalError, OSError) as error:
                attempts = attempts + 1 if len(waiting) == before else 1
                log.warning("the database cannot be asked who may see a change: %s", error)
                if attempts == MOST_ATTEMPTS:
                    log.warning("gave up on a change of %s", waiting.popleft().relation.table)
                await asyncio.sleep(RETRY_SECONDS)

    async def _work(self, waiting: deque[RowChange]) -> None:
        """Deliver over one connection until it breaks; what is left in ``waiting`` has not been delivered."""
        async with await AsyncConnection.connect(
            self._conninfo,
            autocommit=True,
            application_name="realtime_rls",
            # Types are then written with their schemas, and times as hosted has them.
            options="-c timezone=UTC -c search_path=",
        ) as connection:
            worker = _Worker(connection, self._subscriptions)
            while True:
                await worker.deliver(waiting)
                waiting.extend(await self._batches.get())


class _Worker:
    def __init__(self, connection: AsyncConnection[TupleRow], subscriptions: Subscriptions) -> None:
        self._connection = connection
        self._subscriptions = subscriptions
        self._visibility = Visibility(connection)

    async def deliver(self, changes: deque[RowChange]) -> None:
        """Deliver the changes and take each away when it is done."""
        tables: Tables = {}
        while changes:
            change = changes[0]
            try:
                await self._deliver(change, tables)
            except psycopg.OperationalError:
                raise
            except psycopg.Error:
                # The table changed between the commit and now (a type, a dropped key): later changes must still come.
                log.exception("a change of %s.%s was not delivered", change.relation.schema, change.relation.table)
            changes.popleft()

    async def _deliver(self, change: RowChange, tables: Tables) -> None:
        interested = self._subscriptions.interested(change.relation, change.action)
        key = (change.relation.oid, frozenset(item.role for item in interested))
        if key not in tables:
            tables[key] = await describe(self._connection, *key)
        table = tables[key]
        if interested and table is not None:
            await self._tell(change, table, interested)

    async def _tell(self, change: RowChange, table: Table, interested: list[Subscription]) -> None:
        refused = {role: _refusal(change, table, role) for role in {item.role for item in interested}}
        for role, error in refused.items():
            if error is not None:
                _send(payloads.failure(change, error), [item for item in interested if item.role == role])
        allowed = [item for item in interested if refused[item.role] is None]
        filters = {condition for item in allowed for condition in item.interest.filters}
        evaluation = await evaluate(self._connection, table, change, filters)
        passing = [item for item in allowed if evaluation.passed.issuperset(item.interest.filters)]
        await self._send_to_who_may_see(change, table, evaluation, passing)

    async def _send_to_who_may_see(
        self, change: RowChange, table: Table, evaluation: Evaluation, passing: list[Subscription]
    ) -> None:
        seen = await self._seen(change, table, passing)
        for role, selected in {(item.role, item.interest.columns) for item in passing}:
            group = [item for item in passing if (item.role, item.interest.columns) == (role, selected)]
            visible = [item for item in group if seen[item.role, item.claims]]
            failed = [item for item in group if seen[item.role, item.claims] is None]
            if visible:
                _send(payloads.success(change, table, evaluation, role, selected), visible)
            if failed:
                _send(payloads.failure(change, payloads.POLICY_FAILED), failed)

    async def _seen(self, change: RowChange, table: Table, passing: list[Subscription]) -> dict[Person, bool | None]:
        """Return who sees the row; subscribers with the same role and claims are asked about once."""
        people = list(dict.fromkeys((item.role, item.claims) for item in passing))
        if change.action == "DELETE" or not table.has_rls:
            return dict.fromkeys(people, True)
        return await self._visibility.ask(table, change, people)


def _refusal(change: RowChange, table: Table, role: str) -> str | None:
    """Say why a role cannot be told about a change at all; a deleted row needs no key to be looked up by."""
    if change.action == "DELETE":
        return None
    if not table.key():
        return payloads.BAD_REQUEST
    return None if all(role in column.readers for column in table.key()) else payloads.UNAUTHORIZED


def _send(data: str, subscriptions: list[Subscription]) -> None:
    """Send one message to each channel, naming all of its bindings that match; equal messages are encoded once."""
    ids: dict[Listener, list[int]] = {}
    for item in subscriptions:
        ids.setdefault(item.listener, []).append(item.id)
    messages: dict[tuple[str, tuple[int, ...]], Outgoing] = {}
    for listener, numbers in ids.items():
        key = (listener.topic, tuple(numbers))
        if key not in messages:
            payload = f'{{"ids":[{",".join(map(str, numbers))}],"data":{data}}}'
            messages[key] = Outgoing(listener.topic, "postgres_changes", payload)
        listener.receive_change(messages[key])
