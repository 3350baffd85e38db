"""Where all objects of the API live: JSON bodies by id, each the possession of one account."""

import json
import secrets
import string
from collections.abc import Iterable
from typing import Any

from scripts.sandbox.database import Database

Json = dict[str, Any]
_ALPHABET = string.ascii_letters + string.digits


def new_id(prefix: str, length: int = 24) -> str:
    """Return a new id as Stripe forms them: a prefix and random letters and digits."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(length))


def public(body: Any) -> Any:
    """Return a body without the sandbox's own notes, which are the fields that begin with an underscore."""
    if isinstance(body, list):
        return [public(item) for item in body]
    if isinstance(body, dict):
        return {name: public(value) for name, value in body.items() if not name.startswith("_")}
    return body


class Store:
    """Reads and writes the objects."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    def add(self, account: str, body: Json) -> None:
        """Store a new object."""
        self._database.run(
            "insert into stripe_objects (id, account, object, created, body) values (?, ?, ?, ?, ?)",
            (body["id"], account, body["object"], body["created"], json.dumps(body)),
        )

    def save(self, body: Json) -> None:
        """Replace an object's body."""
        self._database.run("update stripe_objects set body = ? where id = ?", (json.dumps(body), body["id"]))

    def find(self, account: str, subject: str) -> Json | None:
        """Return an account's object, or None."""
        row = self._database.row("select body from stripe_objects where account = ? and id = ?", (account, subject))
        return self._body(row) if row else None

    def account_of(self, subject: str) -> str | None:
        """Return the account that has an object, or None."""
        row = self._database.row("select account from stripe_objects where id = ?", (subject,))
        return str(row["account"]) if row else None

    def all(self, kind: str) -> list[tuple[str, Json]]:
        """Return every object of a kind with its account, oldest first."""
        rows = self._database.rows(
            "select account, body from stripe_objects where object = ? order by position", (kind,)
        )
        return [(row["account"], self._body(row)) for row in rows]

    def newest(self, kind: str, count: int) -> list[tuple[str, Json]]:
        """Return the newest objects of a kind with their accounts, newest first."""
        rows = self._database.rows(
            "select account, body from stripe_objects where object = ? order by position desc limit ?", (kind, count)
        )
        return [(row["account"], self._body(row)) for row in rows]

    def page(
        self, account: str, kind: str, conditions: Iterable[tuple[str, Any]], order: str, limit: int
    ) -> list[Json]:
        """Return up to `limit` objects that meet all SQL conditions (each with one value), by position."""
        wanted = [("account = ?", account), ("object = ?", kind), *conditions]
        where = " and ".join(condition for condition, _ in wanted)
        query = f"select body from stripe_objects where {where} order by position {order} limit ?"  # noqa: S608  (our own words)
        return [self._body(row) for row in self._database.rows(query, [*(value for _, value in wanted), limit])]

    @staticmethod
    def _body(row: Any) -> Json:
        body: Json = json.loads(row["body"])
        return body
