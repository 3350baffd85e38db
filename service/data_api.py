"""Asks the Data API in a person's name: row-level security stays on, and refusals become our own errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
from postgrest import SyncPostgrestClient
from postgrest.exceptions import APIError

from service.errors import AuthUnavailable, DatabaseRefusal, DomainError, NoSession, NotAllowed
from service.supabase_door import SupabaseDoor


def ask(door: SupabaseDoor, access_token: str, question: Callable[[SyncPostgrestClient], Any]) -> Any:
    """What `question` gets with a client in the person's name.

    Raises NoSession for a token that is wrong or expired, NotAllowed, DatabaseRefusal for a refusal in the database's
    own words, AuthUnavailable when the Data API does not answer.
    """
    try:
        with door.as_person(access_token) as api:
            return question(api)
    except APIError as error:
        raise _refusal(error) from error
    except (httpx.HTTPError, ValueError) as error:
        raise AuthUnavailable from error


def _refusal(error: APIError) -> DomainError:
    """PostgREST answers PGRST3xx for tokens that it does not accept and PGRST0xx when it has no database."""
    code = error.code or ""
    if code.startswith("PGRST3"):
        return NoSession()
    if code == "42501":
        return NotAllowed()
    if code.startswith("PT4") and code[2:].isdigit():
        return DatabaseRefusal(int(code[2:]), error.details or "refused", error.message or "This is not possible.")
    return AuthUnavailable()
