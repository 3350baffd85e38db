"""Who is signed in, and for which company: asked of the database with the person's own token, not read out of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from service.data_api import ask
from service.errors import NotAllowed
from service.supabase_door import SupabaseDoor


@dataclass(frozen=True)
class Member:
    """A person acting for the company that their session has chosen."""

    user_id: UUID
    tenant_id: UUID


def member_of(door: SupabaseDoor, access_token: str) -> Member:
    """The member whose access token this is.

    Raises NoSession for a token that is wrong or expired, NotAllowed (`no_company`) for a person without a company,
    AuthUnavailable when the Data API does not answer.
    """
    rows = ask(door, access_token, lambda api: api.rpc("my_session", {}).execute().data)
    if not rows:
        raise NotAllowed("no_company", "Please set up your company first.")
    return Member(user_id=UUID(rows[0]["user_id"]), tenant_id=UUID(rows[0]["tenant_id"]))


def company_numbers(door: SupabaseDoor, access_token: str) -> list[str]:
    """The company's own phone numbers as E.164, as far as the person may see them. Raises as `member_of` does."""
    rows = ask(door, access_token, lambda api: api.from_("phone_numbers").select("e164").order("e164").execute().data)
    return [str(row["e164"]) for row in rows]
