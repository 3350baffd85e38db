"""The worker's door to the database: its functions of schema `backend`, over the pool that the queue uses too."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from service.errors import DatabaseUnavailable

Pool = AsyncConnectionPool[psycopg.AsyncConnection[Any]]

_BORROW_SECONDS = 5.0
_RECONNECT_SECONDS = 5.0
"""How long the pool tries by itself to replace a lost connection: its pauses double, and a call starts them anew."""


@dataclass(frozen=True)
class Number:
    """One phone number of one company: what a drain empties."""

    tenant_id: UUID
    phone_number_id: UUID


@dataclass(frozen=True)
class ClaimedText:
    """A text that nobody but this worker will send now. Numbers are E.164."""

    tenant_id: UUID
    message_id: UUID
    from_number: str
    to_number: str
    body: str


@dataclass(frozen=True)
class Wait:
    """Texts are due, but the carrier takes the next one only in `seconds`."""

    seconds: float


def open_pool(url: str, *, concurrency: int) -> Pool:
    """Make the pool, unopened: a connection for each drain, and some for the queue, the tick and the heartbeat.

    The keep-alive settings end a connection whose server vanished without a word within about half a minute.
    """
    return AsyncConnectionPool(
        url,
        min_size=2,
        max_size=concurrency + 3,
        timeout=_BORROW_SECONDS,
        reconnect_timeout=_RECONNECT_SECONDS,
        check=AsyncConnectionPool.check_connection,
        # Not among kwargs: the queue opens its listening connection with these and sets it itself.
        configure=_commit_each_statement,
        kwargs={
            "application_name": "fieldlite-worker",
            "connect_timeout": 5,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 20_000,
        },
        open=False,
        name="worker",
    )


async def _commit_each_statement(connection: psycopg.AsyncConnection[Any]) -> None:
    await connection.set_autocommit(True)


class Door:
    """One method for each function of sending; `call` for the rest.

    All raise DatabaseUnavailable: the call may or may not have been carried out.
    """

    def __init__(self, pool: Pool, keyring: dict[str, str]) -> None:
        """`keyring` as `Keyring.as_json` gives it; it goes to the database as a parameter, never as text."""
        self._pool = pool
        self._keyring = keyring

    async def sender(self, tenant_id: UUID) -> tuple[str, str] | None:
        """Return the company's account SID and token, or None when it has none (any more)."""
        rows = await self.call("twilio_sender", p_tenant=tenant_id, p_keyring=Jsonb(self._keyring))
        return (rows[0]["account_sid"], rows[0]["auth_token"]) if rows else None

    async def claim(self, number: Number, worker: str) -> ClaimedText | Wait | None:
        """Claim the next due text for `worker`; None when nothing is due.

        One at a time: what is claimed when this process dies is shown as unknown, so nothing is claimed in advance.
        """
        rows = await self.call(
            "claim_messages",
            p_tenant=number.tenant_id,
            p_phone_number=number.phone_number_id,
            p_worker=worker,
            p_limit=1,
        )
        if not rows:
            return None
        row = rows[0]
        if row["message_id"] is None:
            return Wait(float(row["wait_seconds"]))
        return ClaimedText(row["tenant_id"], row["message_id"], row["from_number"], row["to_number"], row["body"])

    async def record_sent(self, text: ClaimedText, sid: str, status: str, segments: int) -> None:
        """Twilio took the text under `sid`, its status and segments as Twilio says. Safe to repeat."""
        await self.call("record_sent", **_of(text), p_sid=sid, p_status=status, p_segments=segments)

    async def record_failed(self, text: ClaimedText, code: int, words: str) -> None:
        """Twilio refused the text for good. Safe to repeat."""
        await self.call("record_failed", **_of(text), p_error_code=code, p_error=words)

    async def record_unknown(self, text: ClaimedText, reason: str) -> None:
        """Nobody knows whether Twilio took the text. Safe to repeat."""
        await self.call("record_unknown", **_of(text), p_reason=reason)

    async def release(self, text: ClaimedText, seconds: float, reason: str) -> None:
        """Give back a text that is proven not to have left, due again in `seconds`.

        Never repeat it after a DatabaseUnavailable: another worker may have claimed the text since.
        """
        retry_after = timedelta(seconds=seconds)
        await self.call("release_message", **_of(text), p_retry_after=retry_after, p_reason=reason)

    async def beat(self, worker: str) -> None:
        """Tell that `worker` lives."""
        await self.call("worker_heartbeat", p_worker=worker)

    async def stopped(self, worker: str) -> None:
        """Tell that `worker` lives no more."""
        await self.call("worker_stopped", p_worker=worker)

    async def tick(self) -> list[dict[str, Any]]:
        """Mend what crashes left behind; return a row {task, tenant_id, phone_number_id, detail} for each repair."""
        return await self.call("worker_tick")

    async def call(self, function: LiteralString, **arguments: Any) -> list[dict[str, Any]]:
        """Call `backend.<function>` with named arguments; one dict for each row of its result."""
        names = sql.SQL(", ").join(sql.SQL("{} => {}").format(sql.Identifier(n), sql.Placeholder(n)) for n in arguments)
        statement = sql.SQL("select * from {}({})").format(sql.Identifier("backend", function), names)
        try:
            async with self._pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
                await cursor.execute(statement, arguments)
                return await cursor.fetchall()
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise DatabaseUnavailable from error


def _of(text: ClaimedText) -> dict[str, UUID]:
    return {"p_tenant": text.tenant_id, "p_message": text.message_id}
