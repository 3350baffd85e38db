"""People in their roles, as the database sees them: a database role and the claims of a token."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import Connection, sql

ROLES = ("owner", "manager", "dispatcher", "estimator", "tech", "bookkeeper")

Parameters = list[Any] | tuple[Any, ...] | dict[str, Any]


@dataclass(frozen=True)
class Actor:
    """Somebody who asks the database for something; ``user_id`` None is a visitor without a log-in.

    ``aal`` is aal2 after a sign-in with a second factor.
    """

    role: str
    user_id: uuid.UUID | None = None
    tenant_id: uuid.UUID | None = None
    session_id: uuid.UUID = field(default_factory=uuid.uuid4)
    aal: str = "aal1"

    def require_user_id(self) -> uuid.UUID:
        """Return the person's id; a visitor has none."""
        if self.user_id is None:
            raise ValueError("a visitor has no log-in")
        return self.user_id

    @property
    def database_role(self) -> str:
        """The role that the Data API switches to for this actor."""
        return "anon" if self.user_id is None else "authenticated"

    @property
    def claims(self) -> str:
        """The claims of the actor's token, as the Data API hands them on."""
        return json.dumps(
            {
                "sub": str(self.user_id) if self.user_id else None,
                "role": self.database_role,
                "session_id": str(self.session_id),
                "email": f"{self.user_id}@example.test",
                "aal": self.aal,
            }
        )


@dataclass(frozen=True)
class Answer:
    """What a statement did: how many rows it touched and returned, or the SQLSTATE and detail of its refusal."""

    count: int = 0
    rows: tuple[tuple[Any, ...], ...] = ()
    state: str | None = None
    detail: str | None = None
    message: str | None = None


def be(connection: Connection[Any], actor: Actor) -> None:
    """Make the rest of the transaction (or savepoint) the actor's."""
    connection.execute("select set_config('request.jwt.claims', %s, true)", [actor.claims])
    connection.execute(sql.SQL("set local role {}").format(sql.Identifier(actor.database_role)))


def ask(
    connection: Connection[Any],
    actor: Actor,
    statement: str | sql.Composed,
    parameters: Parameters = (),
    *,
    keep: bool = False,
) -> Answer:
    """Run one statement as the actor and return what it did; undone afterwards unless ``keep``."""
    query = statement.encode() if isinstance(statement, str) else statement
    try:
        with connection.transaction(force_rollback=not keep):
            be(connection, actor)
            cursor = connection.execute(query, parameters)
            rows = tuple(cursor.fetchall()) if cursor.description else ()
            answer = Answer(count=cursor.rowcount, rows=rows)
            connection.execute("reset role")
            return answer
    except psycopg.Error as error:
        return Answer(state=error.sqlstate, detail=error.diag.message_detail, message=error.diag.message_primary)


def add_member(connection: Connection[Any], tenant_id: uuid.UUID, role: str) -> Actor:
    """Make a person with a log-in who works for the company in a role (by a connection that may do anything)."""
    user_id = uuid.uuid4()
    connection.execute("insert into auth.users (id, email) values (%s, %s)", [user_id, f"{user_id}@example.test"])
    connection.execute("insert into public.user_profiles (id) values (%s)", [user_id])
    connection.execute(
        "insert into public.memberships (tenant_id, user_id, role, display_name) values (%s, %s, %s, %s)",
        [tenant_id, user_id, role, role.capitalize()],
    )
    return Actor(role, user_id, tenant_id)


def add_company(connection: Connection[Any], name: str) -> uuid.UUID:
    """Make an empty company."""
    tenant_id = uuid.uuid4()
    connection.execute("insert into public.tenants (id, name) values (%s, %s)", [tenant_id, name])
    return tenant_id
