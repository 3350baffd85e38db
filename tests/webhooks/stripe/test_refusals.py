"""What Stripe did not sign, or not now, not for us or not for this endpoint, changes nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.support.stripe_events import Json, Paid, body_of, event, new_id, sign, some_payment
from tests.webhooks.stripe.deliveries import CONNECT, PLATFORM, Till


@pytest.fixture(scope="module")
def paid(till: Till) -> Paid:
    return till.attempt()


@pytest.fixture
def body(paid: Paid) -> bytes:
    return body_of(paid.event("charge.succeeded", paid.charge_object()))


@pytest.fixture(autouse=True)
def nothing_is_written(till: Till, rival: Till, paid: Paid) -> Iterator[None]:
    """Every test here ends with as many rows as it began, and the payment as it was."""
    before = till.counts(), rival.counts()
    yield
    assert (till.counts(), rival.counts()) == before
    assert till.payment(paid)["status"] == "pending"


def refusals(till: Till, paid: Paid, body: bytes) -> dict[str, httpx.Response]:
    now, platform = time.time(), body_of(event("charge.succeeded", paid.charge_object()))
    return {
        "missing": till.post(body, None),
        "empty": till.post(body, ""),
        "nonsense": till.post(body, "t=now,v1=x"),
        "not ASCII": till.post(body, b"t=1,v1=\xe9"),
        "forged": till.post(body, sign(body, "whsec_guessed")),
        "stale": till.post(body, sign(body, CONNECT, now - 400)),
        "from the future": till.post(body, sign(body, CONNECT, now + 400)),
        "changed": till.post(body.replace(b"succeeded", b"Succeeded"), sign(body, CONNECT)),
        "not UTF-8": till.post(body + b"\xff", sign(body, CONNECT)),
        "a connected account's event at the platform's endpoint": till.post(body, sign(body, PLATFORM)),
        "the platform's event at the connect endpoint": till.post(platform, sign(platform, CONNECT)),
    }


def test_every_refusal_is_the_same_answer(till: Till, paid: Paid, body: bytes) -> None:
    answers = refusals(till, paid, body)
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 403)
    assert len({answer.content for answer in answers.values()}) == 1
    said = "".join(answer.text for answer in answers.values()) + till.stack.log("service")
    for secret in (CONNECT, PLATFORM):
        assert secret not in said


def test_a_giant_body_is_refused_before_anything_else(till: Till) -> None:
    assert till.post(b"{" + b" " * (513 * 1024), None, "text/plain").status_code == 413


def test_a_body_of_unknown_length_is_limited_too(till: Till) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(64):
            yield b"x" * 16_384

    address = f"{till.stack.service_url}/api/stripe/webhook"
    answer = till.http.post(address, content=chunks(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain", ""])
def test_another_type_is_refused(till: Till, body: bytes, content_type: str) -> None:
    assert till.post(body, sign(body, CONNECT), content_type).status_code == 415


def unusable(till: Till, rival: Till, paid: Paid) -> dict[str, Json | Any]:
    charge = paid.charge_object()
    elsewhere = some_payment(till.account)
    return {
        "live mode": paid.event("charge.succeeded", charge, livemode=True),
        "an account of nobody": event("charge.succeeded", charge, account=new_id("acct")),
        "a type that means nothing": paid.event("invoice.paid", {"id": "in_1", "object": "invoice"}),
        "a thin event": {
            "id": "evt_1",
            "object": "v2.core.event",
            "type": "v1.charge.succeeded",
            "context": paid.account,
        },
        "a sale elsewhere": elsewhere.event("charge.succeeded", elsewhere.charge_object(metadata={})),
        "no object": paid.event("charge.succeeded", {}),
        "no data": {**paid.event("charge.succeeded", charge), "data": None},
        "no id": {**paid.event("charge.succeeded", charge), "id": None},
        "a list": [paid.event("charge.succeeded", charge)],
        "a text": "evt_1",
    }


def test_what_is_signed_and_means_nothing_is_acknowledged(till: Till, rival: Till, paid: Paid) -> None:
    documents = unusable(till, rival, paid)
    assert {name: till.deliver(document) for name, document in documents.items()} == dict.fromkeys(documents, "ignored")


@pytest.mark.parametrize("body", [b"", b"not JSON", b"[" * 100_000, b'{"id": "evt_1"', b'"\\ud800"', b"NaN"])
def test_signed_bytes_that_are_no_event_are_acknowledged(till: Till, body: bytes) -> None:
    assert till.post(body, sign(body, CONNECT)).json() == {"outcome": "ignored"}


def test_a_platform_event_about_a_customer_of_nobody_is_acknowledged(till: Till) -> None:
    thing = {"id": "sub_1", "object": "subscription", "customer": "cus_nobody", "status": "active"}
    assert till.deliver(event("customer.subscription.updated", thing), PLATFORM) == "ignored"
