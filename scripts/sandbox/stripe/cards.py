"""Stripe's test cards and test bank accounts: https://docs.stripe.com/testing."""

from dataclasses import dataclass

from scripts.sandbox.stripe.store import Json


@dataclass(frozen=True)
class Decline:
    """Why a payment failed: Stripe's codes, and the sentence for the customer."""

    code: str
    message: str
    decline_code: str | None = None


@dataclass(frozen=True)
class Card:
    """A test card and its behaviour."""

    number: str
    meaning: str
    brand: str = "visa"
    decline: Decline | None = None
    authenticates: bool = False
    disputed: bool = False
    refund: str = "succeeded"
    """How its refunds go: `succeeded`, `fails_later` (succeeded, then failed), `succeeds_later` (pending at first)."""
    renewals_fail: bool = False


@dataclass(frozen=True)
class Bank:
    """A test bank account and how a debit from it ends."""

    number: str
    meaning: str
    failure: Decline | None = None


GENERIC = Decline("card_declined", "Your card was declined.", "generic_decline")
_FUNDS = Decline("card_declined", "Your card has insufficient funds.", "insufficient_funds")
_EXPIRED = Decline("expired_card", "Your card has expired.")
_CVC = Decline("incorrect_cvc", "Your card's security code is incorrect.")
NOT_A_TEST_CARD = Decline(
    "card_declined",
    "Your card was declined. Your request was in test mode, but used a non test card.",
    "test_mode_live_card",
)
NOT_AUTHENTICATED = Decline(
    "payment_intent_authentication_failure",
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
)

CARDS = {
    card.number: card
    for card in (
        Card("4242424242424242", "succeeds"),
        Card("5555555555554444", "succeeds (Mastercard)", brand="mastercard"),
        Card("4000000000000002", "declined", decline=GENERIC),
        Card("4000000000009995", "declined: insufficient funds", decline=_FUNDS),
        Card("4000000000000069", "declined: expired", decline=_EXPIRED),
        Card("4000000000000127", "declined: wrong security code", decline=_CVC),
        Card("4000002500003155", "asks for authentication", authenticates=True),
        Card("4000000000000259", "succeeds, then is disputed", disputed=True),
        Card("4000000000005126", "succeeds; a refund fails later", refund="fails_later"),
        Card("4000000000007726", "succeeds; a refund waits first", refund="succeeds_later"),
        Card("4000000000000341", "succeeds now; renewals are declined", renewals_fail=True),
    )
}
BANK_FAILURE = Decline("insufficient_funds", "The bank account has insufficient funds.")
BANKS = {
    bank.number: bank
    for bank in (
        Bank("000123456789", "succeeds after four days"),
        Bank("000222222227", "fails: insufficient funds", BANK_FAILURE),
        Bank("000111111113", "fails: account closed", Decline("account_closed", "The bank account has been closed.")),
    )
}


def card_details(card: Card) -> Json:
    """Return `payment_method_details` of a charge by card."""
    details = {
        "brand": card.brand,
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "US",
        "exp_month": 12,
        "exp_year": 2034,
        "funding": "credit",
        "last4": card.number[-4:],
        "network": card.brand,
    }
    return {"type": "card", "card": details}


def bank_details(bank: Bank) -> Json:
    """Return `payment_method_details` of a charge by bank debit."""
    details = {
        "account_holder_type": "individual",
        "account_type": "checking",
        "bank_name": "STRIPE TEST BANK",
        "last4": bank.number[-4:],
        "routing_number": "110000000",
    }
    return {"type": "us_bank_account", "us_bank_account": details}
