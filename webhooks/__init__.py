"""Provider webhooks: verify, parse, one database call, answer."""
