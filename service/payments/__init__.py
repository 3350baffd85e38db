"""The door to Stripe: with the webhooks' signature check, the only code that imports `stripe`.

Companies are paid on accounts of their own (Connect, direct charges), so every call about a payment names the
connected account. What the company pays us for FieldLite itself is the platform's own business, in `billing`.
"""
