"""Stripe's part of the sandbox: the few verbs with which the resources are written."""

from dataclasses import dataclass
from typing import Any

from scripts.sandbox.changes import Changes
from scripts.sandbox.database import Database
from scripts.sandbox.outbox import Outbox
from scripts.sandbox.stripe.clock import Agenda, Clock
from scripts.sandbox.stripe.errors import missing
from scripts.sandbox.stripe.events import Events
from scripts.sandbox.stripe.idempotency import Idempotency
from scripts.sandbox.stripe.settings import Settings
from scripts.sandbox.stripe.store import Json, Store, new_id


@dataclass(frozen=True)
class Stripe:
    """Everything that a resource may need. Accounts are ids; the platform is the empty one."""

    store: Store
    settings: Settings
    clock: Clock
    agenda: Agenda
    events: Events
    idempotency: Idempotency

    def make(self, account: str, kind: str, prefix: str, **body: Any) -> Json:
        """Create an object with a new id and return it."""
        made = {
            "id": new_id(prefix),
            "object": kind,
            "created": self.clock.now(),
            "livemode": False,
            "metadata": {},
            **body,
        }
        self.store.add(account, made)
        return made

    def change(self, body: Json, **changes: Any) -> Json:
        """Change fields of an object and return it."""
        changed = {**self.fresh(body), **changes}
        self.store.save(changed)
        return changed

    def fresh(self, body: Json) -> Json:
        """Return an object as it is stored now."""
        account = self.store.account_of(body["id"])
        found = None if account is None else self.store.find(account, body["id"])
        return found if found is not None else body

    def find(self, account: str, kind: str, subject: str, param: str = "id") -> Json:
        """Return an account's object; raises Refusal 404 when it has none of this kind."""
        found = self.store.find(account, subject)
        if found is None or found["object"] != kind:
            raise missing(kind.replace("checkout.session", "checkout session"), subject, param)
        return found

    def tell(self, account: str, kind: str, body: Json, previous: Json | None = None) -> None:
        """Record an event about an object and send it."""
        self.events.tell(account, kind, body, previous)

    def later(self, seconds: int, kind: str, account: str, subject: str) -> None:
        """Note something for a later time of the sandbox's clock."""
        self.agenda.add(self.clock.now() + seconds, kind, account, subject)


def open_stripe(database: Database, outbox: Outbox, changes: Changes) -> Stripe:
    """Make Stripe's part on the sandbox's memory, sender and pages."""
    store, settings = Store(database), Settings(database)
    clock = Clock(settings)
    events = Events(database, store, settings, clock, outbox, changes)
    return Stripe(store, settings, clock, Agenda(database), events, Idempotency(database))
