"""Plays Stripe (Connect with direct charges, Checkout, billing) for the official SDK, and the pages that people see.

What it plays, below /stripe/v1: accounts and account links, Checkout sessions, PaymentIntents, charges, refunds,
disputes, balance transactions, events, customers, products, prices, subscriptions, invoices, billing portal sessions;
idempotency keys, expansion, pages of lists; signed webhooks; test cards and test bank accounts; a clock that tests
advance. Below /stripe are its pages: Checkout, onboarding, billing portal, and an overview. Anything else of the API
is answered 404, and so is an object of a connected account that is asked for without its Stripe-Account header.
"""

API_VERSION = "2026-10-28.endive"
"""The version whose shapes the answers and the events have."""
PLATFORM_KEY = "sk_test_sandbox_platform"
PLATFORM = ""
"""The account of the platform's own objects; connected accounts have ids."""
