"""The faults that switches order for POSTs: refused, failed, or without an answer, before or after their effect."""

import asyncio

from scripts.sandbox.stripe.errors import Refusal
from scripts.sandbox.switches import ApiFault, SwitchBoard

_SILENCE_SECONDS = 15.0
_BEFORE = {
    ApiFault.RATE_LIMITED: (429, "Request rate limit exceeded.", "rate_limit", "invalid_request_error"),
    ApiFault.UNAVAILABLE: (503, "Stripe is unavailable.", None, "api_error"),
    ApiFault.SERVER_ERROR: (500, "An unknown error occurred", None, "api_error"),
}


def take_fault(board: SwitchBoard) -> ApiFault:
    """Use up one of the faults that are ordered."""
    fault = board.now.stripe_api_fault
    return fault if board.use("stripe_api_faults") else ApiFault.NONE


async def fail_before(fault: ApiFault) -> None:
    """Fail before the request has an effect."""
    if fault is ApiFault.SILENT:
        await _be_silent()
    if fault in _BEFORE:
        status, message, code, kind = _BEFORE[fault]
        raise Refusal(status, message, code=code, kind=kind)


async def fail_after(fault: ApiFault) -> None:
    """Fail after the effect: the same idempotency key gets the true answer at the next try."""
    if fault is ApiFault.SILENT_AFTER_ACCEPTING:
        await _be_silent()
    if fault is ApiFault.SERVER_ERROR_AFTER_ACCEPTING:
        raise Refusal(500, "An unknown error occurred", kind="api_error")


async def _be_silent() -> None:
    await asyncio.sleep(_SILENCE_SECONDS)
    raise Refusal(504, "The request took too long.", kind="api_error")
