"""Events of the past, from Stripe's own list of the last 30 days.

https://docs.stripe.com/webhooks/process-undelivered-events
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import stripe
from stripe.params import EventListParams

from service.payments.client import Payments
from service.payments.errors import asking_stripe
from service.payments.intake import HANDLERS
from service.payments.news import News, read_news

PAGE = 100
MOST_DAYS = 30
"""Stripe keeps no event for longer."""


def past_events(payments: Payments, account: str | None, since: int, *, undelivered: bool) -> Iterator[News]:
    """The events that mean something to us, of a connected account or (None) of the platform's own, newest first.

    `since`: seconds since 1970. `undelivered`: only those that some endpoint of ours did not acknowledge.
    Raises PaymentsRefused (the account is no longer connected to us) and PaymentsUnavailable.
    """
    filters: EventListParams = {"limit": PAGE, "created": {"gte": since}}
    if undelivered:
        filters["delivery_success"] = False
    with asking_stripe():
        options: stripe.RequestOptions = {"stripe_account": account} if account else {}
        for event in payments.stripe.v1.events.list(filters, options).auto_paging_iter():
            news = _news(event.to_dict(), account)
            if news is not None and news.type in HANDLERS and (account is not None or news.account is None):
                yield news


def _news(document: dict[str, Any], account: str | None) -> News | None:
    # The SDK makes numbers of Stripe's decimal texts (`unit_amount_decimal`); they are written as they came.
    return read_news(document, json.dumps(document, separators=(",", ":"), default=str).encode(), account)
