"""The accounts and phone numbers that the sandbox knows. Three companies are built in."""

import hashlib
from dataclasses import dataclass

from scripts.sandbox.database import Database

_BUILT_IN = (
    ("AC00000000000000000000000000000001", "sandbox-token-0000000000000000001", ("+13035550100",)),
    ("AC00000000000000000000000000000002", "sandbox-token-0000000000000000002", ("+13035550200",)),
    ("AC00000000000000000000000000000003", "sandbox-token-0000000000000000003", ("+13035550300",)),
)
_SETTINGS = (
    "friendly_name",
    "sms_url",
    "sms_method",
    "sms_fallback_url",
    "sms_fallback_method",
    "status_callback",
    "status_callback_method",
)


@dataclass(frozen=True)
class Account:
    """A company's account: the token authorises API requests and signs webhooks."""

    sid: str
    auth_token: str
    name: str


@dataclass(frozen=True)
class Number:
    """A phone number (E.164) of an account, and where its incoming texts go (empty: nowhere)."""

    sid: str
    account_sid: str
    phone_number: str
    friendly_name: str
    sms_url: str
    sms_method: str
    sms_fallback_url: str
    sms_fallback_method: str
    status_callback: str
    status_callback_method: str


class Accounts:
    """Reads and changes accounts and numbers."""

    def __init__(self, database: Database) -> None:
        """Add the built-in accounts where they are missing."""
        self._database = database
        self.add_built_in()

    def add_built_in(self) -> None:
        """Put the built-in accounts and numbers in place; what exists already is left as it is."""
        for sid, token, numbers in _BUILT_IN:
            name = f"Sandbox account {int(sid[2:])}"
            self._database.run("insert or ignore into accounts values (?, ?, ?)", (sid, token, name))
            for number in numbers:
                self._database.run(
                    "insert or ignore into numbers (sid, account_sid, phone_number, friendly_name) values (?, ?, ?, ?)",
                    (_number_sid(number), sid, number, number),
                )

    def find(self, sid: str) -> Account | None:
        """Return the account, or None."""
        row = self._database.row("select * from accounts where sid = ?", (sid,))
        return Account(**row) if row else None

    def change_token(self, sid: str, auth_token: str) -> None:
        """Rotate the account's token: from now on requests need it and webhooks are signed with it."""
        self._database.run("update accounts set auth_token = ? where sid = ?", (auth_token, sid))

    def numbers(self, account_sid: str | None = None) -> list[Number]:
        """Return the numbers of one account, or of all, in order."""
        query = "select * from numbers where account_sid = coalesce(?, account_sid) order by phone_number"
        return [Number(**row) for row in self._database.rows(query, (account_sid,))]

    def number(self, phone_number: str) -> Number | None:
        """Return the number with this E.164 form, or None."""
        row = self._database.row("select * from numbers where phone_number = ?", (phone_number,))
        return Number(**row) if row else None

    def change_number(self, sid: str, changes: dict[str, str]) -> None:
        """Set those settings of a number that `changes` names (snake_case as in the API's answers)."""
        for name in _SETTINGS:
            if name in changes:
                statement = f"update numbers set {name} = ? where sid = ?"  # noqa: S608  (name from the list above)
                self._database.run(statement, (changes[name], sid))


def _number_sid(phone_number: str) -> str:
    return "PN" + hashlib.md5(phone_number.encode(), usedforsecurity=False).hexdigest()
