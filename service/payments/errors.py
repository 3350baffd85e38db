"""What can go wrong while asking Stripe, in the words of the domain, and how the SDK's exceptions become that.

Stripe's own words go to the log at most: they can quote what was sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import stripe

from service.errors import InvalidInput, Unavailable
from service.logs import get_logger
from service.payments.objects import text

_MAY_PASS = {408, 409, 429}
"""409: another request with the same idempotency key, or on the same object, is under way."""

_log = get_logger("fieldlite.payments")


class PaymentsNotConfigured(Unavailable):
    """The service has no Stripe key."""

    code = "payments_not_configured"
    detail = "Payments are not set up on this server."


class PaymentsUnavailable(Unavailable):
    """Stripe could not be asked or did not answer in time; the same request, with its key, may succeed later."""

    code = "payments_unavailable"
    detail = "Stripe does not answer at the moment. Please try again."


class PaymentsRefused(InvalidInput):
    """Stripe answered and said no. `reason` is its code (`resource_missing`, `charge_already_refunded`) or its type."""

    code = "payment_refused"
    detail = "Stripe does not accept this."

    def __init__(self, reason: str, detail: str | None = None) -> None:
        self.reason = reason
        super().__init__(detail=detail)


class CardRefused(PaymentsRefused):
    """The card was declined; the words are Stripe's, and meant for the one who pays."""

    code = "card_declined"
    detail = "The card was declined."


@contextmanager
def asking_stripe() -> Iterator[None]:
    """Turn the SDK's exceptions into ours."""
    try:
        yield
    except stripe.StripeError as error:
        raise meaning(error) from error


def meaning(error: stripe.StripeError) -> PaymentsRefused | PaymentsUnavailable:
    """What an exception of the SDK means to us."""
    # The SDK keeps the code of some errors only; the body has it for all.
    reason = error.code or text(error.json_body, "error", "code") or type(error).__name__
    _log.warning("stripe_refused", reason=reason, status=error.http_status, stripe_request_id=error.request_id)
    if isinstance(error, stripe.CardError):
        return CardRefused(reason, error.user_message)
    if isinstance(error, stripe.AuthenticationError):
        # Our own key is wrong: nobody who reads the answer can do anything about it.
        return PaymentsUnavailable()
    if error.http_status is None or error.http_status in _MAY_PASS or error.http_status >= 500:
        return PaymentsUnavailable()
    return PaymentsRefused(reason)
