"""Connects the demo company to the provider sandbox, as its owner would on the settings page. Safe to repeat.

Run by ./scripts/dev once the service and the sandbox answer: `python -m service.operations.connect_demo`.
"""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

from service import twilio_settings
from service.database import Database
from service.errors import DomainError
from service.members import Member, company_numbers, member_of
from service.sessions import accounts
from service.settings import Settings, SettingsError, load_settings
from service.supabase_door import SupabaseDoor
from service.twilio_settings import Credentials
from service.visitors import Visitor

OWNER = "owner@ridgeline.example"
NOBODY = Visitor(address=None)
PASSWORD = "ridgeline-demo"  # noqa: S105 - printed by ./scripts/dev for everybody
SANDBOX_ACCOUNT = Credentials(
    account_sid="AC00000000000000000000000000000001",
    auth_token="sandbox-token-0000000000000000001",  # noqa: S106 - one of the sandbox's built-in accounts
)


def connect_demo(settings: Settings) -> list[str]:
    """Save the sandbox's account for the demo company unless it is kept already; returns the connected numbers.

    Raises DomainError when the seed is missing, the sandbox does not answer or it refuses.
    """
    door, database = SupabaseDoor(settings), Database(settings.database_url("portal"), "connect-demo", max_size=1)
    try:
        session = accounts.sign_in(door, NOBODY, email=OWNER, password=PASSWORD)
        member = member_of(door, session.access_token)
        numbers = company_numbers(door, session.access_token)
        if _is_kept(settings, database, member):
            twilio_settings.connect_numbers(settings, member, SANDBOX_ACCOUNT, numbers)
        else:
            twilio_settings.save(settings, database, member, SANDBOX_ACCOUNT, numbers)
        accounts.sign_out(door, NOBODY, refresh_token=session.refresh_token, scope="local")
    finally:
        database.close()
    return numbers


def _is_kept(settings: Settings, database: Database, member: Member) -> bool:
    """Whether the sandbox's account can be read back: not when the vault's key was made anew since."""
    try:
        return twilio_settings.kept_credentials(settings, database, member) == SANDBOX_ACCOUNT
    except DomainError:
        return False


def main() -> int:
    """Connect, and say what was connected. Refuses a real Twilio account and production."""
    try:
        settings = load_settings()
        if settings.environment == "production" or not _is_local(settings.twilio_api_base_url):
            print("connect_demo: only for a sandbox on this machine (FIELDLITE_TWILIO_API_BASE_URL)", file=sys.stderr)
            return 2
        numbers = connect_demo(settings)
    except (SettingsError, DomainError) as error:
        print(f"connect_demo: {error}", file=sys.stderr)
        return 1
    print(f"The demo company texts through the sandbox: {', '.join(numbers)}")
    return 0


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in {"127.0.0.1", "localhost", "::1"}


if __name__ == "__main__":
    raise SystemExit(main())
