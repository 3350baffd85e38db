"""How a subscription begins, at the end of a Checkout session."""

from scripts.sandbox.stripe import invoices
from scripts.sandbox.stripe.cards import Card
from scripts.sandbox.stripe.clock import DAY
from scripts.sandbox.stripe.customers import new_customer
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.payments import Payer
from scripts.sandbox.stripe.periods import month_after
from scripts.sandbox.stripe.store import Json, new_id

_WARNING_DAYS = 3


def trial_end(stripe: Stripe, session: Json) -> int | None:
    """Return when the trial that a session promises would end, or None."""
    wanted = session["_subscription"]
    if wanted["trial_end"] is not None:
        return stripe.clock.from_real(wanted["trial_end"])
    return stripe.clock.now() + wanted["trial_days"] * DAY if wanted["trial_days"] else None


def with_customer(stripe: Stripe, account: str, session: Json, payer: Payer) -> Json:
    """Return the session with a customer, made of who pays when there is none."""
    if session["customer"]:
        return session
    email = payer.email or session["customer_email"]
    return stripe.change(session, customer=new_customer(stripe, account, email=email, name=payer.name)["id"])


def subscribe(stripe: Stripe, account: str, session: Json, card: Card, intent: Json | None) -> Json:
    """Make the subscription of a session, paid by `intent` or, with None, on trial; return what the session gets."""
    subscription = _new_subscription(stripe, account, session, card, None if intent else trial_end(stripe, session))
    stripe.tell(account, "customer.subscription.created", subscription)
    invoice = invoices.new_invoice(
        stripe, account, subscription, "subscription_create", intent["amount"] if intent else 0
    )
    stripe.change(subscription, latest_invoice=invoice["id"])
    invoices.mark_paid(stripe, account, invoice)
    plan_timers(stripe, account, subscription)
    return {"subscription": subscription["id"], "invoice": invoice["id"], "customer": session["customer"],
            "payment_intent": None}  # fmt: skip


def plan_timers(stripe: Stripe, account: str, subscription: Json) -> None:
    """Note when the current period of a subscription ends, and the warning before a trial's end."""
    end = subscription["items"]["data"][0]["current_period_end"]
    stripe.agenda.add(end, "subscription_period_ends", account, subscription["id"])
    if subscription["status"] == "trialing" and end - _WARNING_DAYS * DAY > stripe.clock.now():
        stripe.agenda.add(end - _WARNING_DAYS * DAY, "trial_will_end", account, subscription["id"])


def _new_subscription(stripe: Stripe, account: str, session: Json, card: Card, trial: int | None) -> Json:
    now, subscription_id = stripe.clock.now(), new_id("sub_1")
    end = trial or month_after(now, now)
    return stripe.make(
        account,
        "subscription",
        "sub_1",
        id=subscription_id,
        application=None,
        application_fee_percent=None,
        automatic_tax={"enabled": False, "disabled_reason": None, "liability": None},
        billing_cycle_anchor=trial or now,
        billing_mode={"type": "flexible"},
        cancel_at=None,
        cancel_at_period_end=False,
        canceled_at=None,
        cancellation_details={"comment": None, "feedback": None, "reason": None},
        collection_method="charge_automatically",
        currency=session["currency"],
        customer=session["customer"],
        days_until_due=None,
        default_payment_method=new_id("pm_1"),
        default_source=None,
        description=session["_subscription"]["description"],
        discounts=[],
        ended_at=None,
        invoice_settings={"account_tax_ids": None, "issuer": {"type": "self"}},
        items=_items(stripe, subscription_id, session, (now, end)),
        latest_invoice=None,
        metadata=session["_subscription"]["metadata"],
        on_behalf_of=None,
        pause_collection=None,
        pending_setup_intent=None,
        pending_update=None,
        schedule=None,
        start_date=now,
        status="trialing" if trial else "active",
        test_clock=None,
        transfer_data=None,
        trial_end=trial,
        trial_settings={"end_behavior": {"missing_payment_method": "create_invoice"}},
        trial_start=now if trial else None,
        _card=card.number,
        _retries=0,
    )


def _items(stripe: Stripe, subscription_id: str, session: Json, period: tuple[int, int]) -> Json:
    sold = session["_line_items"][0]
    item = {
        "id": new_id("si_"),
        "object": "subscription_item",
        "created": stripe.clock.now(),
        "current_period_start": period[0],
        "current_period_end": period[1],
        "discounts": [],
        "metadata": {},
        "price": sold["price"],
        "quantity": sold["quantity"],
        "subscription": subscription_id,
        "tax_rates": [],
    }
    url = f"/v1/subscription_items?subscription={subscription_id}"
    return {"object": "list", "data": [item], "has_more": False, "total_count": 1, "url": url}
