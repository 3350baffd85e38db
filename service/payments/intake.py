"""The one way in for news from Stripe, whether a webhook brought it or reconciliation found it: handler, one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal
from uuid import UUID

from service.database import Database
from service.logs import get_logger
from service.payments import account_events, money_events
from service.payments.errors import PaymentsRefused
from service.payments.lookup import Lookup
from service.payments.news import Effect, News

Handler = Callable[[News, Lookup], Effect | None]
Outcome = Literal["applied", "duplicate", "failed", "ignored"]
"""`failed`: kept with its error and tried again later; `ignored`: nothing of ours, and nothing kept."""

HANDLERS: Mapping[str, Handler] = {
    "checkout.session.completed": money_events.session_completed,
    "checkout.session.async_payment_succeeded": money_events.session_paid,
    "checkout.session.async_payment_failed": money_events.session_failed,
    "checkout.session.expired": money_events.session_expired,
    "payment_intent.processing": money_events.intent_processing,
    "payment_intent.succeeded": money_events.intent_succeeded,
    "payment_intent.payment_failed": money_events.intent_failed,
    "payment_intent.canceled": money_events.intent_canceled,
    "charge.succeeded": money_events.charge_succeeded,
    "charge.updated": money_events.charge_updated,
    "charge.failed": money_events.charge_failed,
    "charge.refunded": money_events.charge_refunded,
    "refund.created": money_events.refund_changed,
    "refund.updated": money_events.refund_changed,
    "refund.failed": money_events.refund_changed,
    "charge.refund.updated": money_events.refund_changed,
    "charge.dispute.created": money_events.dispute_changed,
    "charge.dispute.updated": money_events.dispute_changed,
    "charge.dispute.closed": money_events.dispute_changed,
    "charge.dispute.funds_withdrawn": money_events.dispute_changed,
    "charge.dispute.funds_reinstated": money_events.dispute_changed,
    "account.updated": account_events.account_updated,
    "account.application.deauthorized": account_events.account_deauthorized,
    "customer.subscription.created": account_events.subscription_changed,
    "customer.subscription.updated": account_events.subscription_changed,
    "customer.subscription.deleted": account_events.subscription_changed,
    "customer.subscription.trial_will_end": account_events.subscription_changed,
}
"""Every other type is acknowledged and means nothing: invoices of Billing, for one, say nothing that the subscription
does not."""

_log = get_logger("fieldlite.stripe")


def effect_of(news: News, lookup: Lookup, prices: Mapping[str, str]) -> Effect | None:
    """What the news makes us do; None for news that is none of ours. Raises PaymentsUnavailable."""
    handler = HANDLERS.get(news.type)
    if handler is None:
        return None
    try:
        effect = handler(news, lookup)
    except PaymentsRefused as refusal:
        # What the event is about is gone, or no longer ours to see. Asking again would not help.
        _log.warning("event_without_object", event_id=news.id, type=news.type, reason=refusal.reason)
        return None
    return effect and account_events.with_plan(effect, prices)


def store(database: Database, tenant: UUID, news: News, effect: Effect) -> Outcome:
    """The one database call: the event is kept as it came and its work done. Raises DatabaseUnavailable."""
    outcome: Outcome = database.call_value(
        "receive_stripe_event",
        p_tenant=tenant,
        p_event_id=news.id,
        p_kind=effect.kind,
        p_fields=effect.fields,
        p_raw=news.raw,
    )
    if outcome == "failed":
        _log.warning("event_failed", event_id=news.id, type=news.type)
    return outcome


def customer_of(effect: Effect) -> Any:
    """The platform's customer that an effect is about: how a company is found when no connected account says it."""
    return effect.fields.get("customer")
