"""A company's Twilio account: tested before it is kept, shown by its last characters only.

Who may do this (owner and manager) is decided by the database in each function that is called here. Credentials pass
through as arguments; they are in no exception, log line or return value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.database import Database
from service.errors import DomainError, InvalidInput, Unavailable
from service.members import Member
from service.settings import Settings
from service.telephony.account import Account, configure_numbers, verify_account
from service.telephony.errors import TelephonyRefused, TelephonyUnavailable

Summary = dict[str, Any]
"""{configured, account_sid_last4, auth_token_last4, has_next_auth_token, verified_at, encryption_key_id}"""

NOT_CONFIGURED: Summary = {
    "configured": False,
    "account_sid_last4": None,
    "auth_token_last4": None,
    "has_next_auth_token": False,
    "verified_at": None,
    "encryption_key_id": None,
}


@dataclass(frozen=True, repr=False)
class Credentials:
    """What Twilio's console shows; the next token is the one promoted at the end of a rotation."""

    account_sid: str
    auth_token: str
    next_auth_token: str | None = None


def summary(database: Database, member: Member) -> Summary:
    """What is kept, masked. Raises DatabaseRefusal 403 `not_allowed`."""
    kept = database.call_value("twilio_settings_summary", **_who(member))
    return kept if kept else NOT_CONFIGURED


def save(
    settings: Settings, database: Database, member: Member, credentials: Credentials, numbers: list[str]
) -> Summary:
    """Test the credentials at Twilio, keep them, and point those of `numbers` that the account owns at our webhook.

    Raises DatabaseRefusal 403 before Twilio is asked, InvalidInput (`twilio_refused`) with nothing kept, and
    Unavailable (`twilio_unavailable`) when Twilio does not answer; saving again repairs what is then half done.
    """
    summary(database, member)
    _verify(settings, credentials)
    key_id, key = settings.keyring().current
    kept: Summary = database.call_value(
        "save_twilio_settings",
        **_who(member),
        p_account_sid=credentials.account_sid,
        p_auth_token=credentials.auth_token,
        p_next_auth_token=credentials.next_auth_token,
        p_key_id=key_id,
        p_key=key,
    )
    connect_numbers(settings, member, credentials, numbers)
    return kept


def test(settings: Settings, database: Database, member: Member) -> Account:
    """Ask Twilio about the account with the kept credentials.

    Raises DatabaseRefusal 403, InvalidInput (`twilio_not_set_up`, `twilio_refused`), Unavailable.
    """
    return _verify(settings, kept_credentials(settings, database, member))


def delete(database: Database, member: Member) -> None:
    """Forget the credentials. Raises DatabaseRefusal 403."""
    database.call("delete_twilio_settings", **_who(member))


def kept_credentials(settings: Settings, database: Database, member: Member) -> Credentials:
    """The decrypted credentials. Raises DatabaseRefusal 403, InvalidInput (`twilio_not_set_up`)."""
    rows = database.call("twilio_credentials", **_who(member), p_keyring=settings.keyring().as_json())
    if not rows:
        raise InvalidInput("twilio_not_set_up", "Twilio is not set up yet.")
    return Credentials(account_sid=rows[0]["account_sid"], auth_token=rows[0]["auth_token"])


def connect_numbers(settings: Settings, member: Member, credentials: Credentials, numbers: list[str]) -> None:
    """Point the numbers (E.164) at our webhook; those that the account does not own are left alone."""
    try:
        configure_numbers(settings, credentials.account_sid, credentials.auth_token, member.tenant_id, numbers)
    except (TelephonyRefused, TelephonyUnavailable) as error:
        raise _meaning(error) from error


def _verify(settings: Settings, credentials: Credentials) -> Account:
    try:
        return verify_account(settings, credentials.account_sid, credentials.auth_token)
    except (TelephonyRefused, TelephonyUnavailable) as error:
        raise _meaning(error) from error


def _meaning(error: TelephonyRefused | TelephonyUnavailable) -> DomainError:
    if isinstance(error, TelephonyRefused):
        return InvalidInput("twilio_refused", "Twilio does not accept this account SID and auth token.")
    return Unavailable("twilio_unavailable", "Twilio does not answer at the moment. Please try again.")


def _who(member: Member) -> dict[str, Any]:
    return {"p_tenant": member.tenant_id, "p_user": member.user_id}
