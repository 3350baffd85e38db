"""The public addresses that we give to people and providers, built from the configured origin and never from a request.

They are also what Twilio signs, so the signature check uses the same functions.
"""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from service.settings import Settings

TwilioKind = Literal["sms", "status"]

TWILIO_OVERRIDES = "#rc=5&rp=all"
"""Twilio's connection overrides: five more tries, after any kind of failure. Without them a failed inbound text is
"logged and nothing more is done"; the default is one retry, and only when it cannot connect."""


def settings_page(settings: Settings, page: Literal["payments", "billing"]) -> str:
    """A page of ours that Stripe's pages lead back to."""
    return f"{settings.public_url}/settings/{page}"


def twilio_webhook(settings: Settings, tenant_id: UUID | str, kind: TwilioKind) -> str:
    """The address of one company's webhook, without overrides or query."""
    return f"{settings.public_url}/api/twilio/webhook/{tenant_id}/{kind}"


def sms_webhook(settings: Settings, tenant_id: UUID | str) -> str:
    """What a number's SMS URL is set to at Twilio."""
    return twilio_webhook(settings, tenant_id, "sms") + TWILIO_OVERRIDES


def status_webhook(settings: Settings, tenant_id: UUID | str, message_id: UUID | str) -> str:
    """The status callback of one text. It carries our id, so that a callback finds its row before we know Twilio's."""
    return f"{twilio_webhook(settings, tenant_id, 'status')}?message={message_id}{TWILIO_OVERRIDES}"


def invoice_page(settings: Settings, token: str) -> str:
    """The customer's page of an invoice; `token` is the secret of its link."""
    return f"{settings.public_url}/i/{token}"


def invitation_page(settings: Settings, token: str) -> str:
    """Where an invitation is accepted. The secret stands behind the `#`: no server and no referrer ever sees it."""
    return f"{settings.public_url}/invite#{token}"


def oauth_callback(settings: Settings, attempt: str) -> str:
    """Where Supabase Auth sends a person back to; `attempt` names the cookie that the sign-in began with."""
    return f"{settings.public_url}/api/v1/auth/oauth/callback?attempt={attempt}"
