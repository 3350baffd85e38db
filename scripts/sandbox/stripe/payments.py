"""PaymentIntents and their charges: attempts by card or bank debit, and what becomes of them."""

from dataclasses import dataclass

from scripts.sandbox.stripe import balance
from scripts.sandbox.stripe.cards import NOT_AUTHENTICATED, Bank, Card, Decline, bank_details, card_details
from scripts.sandbox.stripe.clock import DAY
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.store import Json, new_id

BANK_DEBIT_DAYS = 4
_OUTCOME_OK: Json = {"network_status": "approved_by_network", "reason": None, "risk_level": "normal"}


@dataclass(frozen=True)
class Payer:
    """Who pays, as typed on the page."""

    name: str | None = None
    email: str | None = None


def new_intent(stripe: Stripe, account: str, *, amount: int, currency: str, types: list[str], **more: object) -> Json:
    """Make a PaymentIntent; `more` may set description, metadata, customer, receipt_email and other plain fields."""
    intent_id = new_id("pi_3")
    intent = stripe.make(
        account,
        "payment_intent",
        "pi_3",
        **{
            "id": intent_id,
            "amount": amount,
            "allowed_payment_method_types": None,
            "amount_capturable": 0,
            "amount_received": 0,
            "application": None,
            "application_fee_amount": None,
            "canceled_at": None,
            "cancellation_reason": None,
            "capture_method": "automatic_async",
            "client_secret": f"{intent_id}_secret_{new_id('')}",
            "confirmation_method": "automatic",
            "currency": currency,
            "customer": None,
            "description": None,
            "last_payment_error": None,
            "latest_charge": None,
            "next_action": None,
            "on_behalf_of": None,
            "payment_method": None,
            "payment_method_options": {},
            "payment_method_types": types,
            "processing": None,
            "receipt_email": None,
            "setup_future_usage": None,
            "shipping": None,
            "statement_descriptor": None,
            "statement_descriptor_suffix": None,
            "status": "requires_payment_method",
            "transfer_data": None,
            "transfer_group": None,
            **more,
        },
    )
    stripe.tell(account, "payment_intent.created", intent)
    return intent


def pay_by_card(stripe: Stripe, account: str, intent: Json, card: Card, payer: Payer, declined: Decline | None) -> Json:
    """Try a card: succeeded, declined, or waiting for authentication; returns the intent."""
    if declined is not None:
        return _decline(stripe, account, intent, card_details(card), payer, declined)
    if card.authenticates and intent["status"] != "requires_action":
        waiting = stripe.change(
            intent,
            status="requires_action",
            next_action={"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect"}},
            payment_method=new_id("pm_1"),
            _card=card.number,
        )
        stripe.tell(account, "payment_intent.requires_action", waiting)
        return waiting
    charge = _charge(stripe, account, intent, card_details(card), payer, _card=card.number)
    return succeed(stripe, account, intent, charge)


def refuse_authentication(stripe: Stripe, account: str, intent: Json) -> Json:
    """The customer does not authenticate: nothing was charged, another card may be tried."""
    return _fail(stripe, account, intent, NOT_AUTHENTICATED, None)


def pay_by_bank(stripe: Stripe, account: str, intent: Json, bank: Bank, payer: Payer) -> Json:
    """Start a bank debit, which settles days later; returns the intent, which is processing. Tells nobody yet."""
    charge = _charge(
        stripe, account, intent, bank_details(bank), payer, status="pending", paid=False, _bank=bank.number
    )
    stripe.later(BANK_DEBIT_DAYS * DAY, "bank_debit_settles", account, intent["id"])
    return stripe.change(
        intent,
        status="processing",
        latest_charge=charge["id"],
        next_action=None,
        payment_method=charge["payment_method"],
        last_payment_error=None,
    )


def tell_processing(stripe: Stripe, account: str, intent: Json) -> None:
    """Tell that a bank debit is under way."""
    stripe.tell(account, "payment_intent.processing", intent)
    stripe.tell(account, "charge.pending", stripe.find(account, "charge", intent["latest_charge"]))


