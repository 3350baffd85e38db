"""From the link and the amount that somebody typed to the address of Stripe's page. Knows nothing of HTTP."""

from __future__ import annotations

from hashlib import sha256

from service.database import Database
from service.errors import InvalidInput
from service.money import parse_money
from service.payments.checkout import start_checkout
from service.payments.client import Payments


class WrongAmount(InvalidInput):
    """What was typed is no amount."""

    code = "wrong_amount"
    detail = "Write an amount like 50 or 49.95."


def token_hash(token: str) -> bytes:
    """What the database keeps instead of a link's secret."""
    return sha256(token.encode()).digest()


def payment_page(portal: Database, payments: Payments, token: str, amount: str | None, return_url: str) -> str:
    """Stripe's page for an attempt to pay what was typed (None: all that is owed), a new one or the one that is open.

    Raises WrongAmount, DatabaseRefusal 409 (paid, void, processing, not_ready, too_small), 410 `link_ended`, 422 (an
    amount that is not possible), 429, and what `start_checkout` raises.
    """
    cents = None if amount is None else parse_money(amount)
    if amount is not None and cents is None:
        raise WrongAmount
    attempt = portal.call_value("start_payment", p_token_hash=token_hash(token), p_amount_cents=cents)
    return start_checkout(payments, attempt, return_url)
