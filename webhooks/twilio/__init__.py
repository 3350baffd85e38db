"""Twilio's webhooks: an inbound text, and the delivery status of one of ours."""

from webhooks.twilio.routes import blueprint

__all__ = ["blueprint"]
