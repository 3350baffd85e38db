"""What the sandbox reports to the company: signed, retried, and as disorderly as the switches say."""

from __future__ import annotations

from typing import Any

import pytest
from twilio.request_validator import RequestValidator

from tests.sandbox.running import Received, Sandbox, Webhook, wait_for
from tests.support.companies import DEMO_ACCOUNT

COMPANY = DEMO_ACCOUNT.numbers[0]
CUSTOMER = "+13035550142"


def connect(client: Any, webhook: Webhook, overrides: str = "#rc=5&rp=all", **more: str) -> None:
    """Point the company's number at the webhook."""
    number = client.incoming_phone_numbers.list(phone_number=COMPANY)[0]
    number.update(sms_url=f"{webhook.url}/sms?tenant=1{overrides}", **more)


def customer_sends(sandbox: Sandbox, body: str, **more: Any) -> str:
    """Send a text from the customer's phone; return its SID."""
    sid: str = sandbox.post("texts", {"from": CUSTOMER, "to": COMPANY, "body": body, **more})["sid"]
    return sid


def is_signed(webhook: Webhook, request: Received, token: str = DEMO_ACCOUNT.token, fragment: str = "") -> bool:
    """Whether the signature is that of the account's token over the address and the fields."""
    signature = request.headers["X-Twilio-Signature"]
    return bool(RequestValidator(token).validate(webhook.url + request.path + fragment, request.fields, signature))


def test_a_customers_text_reaches_the_company_signed(client: Any, sandbox: Sandbox, webhook: Webhook) -> None:
    connect(client, webhook)
    sid = customer_sends(
        sandbox, "Es tropft! 💧 & mehr", media=[{"url": "https://m.example/1", "content_type": "image/png"}]
    )
    request = webhook.wait_for(1)[0]
    assert is_signed(webhook, request)
    assert not is_signed(webhook, request, token="another")
    expected = {"MessageSid": sid, "From": CUSTOMER, "To": COMPANY, "Body": "Es tropft! 💧 & mehr", "NumMedia": "1"}
    assert expected.items() <= request.fields.items()
    assert request.fields["MediaContentType0"] == "image/png"


def test_the_fragment_is_signed_when_the_switch_says_so(client: Any, sandbox: Sandbox, webhook: Webhook) -> None:
    connect(client, webhook)
    sandbox.switch(sign_fragment=True)
    customer_sends(sandbox, "Hi")
    request = webhook.wait_for(1)[0]
    assert is_signed(webhook, request, fragment="#rc=5&rp=all")
    assert not is_signed(webhook, request)


def test_statuses_are_reported_to_the_callback(client: Any, sandbox: Sandbox, webhook: Webhook) -> None:
    callback = f"{webhook.url}/status?message=7#rc=5&rp=all"
    message = client.messages.create(to=CUSTOMER, from_=COMPANY, body="Hi", status_callback=callback)
    requests = webhook.wait_for(2)
    assert [request.fields["MessageStatus"] for request in requests] == ["sent", "delivered"]
    assert all(request.fields["MessageSid"] == message.sid and is_signed(webhook, request) for request in requests)


def test_failures_are_retried_with_the_same_token_as_the_overrides_say(
    client: Any, sandbox: Sandbox, webhook: Webhook
) -> None:
    connect(client, webhook)
    webhook.answers += [503, 500]
    customer_sends(sandbox, "Hi")
    requests = webhook.wait_for(3)
    assert len({request.headers["I-Twilio-Idempotency-Token"] for request in requests}) == 1


def test_without_overrides_an_error_is_not_retried_and_the_fallback_is_asked(
    client: Any, sandbox: Sandbox, webhook: Webhook
) -> None:
    connect(client, webhook, overrides="", sms_fallback_url=f"{webhook.url}/fallback")
    webhook.answers += [503]
    customer_sends(sandbox, "Hi")
    assert [request.path for request in webhook.wait_for(2)] == ["/sms?tenant=1", "/fallback"]


