"""Proof key for code exchange: ``auth.flow_state`` and the exchange of a code for a session (RFC 7636)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from psycopg.rows import class_row

from supabase_local.auth.bodies import Body
from supabase_local.auth.database import Connection
from supabase_local.auth.errors import AuthError, validation_failed
from supabase_local.auth.users import User, now

_VALIDITY = timedelta(minutes=5)
_CHALLENGE = re.compile(r"[a-zA-Z0-9._~-]+")
METHOD_OF_LINK = {
    "signup": "email/signup",
    "invite": "invite",
    "recovery": "recovery",
    "magiclink": "magiclink",
    "email_change": "email_change",
}
"""How a session that began with a link of this type was authenticated."""


@dataclass(frozen=True)
class Challenge:
    """What the client sent before the link: only who holds its verifier may exchange the code."""

    method: str
    value: str


@dataclass(frozen=True)
class FlowState:
    """A started flow."""

    id: UUID
    user_id: UUID
    code_challenge_method: str
    code_challenge: str
    authentication_method: str
    created_at: datetime
    auth_code_issued_at: datetime | None
    provider_token: str
    """What the provider gave out for its own interface, ``""`` for flows by e-mail."""


def challenge_from(body: Body) -> Challenge | None:
    """Return the challenge of a request, None for the implicit flow. Raises ``validation_failed`` (400)."""
    method, value = body.text("code_challenge_method").lower(), body.text("code_challenge")
    if not method and not value:
        return None
    if not method or not value:
        raise validation_failed("PKCE flow requires code_challenge_method and code_challenge")
    if not 43 <= len(value) <= 128:
        raise validation_failed("code challenge has to be between 43 and 128 characters")
    if _CHALLENGE.fullmatch(value) is None:
        raise validation_failed(
            "code challenge can only contain alphanumeric characters, hyphens, periods, underscores and tilde"
        )
    if method not in {"s256", "plain"}:
        raise validation_failed(f"unsupported code_challenge method {method!r}")
    return Challenge(method, value)


async def start_flow(connection: Connection, user: User, link_type: str, challenge: Challenge) -> None:
    """Remember the challenge until the user follows the link of ``link_type``."""
    moment = now()
    await connection.execute(
        """
        insert into auth.flow_state (
          id, user_id, auth_code, code_challenge_method, code_challenge, provider_type, authentication_method,
          created_at, updated_at
        ) values (%s, %s, %s, %s, %s, 'email', %s, %s, %s)
        """,
        (
            uuid4(), user.id, str(uuid4()), challenge.method, challenge.value, METHOD_OF_LINK[link_type],
            moment, moment,
        ),
    )  # fmt: skip


async def start_oauth_flow(connection: Connection, provider: str, challenge: Challenge) -> UUID:
    """Remember the challenge of somebody on the way to a provider; who it is, nobody knows yet."""
    flow, moment = uuid4(), now()
    await connection.execute(
        """
        insert into auth.flow_state (
          id, auth_code, code_challenge_method, code_challenge, provider_type, authentication_method,
          created_at, updated_at
        ) values (%s, %s, %s, %s, %s, 'oauth', %s, %s)
        """,
        (flow, str(uuid4()), challenge.method, challenge.value, provider, moment, moment),
    )
    return flow


async def finish_oauth_flow(connection: Connection, flow: UUID, user: User, provider_token: str) -> str:
    """Note who came back from the provider and return the flow's code. Raises ``flow_state_not_found`` (422)."""
    cursor = await connection.execute(
        """
        update auth.flow_state
        set user_id = %s, provider_access_token = %s, auth_code_issued_at = %s, updated_at = %s
        where id = %s returning auth_code
        """,
        (user.id, provider_token, now(), now(), flow),
    )
    row = await cursor.fetchone()
    if row is None:
        raise AuthError(422, "flow_state_not_found", "Flow state not found")
    return str(row[0])


async def issue_code(connection: Connection, user: User, link_type: str) -> str:
    """Return the code of the user's latest flow of this type. Raises ``flow_state_not_found`` (400)."""
    cursor = await connection.execute(
        """
        update auth.flow_state set auth_code_issued_at = %s, updated_at = %s where id = (
          select id from auth.flow_state where user_id = %s and authentication_method = %s
          order by created_at desc limit 1
        ) returning auth_code
        """,
        (now(), now(), user.id, METHOD_OF_LINK[link_type]),
    )
    row = await cursor.fetchone()
    if row is None:
        raise AuthError(400, "flow_state_not_found", "No associated flow state found.")
    return str(row[0])


async def exchange(connection: Connection, code: str, verifier: str) -> FlowState:
    """Consume the flow of ``code``. Raises 404 for an unknown one, 422 for an expired one, 400 for a wrong verifier."""
    cursor = connection.cursor(row_factory=class_row(FlowState))
    await cursor.execute(
        """
        select id, user_id, code_challenge_method::text as code_challenge_method, code_challenge,
          authentication_method, created_at, auth_code_issued_at,
          coalesce(provider_access_token, '') as provider_token
        from auth.flow_state where auth_code = %s and user_id is not null for update
        """,
        (code,),
    )
    flow = await cursor.fetchone()
    if flow is None:
        raise AuthError(404, "flow_state_not_found", "invalid flow state, no valid flow state found")
    if now() > (flow.auth_code_issued_at or flow.created_at) + _VALIDITY:
        raise AuthError(422, "flow_state_expired", "invalid flow state, flow state has expired")
    if not _verifies(flow, verifier):
        raise AuthError(400, "bad_code_verifier", "code challenge does not match previously saved code verifier")
    await connection.execute("delete from auth.flow_state where id = %s", (flow.id,))
    return flow


def _verifies(flow: FlowState, verifier: str) -> bool:
    expected = verifier.encode()
    if flow.code_challenge_method == "s256":
        expected = base64.urlsafe_b64encode(hashlib.sha256(expected).digest()).rstrip(b"=")
    return hmac.compare_digest(expected, flow.code_challenge.encode())
