"""Rows of ``auth.sessions``: one for each sign-in, with the methods that proved it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg.rows import class_row

from supabase_local.auth.database import Connection
from supabase_local.auth.errors import AuthError
from supabase_local.auth.settings import AuthSettings
from supabase_local.auth.users import User, now


@dataclass(frozen=True)
class Client:
    """The program that signs in, as recorded in its session."""

    address: str
    user_agent: str | None


@dataclass(frozen=True)
class Session:
    """One signed-in session. ``refreshed_at`` is UTC without time zone, as the table has it."""

    id: UUID
    user_id: UUID
    created_at: datetime
    refreshed_at: datetime | None
    not_after: datetime | None
    aal: str

    @property
    def has_second_factor(self) -> bool:
        """Whether a second factor has been proved in this session."""
        return self.aal == "aal2"

    @property
    def last_used(self) -> datetime:
        """When the session was refreshed last, or began."""
        return self.refreshed_at.replace(tzinfo=UTC) if self.refreshed_at else self.created_at


async def start_session(connection: Connection, user: User, method: str, client: Client) -> Session:
    """Create a session proved by ``method`` (``password``, ``otp``, ``oauth``)."""
    session_id, moment = uuid4(), now()
    await connection.execute(
        """
        insert into auth.sessions (id, user_id, created_at, updated_at, aal, user_agent, ip)
        values (%s, %s, %s, %s, 'aal1', %s, %s)
        """,
        (session_id, user.id, moment, moment, client.user_agent, client.address),
    )
    await _note_method(connection, session_id, method)
    return Session(session_id, user.id, moment, None, None, "aal1")


async def find_session(connection: Connection, session_id: UUID, *, lock: bool = False) -> Session | None:
    """Return the session; with ``lock`` it stays locked until the transaction ends."""
    cursor = connection.cursor(row_factory=class_row(Session))
    statement = """
        select id, user_id, created_at, refreshed_at, not_after, coalesce(aal, 'aal1')::text as aal
        from auth.sessions where id = %s
    """
    await cursor.execute(statement + " for update" if lock else statement, (session_id,))
    return await cursor.fetchone()


async def authentication_methods(connection: Connection, session_id: UUID) -> list[dict[str, Any]]:
    """Return the ``amr`` claim: the session's methods, oldest first, with epoch seconds."""
    cursor = await connection.execute(
        """
        select authentication_method, extract(epoch from updated_at)::bigint
        from auth.mfa_amr_claims where session_id = %s order by updated_at
        """,
        (session_id,),
    )
    return [{"method": method, "timestamp": moment} for method, moment in await cursor.fetchall()]


async def raise_session(connection: Connection, session: Session, factor_id: UUID, method: str) -> Session:
    """Record that a second factor was proved and return the session as it is now. Raises 403 when it has ended."""
    cursor = await connection.execute(
        "update auth.sessions set aal = 'aal2', factor_id = %s, updated_at = %s where id = %s",
        (factor_id, now(), session.id),
    )
    if not cursor.rowcount:
        raise AuthError(403, "session_not_found", "Session from session_id claim in JWT does not exist")
    await _note_method(connection, session.id, method)
    return replace(session, aal="aal2")


async def lower_sessions(connection: Connection, factor_id: UUID, method: str) -> None:
    """Take back what a factor, now gone, has proved: its sessions are ``aal1`` again, as their next tokens say."""
    await connection.execute(
        """
        with lowered as (
          update auth.sessions set aal = 'aal1', factor_id = null, updated_at = %s where factor_id = %s returning id
        )
        delete from auth.mfa_amr_claims where session_id in (select id from lowered) and authentication_method = %s
        """,
        (now(), factor_id, method),
    )


async def end_lower_sessions(connection: Connection, user_id: UUID) -> None:
    """End the user's sessions in which no second factor was proved."""
    await connection.execute("delete from auth.sessions where user_id = %s and aal < 'aal2'", (user_id,))


async def note_refresh(connection: Connection, session: Session, client: Client) -> None:
    """Record that the session was refreshed now, and from where."""
    await connection.execute(
        "update auth.sessions set refreshed_at = %s, updated_at = %s, user_agent = %s, ip = %s where id = %s",
        (now().replace(tzinfo=None), now(), client.user_agent, client.address, session.id),
    )


def check_age(session: Session, settings: AuthSettings) -> None:
    """Raise ``session_expired`` (400) when ``[auth.sessions]`` says that the session is over. Zero means no end."""
    moment, timebox, inactivity = now(), settings.session_timebox, settings.session_inactivity
    ends = [session.not_after] if session.not_after else []
    if timebox:
        ends.append(session.created_at + timebox)
    if any(moment > end for end in ends):
        raise AuthError(400, "session_expired", "Invalid Refresh Token: Session Expired")
    if inactivity and moment > session.last_used + inactivity:
        raise AuthError(400, "session_expired", "Invalid Refresh Token: Session Expired (Inactivity)")


async def end_session(connection: Connection, session_id: UUID) -> None:
    """End one session; its refresh tokens go with it."""
    await connection.execute("delete from auth.sessions where id = %s", (session_id,))


async def end_sessions(connection: Connection, user_id: UUID, *, keep: UUID | None = None) -> None:
    """End all sessions of the user but ``keep``."""
    await connection.execute("delete from auth.sessions where user_id = %s and id is distinct from %s", (user_id, keep))


async def _note_method(connection: Connection, session_id: UUID, method: str) -> None:
    moment = now()
    await connection.execute(
        """
        insert into auth.mfa_amr_claims (id, session_id, created_at, updated_at, authentication_method)
        values (%s, %s, %s, %s, %s)
        on conflict (session_id, authentication_method) do update set updated_at = excluded.updated_at
        """,
        (uuid4(), session_id, moment, moment, method),
    )
