"""Events about accounts: a company's connection to us, and its subscription to FieldLite.

Their states have no order, so what an event says is not believed: Stripe is asked how things are now.
"""

from __future__ import annotations

from collections.abc import Mapping

from service.payments.lookup import Lookup
from service.payments.news import Effect, News
from service.payments.objects import Json, flag, number, reference, text, value

_SUBSCRIPTION_STATUSES = {"incomplete_expired": "canceled", "paused": "unpaid"}
"""Paused: the trial ended without a payment method. https://docs.stripe.com/api/subscriptions/object"""


def account_updated(news: News, lookup: Lookup) -> Effect | None:
    """Occurs whenever an account status or property has changed."""
    if news.account is None:
        return None
    return Effect("account", {"state": account_state(lookup.account(news.account))})


def account_deauthorized(news: News, _: Lookup) -> Effect | None:
    """Occurs whenever a user deauthorizes an application. Sent to the related application only."""
    return Effect("account_removed", {}) if news.account else None


def subscription_changed(news: News, lookup: Lookup) -> Effect | None:
    """Occurs whenever a customer is signed up for a new plan, a subscription changes, a customer's subscription ends,
    or three days before a subscription's trial period is scheduled to end.
    """
    customer = reference(news.object, "customer")
    if news.account is not None or customer is None:
        return None
    subscription = lookup.subscription(customer)
    return Effect("subscription", _subscription(customer, subscription)) if subscription else None


def with_plan(effect: Effect, prices: Mapping[str, str]) -> Effect:
    """The subscription with the plan that its price belongs to, as the settings say; anything else as it is."""
    plan = next((plan for plan, price in prices.items() if price == effect.fields.get("price")), None)
    return Effect(effect.kind, {**effect.fields, "plan": plan}) if effect.kind == "subscription" else effect


def account_state(account: Json) -> dict[str, object]:
    """What the database keeps of a connected account."""
    requirements = value(account, "requirements")
    due = value(requirements, "currently_due") or []
    return {
        "charges_enabled": flag(account, "charges_enabled"),
        "payouts_enabled": flag(account, "payouts_enabled"),
        "details_submitted": flag(account, "details_submitted"),
        "currently_due": sorted(str(item) for item in due),
        "disabled_reason": text(requirements, "disabled_reason"),
    }


def _subscription(customer: str, subscription: Json) -> dict[str, object]:
    """Since 2025-03-31 each item has its own period; before, the subscription had it."""
    items = value(subscription, "items", "data")
    item = items[0] if isinstance(items, list) and items else {}
    status = text(subscription, "status") or ""
    return {
        "customer": customer,
        "subscription": text(subscription, "id"),
        "status": _SUBSCRIPTION_STATUSES.get(status, status),
        "price": reference(item, "price"),
        "trial_end": number(subscription, "trial_end"),
        "current_period_end": number(item, "current_period_end") or number(subscription, "current_period_end"),
        "cancel_at_period_end": flag(subscription, "cancel_at_period_end") or bool(number(subscription, "cancel_at")),
    }