def succeed(stripe: Stripe, account: str, intent: Json, charge: Json) -> Json:
    """The money comes. The fee is known a moment later, as with Stripe's asynchronous capture."""
    charge = stripe.change(charge, status="succeeded", paid=True, amount_captured=charge["amount"], captured=True)
    intent = stripe.change(
        intent,
        status="succeeded",
        amount_received=intent["amount"],
        latest_charge=charge["id"],
        last_payment_error=None,
        next_action=None,
        payment_method=charge["payment_method"],
    )
    stripe.tell(account, "charge.succeeded", charge)
    stripe.tell(account, "payment_intent.succeeded", intent)
    booked = stripe.change(charge, balance_transaction=balance.for_charge(stripe, account, charge)["id"])
    stripe.tell(account, "charge.updated", booked, {"balance_transaction": None})
    return intent


def fail_bank_debit(stripe: Stripe, account: str, intent: Json, failure: Decline) -> Json:
    """The bank returns the debit."""
    charge = stripe.find(account, "charge", intent["latest_charge"])
    failed = stripe.change(charge, status="failed", **_failure_fields(failure))
    stripe.tell(account, "charge.failed", failed)
    return _fail(stripe, account, intent, failure, failed)


def cancel(stripe: Stripe, account: str, intent: Json, reason: str) -> Json:
    """End an intent that nobody will pay any more."""
    canceled = stripe.change(
        intent, status="canceled", canceled_at=stripe.clock.now(), cancellation_reason=reason, next_action=None
    )
    stripe.tell(account, "payment_intent.canceled", canceled)
    return canceled


def _decline(stripe: Stripe, account: str, intent: Json, details: Json, payer: Payer, decline: Decline) -> Json:
    charge = _charge(
        stripe, account, intent, details, payer, status="failed", paid=False, captured=False, amount_captured=0,
        **_failure_fields(decline),
    )  # fmt: skip
    stripe.tell(account, "charge.failed", charge)
    return _fail(stripe, account, intent, decline, charge)


def _fail(stripe: Stripe, account: str, intent: Json, failure: Decline, charge: Json | None) -> Json:
    error = {
        "type": "card_error",
        "code": failure.code,
        "message": failure.message,
        **({"decline_code": failure.decline_code} if failure.decline_code else {}),
        **({"charge": charge["id"]} if charge else {}),
    }
    failed = stripe.change(
        intent,
        status="requires_payment_method",
        last_payment_error=error,
        latest_charge=charge["id"] if charge else intent["latest_charge"],
        next_action=None,
        payment_method=None,
    )
    stripe.tell(account, "payment_intent.payment_failed", failed)
    return failed


def _failure_fields(failure: Decline) -> Json:
    outcome = {
        "network_status": "declined_by_network",
        "reason": failure.decline_code or failure.code,
        "risk_level": "normal",
        "seller_message": "The bank did not return any further details with this decline.",
        "type": "issuer_declined",
    }
    return {"failure_code": failure.code, "failure_message": failure.message, "outcome": outcome}


def _charge(stripe: Stripe, account: str, intent: Json, details: Json, payer: Payer, **more: object) -> Json:
    address = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
    return stripe.make(
        account,
        "charge",
        "py_3" if details["type"] == "us_bank_account" else "ch_3",
        **{
            "amount": intent["amount"],
            "amount_captured": intent["amount"],
            "amount_refunded": 0,
            "application": None,
            "application_fee": None,
            "application_fee_amount": None,
            "balance_transaction": None,
            "billing_details": {"address": address, "email": payer.email, "name": payer.name, "phone": None},
            "calculated_statement_descriptor": "FIELDLITE SANDBOX",
            "captured": True,
            "currency": intent["currency"],
            "customer": intent["customer"],
            "description": intent["description"],
            "disputed": False,
            "failure_balance_transaction": None,
            "failure_code": None,
            "failure_message": None,
            "fraud_details": {},
            "metadata": intent["metadata"],
            "on_behalf_of": None,
            "outcome": {**_OUTCOME_OK, "seller_message": "Payment complete.", "type": "authorized"},
            "paid": True,
            "payment_intent": intent["id"],
            "payment_method": new_id("pm_1"),
            "payment_method_details": details,
            "receipt_email": intent["receipt_email"],
            "receipt_number": None,
            "receipt_url": None,
            "refunded": False,
            "review": None,
            "shipping": None,
            "source_transfer": None,
            "statement_descriptor": None,
            "statement_descriptor_suffix": None,
            "status": "succeeded",
            "transfer_data": None,
            "transfer_group": None,
            **more,
        },
    )
