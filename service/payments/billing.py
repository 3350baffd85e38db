"""What a company pays us for FieldLite: a subscription on the platform's account, bought and kept on Stripe's pages.

Nothing is recorded here but the customer: the subscription's events tell how it stands. Only the owner may do this,
which the database decides.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any

from stripe.params.checkout import SessionCreateParams

from service.errors import Conflict, InvalidInput
from service.members import Member
from service.payments.client import Payments
from service.payments.errors import PaymentsRefused, asking_stripe

_OVER = {None, "canceled"}
_DAY = timedelta(days=1)


class UnknownPlan(InvalidInput):
    """The plan is none that is sold here."""

    code = "unknown_plan"
    detail = "That plan does not exist."


class AlreadySubscribed(Conflict):
    """There is a subscription; it is changed in the portal, and never bought twice."""

    code = "already_subscribed"
    detail = "There is a subscription already. Change it under Manage subscription."


class NotSubscribed(Conflict):
    """There is nothing to manage yet."""

    code = "not_subscribed"
    detail = "There is no subscription yet. Choose a plan first."


def start_subscription(payments: Payments, member: Member, plan: str, return_url: str) -> str:
    """The address of Stripe's page on which the owner subscribes; what is left of the trial stays free.

    Raises DatabaseRefusal 403, UnknownPlan, AlreadySubscribed, PaymentsRefused, PaymentsUnavailable.
    """
    known = _billing(payments, member)
    price = payments.prices.get(plan)
    if price is None:
        raise UnknownPlan
    if known["subscription"] and known["status"] not in _OVER:
        raise AlreadySubscribed
    customer = known["customer"] or _new_customer(payments, member, known["company"])
    with asking_stripe():
        session = payments.stripe.v1.checkout.sessions.create(_session(known, customer, price, return_url))
    return _url(session.url)


def open_portal(payments: Payments, member: Member, return_url: str) -> str:
    """The address of Stripe's page for cards, receipts, another plan and cancelling. Raises also NotSubscribed."""
    customer = _billing(payments, member)["customer"]
    if customer is None:
        raise NotSubscribed
    with asking_stripe():
        session = payments.stripe.v1.billing_portal.sessions.create({"customer": customer, "return_url": return_url})
    return _url(session.url)


def trial_days_left(trial_ends_at: str | None, now: datetime) -> int:
    """Whole days, rounded up in the company's favour; 0 when the trial is over."""
    if trial_ends_at is None:
        return 0
    return max(0, ceil((datetime.fromisoformat(trial_ends_at) - now) / _DAY))


def _billing(payments: Payments, member: Member) -> dict[str, Any]:
    """{customer, subscription, company, status, trial_ends_at}"""
    known: dict[str, Any] = payments.database.call_value(
        "start_billing", p_tenant=member.tenant_id, p_user=member.user_id
    )
    return known


def _new_customer(payments: Payments, member: Member, company: str) -> str:
    """The company as our customer. Two clicks at once make one, by its key at Stripe."""
    with asking_stripe():
        made = payments.stripe.v1.customers.create(
            {"name": company, "metadata": {"tenant": str(member.tenant_id)}},
            {"idempotency_key": f"customer-{member.tenant_id}"},
        )
    payments.database.call("record_customer", p_tenant=member.tenant_id, p_customer=made.id)
    return made.id


def _session(known: dict[str, Any], customer: str, price: str, return_url: str) -> SessionCreateParams:
    params: SessionCreateParams = {
        "mode": "subscription",
        "customer": customer,
        "line_items": [{"price": price, "quantity": 1}],
        "success_url": f"{return_url}?subscribed=yes",
        "cancel_url": return_url,
    }
    if days := trial_days_left(known["trial_ends_at"], datetime.now(UTC)):
        params["subscription_data"] = {"trial_period_days": days}
    return params


def _url(url: str | None) -> str:
    if not url:
        raise PaymentsRefused("no_url")
    return url
