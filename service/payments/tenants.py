"""Which company an event belongs to. The connected account decides, or our own customer; nothing in the event does."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic
from uuid import UUID

from service.database import Database
from service.payments.intake import customer_of
from service.payments.news import Effect, News

CACHE_SECONDS = 60.0
MOST_ACCOUNTS = 10_000


class StripeTenants:
    """Finds companies, and remembers those of accounts for a minute. Safe to share between threads."""

    def __init__(self, database: Database, clock: Callable[[], float] = monotonic) -> None:
        self._database = database
        self._clock = clock
        self._lock = Lock()
        self._known: OrderedDict[str, tuple[UUID, float]] = OrderedDict()

    def of(self, news: News, effect: Effect) -> UUID | None:
        """The company, or None when it is not one of ours. Raises DatabaseUnavailable."""
        if news.account is not None:
            return self._of_account(news.account)
        customer = customer_of(effect)
        return self._database.call_value("stripe_customer_tenant", p_customer=customer) if customer else None

    def _of_account(self, account: str) -> UUID | None:
        with self._lock:
            tenant, until = self._known.get(account, (None, 0.0))
        if tenant is not None and until > self._clock():
            return tenant
        found: UUID | None = self._database.call_value("stripe_tenant", p_account=account)
        if found is not None:  # an unknown account may be connected the next second
            self._remember(account, found)
        return found

    def _remember(self, account: str, tenant: UUID) -> None:
        with self._lock:
            self._known[account] = (tenant, self._clock() + CACHE_SECONDS)
            self._known.move_to_end(account)
            while len(self._known) > MOST_ACCOUNTS:
                self._known.popitem(last=False)
