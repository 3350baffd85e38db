"""The ``state`` that travels to the provider and back: a signed note of what the person came for."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from supabase_local.auth.errors import AuthError
from supabase_local.auth.jwts import sign, verified_claims
from supabase_local.auth.room import Room

_VALIDITY = 300
"""Seconds that a person may take at the provider."""


@dataclass(frozen=True)
class State:
    """Where the person came from and what happens when they are back."""

    provider: str
    referrer: str
    """Where they are sent in the end; was checked against the allowed addresses."""
    flow: UUID | None
    """The row of ``auth.flow_state`` with the challenge; None for the implicit flow."""
    linking_target: UUID | None
    """The signed-in user who gets another identity; None for a sign-in."""


def sign_state(room: Room, state: State) -> str:
    """Return the state as a token with GoTrue's claims."""
    claims = {
        "exp": int(time.time()) + _VALIDITY,
        "site_url": room.settings.site_url,
        "id": str(UUID(int=0)),
        "provider": state.provider,
        "referrer": state.referrer,
        "flow_state_id": str(state.flow or ""),
        "linking_target_id": str(state.linking_target or ""),
    }
    return sign(claims, room.keys.jwt_secret)


def read_state(room: Room, token: str) -> State:
    """Return what the token says. Raises ``bad_oauth_callback`` or ``bad_oauth_state`` (400)."""
    if not token:
        raise AuthError(400, "bad_oauth_callback", "OAuth state parameter missing")
    try:
        claims = verified_claims(token, room.keys.jwt_secret)
    except AuthError as error:
        raise AuthError(400, "bad_oauth_state", "OAuth callback with invalid state") from error
    if not claims.get("provider"):
        raise AuthError(400, "bad_oauth_state", "OAuth callback with invalid state (missing provider)")
    return State(claims["provider"], claims["referrer"], _id(claims["flow_state_id"]), _id(claims["linking_target_id"]))


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None
