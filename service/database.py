"""The database door: one pool for each login role, one SQL shape, `select * from backend.<function>(...)`.

Made for a pooler in transaction mode: every call is one autocommitted statement, nothing is prepared and nothing is
left in the session. A dead or frozen database answers `DatabaseUnavailable` in less than two seconds, and calls succeed
again by themselves soon after it is back.
"""

from __future__ import annotations

import select
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from time import monotonic
from typing import Any, TypeVar

import psycopg
from psycopg import sql
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool, PoolTimeout
from structlog.contextvars import get_contextvars

from service.errors import DatabaseRefusal, DatabaseUnavailable

Row = dict[str, Any]
RV = TypeVar("RV")

CALL_SECONDS = 1.5
"""What one call may take in all: providers are answered 503 within two seconds, so that they try again."""

BORROW_SECONDS = 1.0
"""The part of it that may pass while waiting for a connection."""

BORROW_SECONDS_WHEN_DOWN = 0.2
"""Once a borrow has failed, later calls wait this long, or a queue of webhooks would wait far over two seconds."""

WRONG_KEY = "39000"
"""external_routine_invocation_exception: how pgcrypto says that a key does not fit."""

RECONNECT_SECONDS = 0.1
"""How long the pool pauses between its two tries to replace a lost connection; later calls have it try anew.

Shorter than a call waits while the database is down: otherwise calls would still fail when it is back, until the pause
is over.
"""


class BoundedConnection(psycopg.Connection[Row]):
    """A connection whose every wait for the server ends: a frozen server would otherwise hold the thread for ever."""

    deadline: float | None = None
    """The `monotonic()` time at which the statement under way is given up."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """As psycopg's, with what is left until the deadline as the default timeout."""
        if timeout is None and self.deadline is not None:
            timeout = max(0.01, self.deadline - monotonic())
        return super().wait(gen, interval=interval, timeout=timeout)


class Database:
    """The functions of schema `backend` that one login may execute. Safe to share between threads."""

    def __init__(self, url: str, name: str, max_size: int = 8) -> None:
        """`url`: DSN of the login; `name` shows in pg_stat_activity. Does not wait for the database."""
        self._down = False
        self._pool: ConnectionPool[BoundedConnection] = ConnectionPool(
            url,
            connection_class=BoundedConnection,
            kwargs={
                "autocommit": True,
                "prepare_threshold": None,
                "row_factory": dict_row,
                "connect_timeout": 2,
                "application_name": f"fieldlite-{name}",
            },
            min_size=1,
            max_size=max_size,
            name=name,
            timeout=BORROW_SECONDS,
            reconnect_timeout=RECONNECT_SECONDS,
            open=False,
        )
        self._pool.open(wait=False)

    def call(self, function: str, /, **arguments: Any) -> list[Row]:
        """Call `backend.<function>` with named arguments; one dict for each row of its result.

        A dict goes as jsonb, bytes as bytea. The id of the request under way goes along, for the audit log. Raises
        DatabaseRefusal for `PTxyz`, DatabaseUnavailable when there is no answer in time (the call may have been carried
        out), and psycopg.Error for what should never happen.
        """
        request_id = get_contextvars().get("request_id")
        statement = _statement(function, tuple(arguments), traced=request_id is not None)
        values = [Jsonb(value) if isinstance(value, dict) else value for value in arguments.values()]
        if request_id is not None:
            values.insert(0, request_id)
        with self._connection() as connection:
            return connection.execute(statement, values).fetchall()

    def call_value(self, function: str, /, **arguments: Any) -> Any:
        """As `call`, for a function that returns one value."""
        return next(iter(self.call(function, **arguments)[0].values()))

    def ping(self) -> None:
        """DatabaseUnavailable when the database does not answer."""
        with self._connection() as connection:
            connection.execute("select 1")

    def close(self) -> None:
        """Close every connection; later calls fail."""
        self._pool.close()

    @contextmanager
    def _connection(self) -> Iterator[BoundedConnection]:
        deadline = monotonic() + CALL_SECONDS
        connection = self._borrow()
        connection.deadline = deadline
        try:
            yield connection
        except psycopg.DatabaseError as error:
            if refusal := _refusal(error):
                raise refusal from error
            if not isinstance(error, psycopg.OperationalError):
                raise
            if connection.info.transaction_status != TransactionStatus.IDLE:
                self._down = True
                connection.close()  # in an unknown state: the pool replaces it
            raise DatabaseUnavailable from error
        finally:
            connection.deadline = None
            self._pool.putconn(connection)

    def _borrow(self) -> BoundedConnection:
        """A connection whose other end is there as far as this end can tell; those that are dead are thrown away."""
        until = monotonic() + (BORROW_SECONDS_WHEN_DOWN if self._down else BORROW_SECONDS)
        while True:
            try:
                connection = self._pool.getconn(timeout=max(0.0, until - monotonic()))
            except PoolTimeout as error:
                self._down = True
                raise DatabaseUnavailable from error
            if not _is_hung_up(connection):
                self._down = False
                return connection
            connection.close()
            self._pool.putconn(connection)


def _is_hung_up(connection: BoundedConnection) -> bool:
    """Whether the server closed an idle connection, told without a round trip: only then is its socket readable."""
    if connection.closed:
        return True
    poll = select.poll()
    poll.register(connection.pgconn.socket, select.POLLIN)
    return bool(poll.poll(0))


_TRACED = """
    select called.*
    from (select set_config('fieldlite.request_id', %s, true) offset 0) as request (id)
    cross join lateral (select * from {call} where request.id is not null offset 0) as called
"""
"""One statement, so one round trip and nothing left in the session. The inner select names the outer row, so the
setting is made before the function runs; without `offset 0` the planner could merge them and choose another order."""


@lru_cache(maxsize=256)
def _statement(function: str, names: tuple[str, ...], *, traced: bool) -> bytes:
    """The text of a call with named notation; names come from our code, values go as parameters."""
    arguments = sql.SQL(", ").join(sql.SQL("{} => %s").format(sql.Identifier(name)) for name in names)
    call = sql.SQL("{}({})").format(sql.Identifier("backend", function), arguments)
    return sql.SQL(_TRACED if traced else "select * from {call}").format(call=call).as_bytes(None)


def _refusal(error: psycopg.DatabaseError) -> DatabaseRefusal | None:
    """The refusal inside an error with SQLSTATE PTxyz (the convention of PostgREST), or None for any other."""
    state = error.sqlstate or ""
    if state == WRONG_KEY:
        return DatabaseRefusal(500, "vault_key_wrong", "A stored secret does not open with the key of its name.")
    if not (state.startswith("PT") and state[2:].isdigit()):
        return None
    return DatabaseRefusal(
        status=int(state[2:]),
        code=error.diag.message_detail or "refused",
        detail=error.diag.message_primary or "This is not possible.",
    )
