"""Granting a session: the access token, the refresh token and the answer that carries both."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from supabase_local.auth import refresh_tokens, sessions
from supabase_local.auth.database import Connection
from supabase_local.auth.jwts import sign
from supabase_local.auth.representation import user_json
from supabase_local.auth.room import Room
from supabase_local.auth.sessions import Client, Session
from supabase_local.auth.users import User, now, update_user


@dataclass(frozen=True)
class Grant:
    """Tokens for one session, and whose they are."""

    access_token: str
    refresh_token: str
    expires_in: int
    """Seconds."""
    expires_at: int
    """Epoch seconds."""
    user: dict[str, Any]

    def members(self) -> dict[str, Any]:
        """Return the body of the token endpoint's answer."""
        return {
            "access_token": self.access_token,
            "token_type": "bearer",
            "expires_in": self.expires_in,
            "expires_at": self.expires_at,
            "refresh_token": self.refresh_token,
            "user": self.user,
        }

    def fragment(self, **added: str) -> dict[str, str]:
        """Return what a redirect carries after following a link or coming back from a provider."""
        tokens = {name: str(value) for name, value in self.members().items() if name != "user"}
        return tokens | added


async def grant_session(room: Room, connection: Connection, user: User, method: str, client: Client) -> Grant:
    """Start a session proved by ``method`` and return its tokens."""
    user = await update_user(connection, user, last_sign_in_at=now())
    session = await sessions.start_session(connection, user, method, client)
    token = await refresh_tokens.issue(connection, user.id, session.id)
    return await grant_tokens(room, connection, user, session, token)


async def grant_tokens(room: Room, connection: Connection, user: User, session: Session, refresh_token: str) -> Grant:
    """Return a fresh access token for a session beside ``refresh_token``."""
    issued_at = int(time.time())
    expires_in = room.settings.jwt_expiry
    claims = {
        "iss": room.settings.issuer,
        "sub": str(user.id),
        "aud": user.aud,
        "exp": issued_at + expires_in,
        "iat": issued_at,
        "email": user.email,
        "phone": user.phone,
        "app_metadata": user.app_metadata,
        "user_metadata": user.user_metadata,
        "role": user.role,
        "aal": session.aal,
        "amr": await sessions.authentication_methods(connection, session.id),
        "session_id": str(session.id),
        "is_anonymous": user.is_anonymous,
    }
    access_token = sign(claims, room.keys.jwt_secret)
    members = await user_json(connection, user)
    return Grant(access_token, refresh_token, expires_in, issued_at + expires_in, members)
