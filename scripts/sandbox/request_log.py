"""What was asked of the API, for tests: the method, path, form fields and answer of each request; never credentials."""

import json
from datetime import UTC, datetime
from typing import Any

from scripts.sandbox.database import Database


class RequestLog:
    """Keeps every request to the Twilio API."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    def add(self, method: str, path: str, account_sid: str, parameters: dict[str, Any], answer_status: int) -> None:
        """Store one request with the HTTP status that it got."""
        self._database.run(
            "insert into requests (at, method, path, account_sid, parameters, answer_status) values (?, ?, ?, ?, ?, ?)",
            (datetime.now(UTC).isoformat(), method, path, account_sid, json.dumps(parameters), answer_status),
        )

    def all(self) -> list[dict[str, Any]]:
        """Return all requests, oldest first."""
        rows = self._database.rows("select * from requests order by position")
        return [{**dict(row), "parameters": json.loads(row["parameters"])} for row in rows]
