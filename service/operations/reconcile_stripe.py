"""Fetches the events that no webhook brought us: the receiver was dark, or an endpoint was missing for a while.

They go through the same handlers and the same database call as a webhook's, so what is known already changes nothing,
and neither does a second run. Order says nothing either way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import time
from uuid import UUID

from service.database import Database
from service.payments.client import Payments, make_payments
from service.payments.errors import PaymentsNotConfigured, PaymentsRefused
from service.payments.history import MOST_DAYS, past_events
from service.payments.intake import effect_of, store
from service.payments.lookup import Lookup
from service.payments.news import News
from service.payments.refunds import finish_refunds
from service.payments.tenants import StripeTenants
from service.settings import Settings

_DAY = 24 * 60 * 60
_PROGRESS_EVERY = 100


@dataclass(frozen=True)
class Plan:
    """What a run does. `undelivered`: ask Stripe only for what some endpoint did not acknowledge, which is quick."""

    days: int = MOST_DAYS
    undelivered: bool = False
    dry_run: bool = False


@dataclass
class Run:
    """One run over every account. `say` takes lines of progress; `goes_on` turns false when the run must end early."""

    payments: Payments
    plan: Plan
    say: Callable[[str], None]
    goes_on: Callable[[], bool] = lambda: True
    outcomes: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._tenants = StripeTenants(self.payments.database)
        self._lookup = Lookup(self.payments.stripe)

    def everything(self) -> Counter[str]:
        """Refunds first, then the events of connected accounts and the platform; returns how many had which outcome.

        Raises PaymentsUnavailable and DatabaseUnavailable: what was fetched before is kept, and another run goes on.
        """
        if not self.plan.dry_run:
            self.outcomes.update({"refund finished": finish_refunds(self.payments)})
        accounts = self.payments.database.call("stripe_accounts_to_reconcile")
        for row in accounts:
            self._account(row["stripe_account_id"], row["tenant_id"])
        self._account(None, None)
        return self.outcomes

    def _account(self, account: str | None, tenant: UUID | None) -> None:
        name = account or "platform"
        self.say(f"{name}: asking Stripe for the events of {self.plan.days} days")
        count = 0
        try:
            for news in self._events(account):
                if not self.goes_on():
                    self.say("stopped early")
                    return
                self.outcomes[self._take(news, tenant)] += 1
                count += 1
                if count % _PROGRESS_EVERY == 0:
                    self.say(f"{name}: {count} events")
        except PaymentsRefused as refusal:
            self.outcomes["refused"] += 1
            self.say(f"{name}: Stripe refuses ({refusal.reason})")
            return
        self.say(f"{name}: {count} events")

    def _events(self, account: str | None) -> Iterator[News]:
        since = int(time()) - self.plan.days * _DAY
        return past_events(self.payments, account, since, undelivered=self.plan.undelivered)

    def _take(self, news: News, tenant: UUID | None) -> str:
        if news.livemode != self.payments.livemode:
            return "ignored"
        effect = effect_of(news, self._lookup, self.payments.prices)
        if effect is None:
            return "ignored"
        company = tenant or self._tenants.of(news, effect)
        if company is None:
            return "ignored"
        if self.plan.dry_run:
            return "found"
        return store(self.payments.database, company, news, effect)


def reconcile(
    settings: Settings, plan: Plan, say: Callable[[str], None], goes_on: Callable[[], bool] = lambda: True
) -> Counter[str]:
    """One run as the worker's login. Raises PaymentsNotConfigured, and as `Run.everything` does."""
    database = Database(settings.database_url("worker"), "reconcile", max_size=1)
    try:
        payments = make_payments(settings, database)
        if payments is None:
            raise PaymentsNotConfigured
        return Run(payments, plan, say, goes_on).everything()
    finally:
        database.close()
