"""Idempotency keys: the same request gets the same answer (https://docs.stripe.com/api/idempotent_requests)."""

import hashlib
import json
from dataclasses import dataclass

from scripts.sandbox.database import Database
from scripts.sandbox.stripe.errors import Refusal
from scripts.sandbox.stripe.store import Json

_LONGEST_KEY = 255


@dataclass(frozen=True)
class Key:
    """A key in an account, and the request that it stands for."""

    account: str
    key: str
    fingerprint: str


def key_of(account: str, key: str, request: str, pairs: list[tuple[str, str]]) -> Key:
    """Return the key of a request: `request` is its method and path, `pairs` are its parameters."""
    if len(key) > _LONGEST_KEY:
        raise Refusal(400, f"Idempotency keys cannot be longer than {_LONGEST_KEY} characters")
    what = json.dumps([request, sorted(pairs)])
    return Key(account, key, hashlib.sha256(what.encode()).hexdigest())


class Idempotency:
    """Remembers the answers of successful requests."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    def answer_of(self, key: Key) -> Json | None:
        """Return the answer that the same request got before, or None; raises Refusal for other parameters."""
        row = self._database.row("select * from stripe_keys where account = ? and key = ?", (key.account, key.key))
        if row is None:
            return None
        if row["fingerprint"] != key.fingerprint:
            message = (
                "Keys for idempotent requests can only be used with the same parameters they were first used with."
                f" Try using a key other than '{key.key}' if you meant to execute a different request."
            )
            raise Refusal(400, message, kind="idempotency_error")
        answer: Json = json.loads(row["answer"])
        return answer

    def remember(self, key: Key, answer: Json) -> None:
        """Keep the answer. Refusals are not kept: they had no effect, so the key may be tried with other parameters."""
        values = (key.account, key.key, key.fingerprint, json.dumps(answer))
        self._database.run("insert into stripe_keys values (?, ?, ?, ?)", values)
