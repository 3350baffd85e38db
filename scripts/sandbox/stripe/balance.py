"""Balance transactions: what each charge, refund and dispute did to an account's balance, with Stripe's fee."""

from scripts.sandbox.stripe.clock import DAY
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.store import Json

_DISPUTE_FEE = 1500
_MOST_FOR_BANK_DEBIT = 500


def charge_fee(amount: int, method: str) -> int:
    """Return Stripe's fee in cents: 2.9 % + 30 for cards; 0.8 %, at most 5 dollars, for bank debits."""
    if method == "us_bank_account":
        return min(round(amount * 8 / 1000), _MOST_FOR_BANK_DEBIT)
    return round(amount * 29 / 1000) + 30


def for_charge(stripe: Stripe, account: str, charge: Json) -> Json:
    """Book a charge that succeeded."""
    fee = charge_fee(charge["amount"], charge["payment_method_details"]["type"])
    return _book(stripe, account, charge, "charge", charge["amount"], fee)


def for_refund(stripe: Stripe, account: str, refund: Json) -> Json:
    """Book a refund: Stripe keeps its fee."""
    return _book(stripe, account, refund, "refund", -refund["amount"])


def for_failed_refund(stripe: Stripe, account: str, refund: Json) -> Json:
    """Book the return of a refund that failed."""
    return _book(stripe, account, refund, "refund_failure", refund["amount"])


def for_dispute(stripe: Stripe, account: str, dispute: Json) -> Json:
    """Book the withdrawal of disputed money, with the fee for a dispute."""
    return _book(stripe, account, dispute, "adjustment", -dispute["amount"], _DISPUTE_FEE)


def for_won_dispute(stripe: Stripe, account: str, dispute: Json) -> Json:
    """Book the return of disputed money."""
    return _book(stripe, account, dispute, "adjustment", dispute["amount"])


def _book(stripe: Stripe, account: str, source: Json, kind: str, amount: int, fee: int = 0) -> Json:
    detail = {
        "amount": fee,
        "application": None,
        "currency": source["currency"],
        "description": "Stripe processing fees",
    }
    category = "dispute" if source["object"] == "dispute" else kind
    return stripe.make(
        account,
        "balance_transaction",
        "txn_1",
        amount=amount,
        available_on=stripe.clock.now() + 2 * DAY,
        balance_type="payments",
        currency=source["currency"],
        description=None,
        exchange_rate=None,
        fee=fee,
        fee_details=[{**detail, "type": "stripe_fee"}] if fee else [],
        net=amount - fee,
        reporting_category=category,
        source=source["id"],
        status="pending",
        type=kind,
    )
