"""Twilio's deliveries to one company, signed by its SDK, sent to the running service and looked up in the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import httpx
import psycopg
from psycopg.rows import dict_row
from twilio.request_validator import RequestValidator

from tests.support.companies import Company, TwilioAccount
from tests.support.stack import RunningStack
from tests.support.texts import delivery_status, inbound_text

FORM = "application/x-www-form-urlencoded"
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response />'


@dataclass(frozen=True)
class Line:
    """A company's one number, as Twilio knows it."""

    stack: RunningStack
    company: Company
    account: TwilioAccount
    http: httpx.Client

    @property
    def number(self) -> str:
        return self.account.numbers[0]

    def with_token(self, token: str) -> Line:
        """The same line, signed for with another token."""
        return replace(self, account=replace(self.account, token=token))

    def path(self, kind: str = "sms", tenant: object = None) -> str:
        return f"/api/twilio/webhook/{tenant or self.company.tenant_id}/{kind}"

    def sign(self, path: str, form: Mapping[str, str]) -> str:
        public = self.stack.settings_env["FIELDLITE_PUBLIC_URL"]
        return str(RequestValidator(self.account.token).compute_signature(public + path, form))

    def post(self, path: str, body: bytes, signature: str | bytes | None, content_type: str = FORM) -> httpx.Response:
        """Send raw bytes; without a signature header when `signature` is None."""
        headers: dict[str, str | bytes] = {"Content-Type": content_type}
        if signature is not None:
            headers["X-Twilio-Signature"] = signature
        return self.http.post(self.stack.service_url + path, content=body, headers=headers)  # type: ignore[arg-type] # httpx takes a mix

    def deliver(self, form: Mapping[str, str], path: str | None = None) -> httpx.Response:
        """Send a form as Twilio does."""
        path = path or self.path()
        return self.post(path, urlencode(form).encode(), self.sign(path, form))

    def text(self, sender: str, body: str = "Hello", **fields: str) -> httpx.Response:
        """A text from `sender` comes in."""
        return self.deliver(inbound_text(self.account, sender, body, **fields))

    def status(self, sid: str, status: str, message: object = None, **fields: str) -> httpx.Response:
        """Twilio tells how far a text came; `message` is our id in the callback's address."""
        path = self.path("status") + (f"?message={message}" if message else "")
        return self.deliver(delivery_status(self.account, sid, status, **fields), path)

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Read the database as `postgres`; the first parameter is this company."""
        with psycopg.connect(self.stack.database_url, row_factory=dict_row) as connection:
            return connection.execute(query.encode(), (self.company.tenant_id, *values)).fetchall()

    def counts(self) -> dict[str, int]:
        """How many rows of each kind the company has: nothing written means that they stay the same."""
        tables = ("webhook_events", "sms_messages", "conversations", "contacts", "consents", "timeline_entries")
        columns = ", ".join(
            f"(select count(*) from public.{table} where tenant_id = company.id) as {table}" for table in tables
        )
        (row,) = self.rows(f"select {columns} from (select %s::uuid as id) as company")
        return row

    def messages(self, sender: str) -> list[dict[str, Any]]:
        """The texts that came in from one number, oldest first."""
        query = "select * from public.sms_messages where tenant_id = %s and from_number = %s order by created_at, id"
        return self.rows(query, sender)

    def event(self, key: str) -> dict[str, Any]:
        """The stored event with this key."""
        (row,) = self.rows("select * from public.webhook_events where tenant_id = %s and event_key = %s", key)
        return row
