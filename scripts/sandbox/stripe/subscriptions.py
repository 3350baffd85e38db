"""The life of a subscription: renewals, failed payments, changes of plan and card, cancellation."""

from scripts.sandbox.stripe import invoices
from scripts.sandbox.stripe.clock import DAY
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.periods import month_after
from scripts.sandbox.stripe.store import Json
from scripts.sandbox.stripe.subscribing import plan_timers

_RETRY_DAYS = 3
_MOST_RETRIES = 3
ENDED = frozenset({"canceled", "incomplete_expired"})


def end_period(stripe: Stripe, account: str, subscription_id: str) -> None:
    """A period or a trial has ended: cancel if that was wanted, else begin the next one and charge it."""
    subscription = stripe.find(account, "subscription", subscription_id)
    if subscription["status"] in ENDED:
        return
    if subscription["cancel_at_period_end"]:
        cancel(stripe, account, subscription, subscription["cancellation_details"]["reason"])
        return
    renewed = _next_period(stripe, subscription)
    plan_timers(stripe, account, renewed)
    item = renewed["items"]["data"][0]
    amount = item["price"]["unit_amount"] * item["quantity"]
    invoice = invoices.new_invoice(stripe, account, renewed, "subscription_cycle", amount)
    paid = invoices.charge(stripe, account, invoice, renewed["_card"])
    if not paid and subscription["status"] != "past_due":
        stripe.later(_RETRY_DAYS * DAY, "invoice_is_retried", account, subscription_id)
    status = "active" if paid else "past_due"
    update(stripe, account, subscription, status=status, latest_invoice=invoice["id"])


def warn_of_trial_end(stripe: Stripe, account: str, subscription_id: str) -> None:
    """Three days before a trial ends."""
    subscription = stripe.find(account, "subscription", subscription_id)
    if subscription["status"] == "trialing":
        stripe.tell(account, "customer.subscription.trial_will_end", subscription)


def retry_payment(stripe: Stripe, account: str, subscription_id: str) -> None:
    """Charge the open invoice again; after the last try the subscription is cancelled."""
    subscription = stripe.find(account, "subscription", subscription_id)
    if subscription["status"] != "past_due":
        return
    if _charge_open_invoice(stripe, account, subscription):
        return
    tries = subscription["_retries"] + 1
    subscription = stripe.change(subscription, _retries=tries)
    if tries >= _MOST_RETRIES:
        cancel(stripe, account, subscription, "payment_failed")
    else:
        stripe.later(_RETRY_DAYS * DAY, "invoice_is_retried", account, subscription_id)


def update(stripe: Stripe, account: str, subscription: Json, **changes: object) -> Json:
    """Change a subscription and tell, with the values that it had before."""
    changed = stripe.change(subscription, **changes)
    previous = {name: subscription[name] for name in changed if subscription.get(name) != changed[name]}
    stripe.tell(account, "customer.subscription.updated", changed, previous)
    return changed


def cancel_at_period_end(stripe: Stripe, account: str, subscription: Json, wanted: bool) -> Json:
    """Let a subscription run out, or take that back."""
    end = subscription["items"]["data"][0]["current_period_end"]
    details = {"comment": None, "feedback": None, "reason": "cancellation_requested" if wanted else None}
    return update(
        stripe,
        account,
        subscription,
        cancel_at_period_end=wanted,
        cancel_at=end if wanted else None,
        canceled_at=stripe.clock.now() if wanted else None,
        cancellation_details=details,
    )


def cancel(stripe: Stripe, account: str, subscription: Json, reason: str | None = None) -> Json:
    """End a subscription now."""
    now = stripe.clock.now()
    ended = stripe.change(
        subscription,
        status="canceled",
        canceled_at=subscription["canceled_at"] or now,
        ended_at=now,
        cancellation_details={"comment": None, "feedback": None, "reason": reason or "cancellation_requested"},
    )
    stripe.tell(account, "customer.subscription.deleted", ended)
    return ended


def change_price(stripe: Stripe, account: str, subscription: Json, price: Json) -> Json:
    """Change the plan; the next period costs the new price (nothing is prorated here)."""
    items = subscription["items"]
    changed = {**items["data"][0], "price": price}
    return update(stripe, account, subscription, items={**items, "data": [changed]})


def change_card(stripe: Stripe, account: str, subscription: Json, card_number: str) -> Json:
    """Keep another card; what is open is charged to it at once."""
    changed = stripe.change(subscription, _card=card_number)
    if changed["status"] == "past_due":
        _charge_open_invoice(stripe, account, changed)
    return stripe.fresh(changed)


def _charge_open_invoice(stripe: Stripe, account: str, subscription: Json) -> bool:
    """Charge what is open; a success makes the subscription active again."""
    invoice = stripe.find(account, "invoice", subscription["latest_invoice"])
    paid = invoices.charge(stripe, account, invoice, subscription["_card"])
    if paid:
        stripe.agenda.forget(subscription["id"], "invoice_is_retried")
        update(stripe, account, stripe.change(subscription, _retries=0), status="active")
    return paid


def _next_period(stripe: Stripe, subscription: Json) -> Json:
    items = subscription["items"]
    start = items["data"][0]["current_period_end"]
    end = month_after(subscription["billing_cycle_anchor"], start)
    moved = {**items["data"][0], "current_period_start": start, "current_period_end": end}
    return stripe.change(subscription, items={**items, "data": [moved]})
