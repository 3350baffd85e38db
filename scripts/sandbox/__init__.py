"""The provider sandbox: plays Twilio and Stripe for their official SDKs, and a customer for a person or a test.

It is for development and tests only: it listens on loopback and its accounts and tokens are printed in this repository.

What it plays of Twilio: one account's fetch, IncomingPhoneNumbers (list, fetch, update) and Messages (create, fetch,
list) of the 2010-04-01 API; signed webhooks with retries, connection overrides and a fallback; delivery statuses; the
keyword answers and the opt-out block that Twilio has by default. Anything else of the API is answered 404 with code
20404.
What it plays of Stripe is in `scripts.sandbox.stripe`.
"""
