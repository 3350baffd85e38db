"""Events: what happened, kept for the API, and sent as signed webhooks to the endpoint."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass

from scripts.sandbox.changes import Changes
from scripts.sandbox.database import Database
from scripts.sandbox.outbox import Attempt, Outbox, Webhook
from scripts.sandbox.overrides import Overrides
from scripts.sandbox.stripe import API_VERSION
from scripts.sandbox.stripe.clock import Clock
from scripts.sandbox.stripe.settings import Settings
from scripts.sandbox.stripe.store import Json, Store, new_id, public
from scripts.sandbox.switches import Switches

_RETRIES = Overrides(retries=3, policies=frozenset({"all"}), read_seconds=20, total_seconds=20)
PENDING, DELIVERED, FAILED = "pending", "delivered", "failed"


@dataclass(frozen=True, kw_only=True)
class EventWebhook(Webhook):
    """One event for one endpoint; signed anew at each attempt, with every secret that is in force."""

    payload: bytes
    secrets: tuple[str, ...]

    @property
    def overrides(self) -> Overrides:
        """Stripe's test mode tries a few times more, after any failure."""
        return _RETRIES

    def attempt(self, switches: Switches, token: str) -> Attempt:  # noqa: ARG002  (Stripe needs neither)
        """Return the body with its signature of now."""
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(self.payload, self.secrets, int(time.time())),
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        }
        return Attempt(self.payload, headers)


def signature(payload: bytes, secrets: tuple[str, ...], at: int) -> str:
    """Return the header of https://docs.stripe.com/webhooks#verify-manually: a time, and one `v1` for each secret."""
    signed = f"{at}.".encode() + payload
    return ",".join(
        [f"t={at}", *(f"v1={hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()}" for key in secrets)]
    )


class Events:
    """Records events and delivers them."""

    def __init__(
        self, database: Database, store: Store, settings: Settings, clock: Clock, outbox: Outbox, changes: Changes
    ) -> None:
        """Share the sandbox's parts."""
        self._database = database
        self._store = store
        self._settings = settings
        self._clock = clock
        self._outbox = outbox
        self._changes = changes

    def tell(self, account: str, kind: str, body: Json, previous: Json | None = None) -> Json:
        """Record an event about an object as it is now, and start sending it; `previous` are its older values."""
        data: Json = {"object": public(body), **({"previous_attributes": public(previous)} if previous else {})}
        event: Json = {
            "id": new_id("evt_1"),
            "object": "event",
            **({"account": account} if account else {}),
            "api_version": API_VERSION,
            "created": self._clock.now(),
            "data": data,
            "livemode": False,
            "pending_webhooks": 1 if self._settings.endpoint else 0,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        }
        self._store.add(account, event)
        self.deliver(event)
        self._changes.announce()
        return event

    def deliver(self, event: Json) -> None:
        """Start sending an event (again)."""
        self._set_state(event, PENDING if self._settings.endpoint else DELIVERED)
        if self._settings.endpoint:
            self._outbox.start(self._deliver(event))

    def resume(self) -> None:
        """Go on with what was under way when the sandbox was stopped."""
        for _, event in self._store.all("event"):
            if self.state(event["id"]) == PENDING:
                self.deliver(event)

    def state(self, event_id: str) -> str:
        """Return whether an event is pending, delivered or failed."""
        row = self._database.row("select state from stripe_deliveries where event = ?", (event_id,))
        return str(row["state"]) if row else PENDING

    async def _deliver(self, event: Json) -> None:
        secrets = tuple(self._settings.secrets(connected="account" in event))
        payload = json.dumps(event, indent=2, ensure_ascii=False).encode()
        answer = await self._outbox.send(EventWebhook(url=self._settings.endpoint, payload=payload, secrets=secrets))
        self._set_state(event, DELIVERED if answer is not None else FAILED)

    def _set_state(self, event: Json, state: str) -> None:
        # An event that one attempt delivered stays delivered, whatever becomes of its repetition.
        self._database.run(
            "insert into stripe_deliveries values (?, ?) on conflict (event) do update set state = excluded.state"
            " where stripe_deliveries.state <> 'delivered'",
            (event["id"], state),
        )
        waiting = 0 if self.state(event["id"]) == DELIVERED else 1
        if event["pending_webhooks"] != waiting:
            self._store.save({**event, "pending_webhooks": waiting})
