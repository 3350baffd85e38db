"""Stripe's webhook: what happened on companies' own accounts, and to their subscriptions to FieldLite."""

from webhooks.stripe.routes import blueprint

__all__ = ["blueprint"]