def test_copies_are_the_same_event(client: Any, sandbox: Sandbox, webhook: Webhook) -> None:
    connect(client, webhook)
    sandbox.switch(webhook_copies=5)
    sid = customer_sends(sandbox, "Hi")
    assert {request.fields["MessageSid"] for request in webhook.wait_for(5)} == {sid}


def test_dropped_webhooks_never_come_and_failed_attempts_come_later(
    client: Any, sandbox: Sandbox, webhook: Webhook
) -> None:
    connect(client, webhook)
    sandbox.switch(webhook_drops=1)
    customer_sends(sandbox, "lost")
    wait_for(lambda: sandbox.get("switches")["webhook_drops"] == 0)
    sandbox.switch(webhook_failures=2)
    customer_sends(sandbox, "late")
    assert [request.fields["Body"] for request in webhook.wait_for(1)] == ["late"]
    assert sandbox.get("switches")["webhook_failures"] == 0


def test_webhooks_are_shuffled(client: Any, sandbox: Sandbox, webhook: Webhook) -> None:
    connect(client, webhook)
    sandbox.switch(webhook_shuffle_seconds=1.0)
    sent = [str(number) for number in range(12)]
    for body in sent:
        customer_sends(sandbox, body)
    arrived = [request.fields["Body"] for request in webhook.wait_for(12)]
    assert sorted(arrived, key=int) == sent
    assert arrived != sent


def test_any_sequence_of_statuses_can_be_reported(client: Any, sandbox: Sandbox, webhook: Webhook) -> None:
    sandbox.switch(hold_statuses=True)
    sid = client.messages.create(to=CUSTOMER, from_=COMPANY, body="Hi", status_callback=f"{webhook.url}/status").sid
    steps = ["delivered", {"status": "failed", "error_code": 30008}, "sent"]
    assert sandbox.post("statuses", {"sid": sid, "statuses": steps})["answers"] == [200, 200, 200]
    reported = [(request.fields["MessageStatus"], request.fields.get("ErrorCode")) for request in webhook.received]
    assert reported == [("delivered", None), ("failed", "30008"), ("sent", None)]


def test_a_twiml_answer_is_texted_back(client: Any, sandbox: Sandbox, webhook: Webhook) -> None:
    connect(client, webhook)
    webhook.twiml = "<Response><Message>We &amp; you</Message></Response>"
    customer_sends(sandbox, "Hi")
    wait_for(lambda: sandbox.texts_on(CUSTOMER))
    assert [text["body"] for text in sandbox.texts_on(CUSTOMER)] == ["We & you"]


@pytest.mark.parametrize("word", ["STOP", " stop ", "Unsubscribe", "OPTOUT", "revoke"])
def test_stop_is_answered_and_blocks_until_start(client: Any, sandbox: Sandbox, webhook: Webhook, word: str) -> None:
    connect(client, webhook)
    customer_sends(sandbox, word)
    assert "unsubscribed" in sandbox.texts_on(CUSTOMER)[0]["body"]
    assert webhook.wait_for(1)[0].fields["Body"] == word
    assert try_to_send(client) == 21610
    customer_sends(sandbox, "start")
    assert "re-subscribed" in sandbox.texts_on(CUSTOMER)[1]["body"]
    assert try_to_send(client) is None


@pytest.mark.parametrize("body", ["stop by at 5", "please STOP", ""])
def test_other_words_block_nothing(client: Any, sandbox: Sandbox, body: str) -> None:
    customer_sends(sandbox, body)
    assert sandbox.texts_on(CUSTOMER) == []
    assert try_to_send(client) is None


def test_keywords_are_left_to_the_company_when_the_switch_says_so(client: Any, sandbox: Sandbox) -> None:
    sandbox.switch(answer_keywords=False)
    customer_sends(sandbox, "HELP")
    customer_sends(sandbox, "STOP")
    assert sandbox.texts_on(CUSTOMER) == []
    assert try_to_send(client) is None


def try_to_send(client: Any) -> int | None:
    """Send a text; return the code of the refusal, or None when it was taken."""
    try:
        client.messages.create(to=CUSTOMER, from_=COMPANY, body="Hello")
    except Exception as refusal:
        return int(getattr(refusal, "code"))  # noqa: B009  (the SDK is untyped)
    return None
