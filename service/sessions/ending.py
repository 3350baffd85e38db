"""Ends log-ins at once. Auth alone would let their access tokens run for up to an hour; the database refuses them."""

from __future__ import annotations

from typing import Literal

from service.data_api import ask
from service.supabase_door import SupabaseDoor


def end_sessions(door: SupabaseDoor, access_token: str, scope: Literal["others", "all"]) -> None:
    """End the person's other sessions, or all of them. Raises NoSession, AuthUnavailable."""
    ask(door, access_token, lambda api: api.rpc("end_sessions", {"p_scope": scope}).execute())
