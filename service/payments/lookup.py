"""Asking Stripe how things are now, for news whose order says nothing."""

from __future__ import annotations

from typing import Any

from stripe import StripeClient

from service.payments.errors import asking_stripe
from service.payments.objects import Json, number, text, value

_ENDED = {"canceled", "incomplete_expired"}
_MOST_SUBSCRIPTIONS = 20


def _weight(subscription: Json) -> tuple[bool, int]:
    return text(subscription, "status") not in _ENDED, number(subscription, "created") or 0


class Lookup:
    """Answers are remembered, so one is made for each event, or for each run over many events of the past.

    Every method raises PaymentsRefused (not there, or no longer ours to see) and PaymentsUnavailable.
    """

    def __init__(self, stripe: StripeClient) -> None:
        self._stripe = stripe
        self._known: dict[tuple[str, str], Json] = {}

    def account(self, account: str) -> Json:
        """A connected account."""
        return self._ask("account", account, lambda: self._stripe.v1.accounts.retrieve(account))

    def payment_intent(self, intent: str, account: str) -> Json:
        """A PaymentIntent of a connected account."""
        intents = self._stripe.v1.payment_intents
        return self._ask("intent", intent, lambda: intents.retrieve(intent, options={"stripe_account": account}))

    def dispute(self, dispute: str, account: str) -> Json:
        """A dispute of a connected account."""
        disputes = self._stripe.v1.disputes
        return self._ask("dispute", dispute, lambda: disputes.retrieve(dispute, options={"stripe_account": account}))

    def balance_transaction(self, transaction: str, account: str) -> Json:
        """A movement on the balance of a connected account."""
        transactions = self._stripe.v1.balance_transactions
        return self._ask(
            "transaction", transaction, lambda: transactions.retrieve(transaction, options={"stripe_account": account})
        )

    def subscription(self, customer: str) -> Json | None:
        """The customer's subscription as it is: one that has not ended before one that has, then the newest."""
        subscriptions = self._stripe.v1.subscriptions
        page = self._ask(
            "subscriptions",
            customer,
            lambda: subscriptions.list({"customer": customer, "status": "all", "limit": _MOST_SUBSCRIPTIONS}),
        )
        found: list[Json] = value(page, "data") or []
        return max(found, key=_weight, default=None)

    def _ask(self, kind: str, key: str, question: Any) -> Json:
        if (kind, key) not in self._known:
            with asking_stripe():
                self._known[kind, key] = question().to_dict()
        return self._known[kind, key]
