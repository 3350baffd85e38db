"""What happens when its time comes, by the real clock or because a test moves the sandbox's forward."""

import asyncio
from collections.abc import Callable

from scripts.sandbox.stripe import refunds, subscriptions
from scripts.sandbox.stripe.cards import BANKS
from scripts.sandbox.stripe.checkout import settle_bank_debit
from scripts.sandbox.stripe.clock import Timer
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.sessions import expire_session

_TICK_SECONDS = 1.0


def advance(stripe: Stripe, seconds: int) -> int:
    """Move the clock forward through everything that is due on the way, in its order; return the new time."""
    until = stripe.clock.now() + seconds
    while timer := stripe.agenda.take_due(until):
        stripe.clock.move_to(timer.at)
        _HANDLERS[timer.kind](stripe, timer)
    stripe.clock.move_to(until)
    return until


async def follow_the_clock(stripe: Stripe) -> None:
    """Do what is due as time passes, until cancelled."""
    while True:
        advance(stripe, 0)
        await asyncio.sleep(_TICK_SECONDS)


def _expire_session(stripe: Stripe, timer: Timer) -> None:
    session = stripe.find(timer.account, "checkout.session", timer.subject)
    if session["status"] == "open":
        expire_session(stripe, timer.account, session)


def _settle_bank_debit(stripe: Stripe, timer: Timer) -> None:
    intent = stripe.find(timer.account, "payment_intent", timer.subject)
    charge = stripe.find(timer.account, "charge", intent["latest_charge"])
    settle_bank_debit(stripe, timer.account, timer.subject, BANKS[charge["_bank"]].failure)


_HANDLERS: dict[str, Callable[[Stripe, Timer], None]] = {
    "session_expires": _expire_session,
    "bank_debit_settles": _settle_bank_debit,
    "refund_settles": lambda stripe, timer: refunds.settle(stripe, timer.account, timer.subject),
    "subscription_period_ends": lambda stripe, timer: subscriptions.end_period(stripe, timer.account, timer.subject),
    "trial_will_end": lambda stripe, timer: subscriptions.warn_of_trial_end(stripe, timer.account, timer.subject),
    "invoice_is_retried": lambda stripe, timer: subscriptions.retry_payment(stripe, timer.account, timer.subject),
}
