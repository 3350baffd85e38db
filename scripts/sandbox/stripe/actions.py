"""What tests and the overview page do to Stripe's world: the same verbs for both, by the id of an object."""

from collections.abc import Callable

from scripts.sandbox.stripe import PLATFORM, accounts, disputes, refunds, subscriptions
from scripts.sandbox.stripe.cards import BANK_FAILURE
from scripts.sandbox.stripe.checkout import settle_bank_debit
from scripts.sandbox.stripe.errors import missing
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.store import Json


def account_of(stripe: Stripe, subject: str) -> str:
    """Return the account that has an object; raises Refusal 404."""
    account = stripe.store.account_of(subject)
    if account is None:
        raise missing("object", subject)
    return account


def complete_account(stripe: Stripe, subject: str) -> Json:
    """Fulfil everything that an account still owes."""
    return accounts.fulfil(stripe, stripe.find(PLATFORM, "account", subject))


def deauthorize_account(stripe: Stripe, subject: str) -> Json:
    """Take our access to an account away."""
    return accounts.deauthorize(stripe, stripe.find(PLATFORM, "account", subject))


def dispute(stripe: Stripe, subject: str, amount: int | None = None) -> Json:
    """Dispute a charge, or what an intent charged."""
    account = account_of(stripe, subject)
    if subject.startswith("pi_"):
        intent = stripe.find(account, "payment_intent", subject)
        subject = intent["latest_charge"] or subject
    return disputes.open_dispute(stripe, account, stripe.find(account, "charge", subject), amount)


def close_dispute(stripe: Stripe, subject: str, status: str) -> Json:
    """Decide a dispute: won or lost."""
    account = account_of(stripe, subject)
    return disputes.close(stripe, account, stripe.find(account, "dispute", subject), status)


def settle_debit(stripe: Stripe, subject: str, succeeds: bool) -> Json:
    """Let a bank debit clear or fail at once."""
    account = account_of(stripe, subject)
    settle_bank_debit(stripe, account, subject, None if succeeds else BANK_FAILURE)
    return stripe.find(account, "payment_intent", subject)


def settle_refund(stripe: Stripe, subject: str, succeeds: bool) -> Json:
    """Let a refund that waits succeed, or any refund fail, at once."""
    account = account_of(stripe, subject)
    if succeeds:
        refunds.settle(stripe, account, subject)
    else:
        refunds.fail(stripe, account, subject)
    return stripe.find(account, "refund", subject)


def cancel_subscription(stripe: Stripe, subject: str) -> Json:
    """End a subscription now."""
    account = account_of(stripe, subject)
    return subscriptions.cancel(stripe, account, stripe.find(account, "subscription", subject))


def deliver(stripe: Stripe, subject: str) -> Json:
    """Send an event again, whatever became of it."""
    event = stripe.find(account_of(stripe, subject), "event", subject)
    stripe.events.deliver(event)
    return event


ACTIONS: dict[str, Callable[[Stripe, str], Json]] = {
    "complete": complete_account,
    "deauthorize": deauthorize_account,
    "dispute": dispute,
    "win": lambda stripe, subject: close_dispute(stripe, subject, "won"),
    "lose": lambda stripe, subject: close_dispute(stripe, subject, "lost"),
    "debit_clears": lambda stripe, subject: settle_debit(stripe, subject, succeeds=True),
    "debit_fails": lambda stripe, subject: settle_debit(stripe, subject, succeeds=False),
    "refund_succeeds": lambda stripe, subject: settle_refund(stripe, subject, succeeds=True),
    "refund_fails": lambda stripe, subject: settle_refund(stripe, subject, succeeds=False),
    "cancel_subscription": cancel_subscription,
    "deliver": deliver,
}
