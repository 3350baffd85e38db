"""Which endpoints a signature proves: the SDK's own check, within five minutes either way."""

from __future__ import annotations

import pytest

from service.settings import StripeEndpoint
from tests.support.stripe_events import sign
from webhooks.stripe.signature import TOLERANCE_SECONDS, signed_by

BODY = b'{"id": "evt_1"}'
NOW = 1_800_000_000
SECRETS: tuple[tuple[StripeEndpoint, str], ...] = (
    ("platform", "whsec_old"),
    ("platform", "whsec_new"),
    ("connect", "whsec_connect"),
)


@pytest.mark.parametrize(
    ("secret", "endpoint"), [("whsec_old", "platform"), ("whsec_new", "platform"), ("whsec_connect", "connect")]
)
def test_each_secret_proves_its_own_endpoint(secret: str, endpoint: str) -> None:
    assert signed_by(BODY, sign(BODY, secret, NOW), SECRETS, NOW) == {endpoint}


def test_while_a_secret_is_rotated_stripe_signs_with_both() -> None:
    old, new = sign(BODY, "whsec_gone", NOW), sign(BODY, "whsec_new", NOW)
    assert signed_by(BODY, f"{old},{new.partition(',')[2]}", SECRETS, NOW) == {"platform"}


@pytest.mark.parametrize("seconds", [-TOLERANCE_SECONDS, 0, TOLERANCE_SECONDS])
def test_a_clock_may_be_five_minutes_off(seconds: int) -> None:
    assert signed_by(BODY, sign(BODY, "whsec_new", NOW + seconds), SECRETS, NOW)


@pytest.mark.parametrize("seconds", [-TOLERANCE_SECONDS - 1, TOLERANCE_SECONDS + 1, -86_400, 86_400])
def test_a_signature_of_another_time_proves_nothing(seconds: int) -> None:
    """The SDK alone would let the ones from the future pass."""
    assert not signed_by(BODY, sign(BODY, "whsec_new", NOW + seconds), SECRETS, NOW)


def test_the_time_that_is_checked_is_the_time_that_was_signed() -> None:
    stale = sign(BODY, "whsec_new", NOW - 1000)
    for header in (f"{stale},t={NOW}", f"t={NOW},{stale}", stale.replace(str(NOW - 1000), str(NOW))):
        assert not signed_by(BODY, header, SECRETS, NOW)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=,v1=",
        f"t={NOW}",
        f"t={NOW},v0=abc",
        f"t={NOW}, v1=abc",
        "v1=abc",
        "t=now,v1=abc",
        "t=-1,v1=abc",
        "t=" + "9" * 5000 + ",v1=abc",
        f"t={NOW},v1=\xe9",
        "=" * 100,
        f"t={NOW}," + "v1=a," * 2000,
    ],
)
def test_nonsense_proves_nothing(header: str) -> None:
    assert not signed_by(BODY, header, SECRETS, NOW)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"\xc3", b'{"id": "caf\xe9"}'])
def test_bytes_that_are_no_text_prove_nothing(body: bytes) -> None:
    assert not signed_by(body, sign(BODY, "whsec_new", NOW), SECRETS, NOW)


def test_a_changed_body_proves_nothing() -> None:
    assert not signed_by(BODY + b" ", sign(BODY, "whsec_new", NOW), SECRETS, NOW)


def test_without_secrets_nothing_is_proven() -> None:
    assert not signed_by(BODY, sign(BODY, "whsec_new", NOW), (), NOW)
