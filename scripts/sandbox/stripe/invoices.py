"""Invoices of subscriptions, and how they are charged."""

from scripts.sandbox.stripe import payments
from scripts.sandbox.stripe.api import Call, api_route
from scripts.sandbox.stripe.cards import CARDS, GENERIC
from scripts.sandbox.stripe.listing import list_objects
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.payments import Payer
from scripts.sandbox.stripe.store import Json, new_id


def new_invoice(stripe: Stripe, account: str, subscription: Json, reason: str, amount: int) -> Json:
    """Make the open invoice of a subscription's current period; `reason` is Stripe's billing_reason."""
    item = subscription["items"]["data"][0]
    customer = stripe.find(account, "customer", subscription["customer"])
    invoice_id = new_id("in_1")
    return stripe.make(
        account,
        "invoice",
        "in_1",
        **_amounts(amount, paid=0),
        id=invoice_id,
        account_country="US",
        account_name="FieldLite",
        attempt_count=0,
        attempted=False,
        auto_advance=True,
        automatic_tax={"enabled": False, "liability": None, "status": None},
        billing_reason=reason,
        collection_method="charge_automatically",
        currency="usd",
        customer=customer["id"],
        customer_email=customer["email"],
        customer_name=customer["name"],
        default_tax_rates=[],
        description=None,
        discounts=[],
        due_date=None,
        hosted_invoice_url=None,
        invoice_pdf=None,
        issuer={"type": "self"},
        lines=_lines(invoice_id, item, amount),
        next_payment_attempt=None,
        number=f"{customer['invoice_prefix']}-{len(stripe.store.all('invoice')) + 1:04}",
        parent=_parent(subscription),
        payment_settings={"default_mandate": None, "payment_method_options": None, "payment_method_types": None},
        period_start=item["current_period_start"],
        period_end=item["current_period_end"],
        status="open",
        status_transitions={
            "finalized_at": stripe.clock.now(),
            "marked_uncollectible_at": None,
            "paid_at": None,
            "voided_at": None,
        },
    )


def mark_paid(stripe: Stripe, account: str, invoice: Json) -> Json:
    """Note that an invoice is paid, and tell."""
    transitions = {**invoice["status_transitions"], "paid_at": stripe.clock.now()}
    paid = stripe.change(
        invoice,
        **_amounts(invoice["total"], paid=invoice["total"]),
        status="paid",
        attempted=True,
        next_payment_attempt=None,
        status_transitions=transitions,
    )
    stripe.tell(account, "invoice.paid", paid)
    return paid


def charge(stripe: Stripe, account: str, invoice: Json, card_number: str) -> bool:
    """Charge an open invoice to a kept card, and tell; return whether it is paid now."""
    card = CARDS[card_number]
    declined = card.decline or (GENERIC if card.renewals_fail else None)
    intent = payments.new_intent(
        stripe,
        account,
        amount=invoice["total"],
        currency=invoice["currency"],
        types=["card"],
        customer=invoice["customer"],
        description="Subscription update",
    )
    payer = Payer(invoice["customer_name"], invoice["customer_email"])
    # A kept card was authenticated when it was kept.
    intent = payments.pay_by_card(stripe, account, {**intent, "status": "requires_action"}, card, payer, declined)
    if intent["status"] == "succeeded":
        mark_paid(stripe, account, invoice)
        return True
    failed = stripe.change(invoice, attempted=True, attempt_count=invoice["attempt_count"] + 1)
    stripe.tell(account, "invoice.payment_failed", failed)
    return False


def retrieve(call: Call) -> Json:
    """Answer one invoice."""
    return call.stripe.find(call.account, "invoice", call.subject)


def list_invoices(call: Call) -> Json:
    """Answer invoices."""
    return list_objects(call, "invoice", "/v1/invoices", "customer", "status")


def _amounts(total: int, paid: int) -> Json:
    return {
        "amount_due": total,
        "amount_overpaid": 0,
        "amount_paid": paid,
        "amount_remaining": total - paid,
        "amount_shipping": 0,
        "ending_balance": 0,
        "post_payment_credit_notes_amount": 0,
        "pre_payment_credit_notes_amount": 0,
        "starting_balance": 0,
        "subtotal": total,
        "total": total,
    }


def _parent(subscription: Json) -> Json:
    details = {"metadata": subscription["metadata"], "subscription": subscription["id"]}
    return {"quote_details": None, "subscription_details": details, "type": "subscription_details"}


def _lines(invoice_id: str, item: Json, amount: int) -> Json:
    details = {"proration": False, "subscription": item["subscription"], "subscription_item": item["id"]}
    line = {
        "id": new_id("il_1"),
        "object": "line_item",
        "amount": amount,
        "currency": "usd",
        "description": f"{item['quantity']} × {item['price']['lookup_key']}",  # noqa: RUF001  (a product's sign)
        "invoice": invoice_id,
        "livemode": False,
        "metadata": {},
        "parent": {"subscription_item_details": details, "type": "subscription_item_details"},
        "period": {"start": item["current_period_start"], "end": item["current_period_end"]},
        "pricing": {
            "price_details": {"price": item["price"]["id"], "product": item["price"]["product"]},
            "type": "price_details",
            "unit_amount_decimal": item["price"]["unit_amount_decimal"],
        },
        "quantity": item["quantity"],
    }
    return {"object": "list", "data": [line], "has_more": False, "url": f"/v1/invoices/{invoice_id}/lines"}


ROUTES = [api_route("/invoices", "GET", list_invoices), api_route("/invoices/{id}", "GET", retrieve)]
