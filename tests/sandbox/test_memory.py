"""A restart of the sandbox forgets nothing and goes on with what was under way."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.telephony.client import twilio_client
from tests.sandbox.running import running_sandbox, running_webhook, wait_for
from tests.support.companies import DEMO_ACCOUNT

COMPANY = DEMO_ACCOUNT.numbers[0]
CUSTOMER = "+13035550142"


@pytest.mark.parametrize("place", ["folder", "file.sqlite"])
def test_texts_addresses_and_opt_outs_survive_and_deliveries_go_on(tmp_path: Path, place: str) -> None:
    state = tmp_path / place
    with running_webhook() as webhook:
        with (
            running_sandbox(state) as before,
            twilio_client(before.url, DEMO_ACCOUNT.sid, DEMO_ACCOUNT.token) as client,
        ):
            before.switch(status_step_seconds=1.5)
            client.incoming_phone_numbers.list()[0].update(sms_url="https://crm.example/sms")
            client.messages.create(to=CUSTOMER, from_=COMPANY, body="Hi", status_callback=f"{webhook.url}/status")
            before.post("texts", {"from": "+13035550143", "to": COMPANY, "body": "STOP"})
        assert webhook.received == []
        with running_sandbox(state) as after, twilio_client(after.url, DEMO_ACCOUNT.sid, DEMO_ACCOUNT.token) as client:
            assert client.incoming_phone_numbers.list()[0].sms_url == "https://crm.example/sms"
            wait_for(lambda: after.texts_on(CUSTOMER)[-1:] and after.texts_on(CUSTOMER)[0]["status"] == "delivered")
            assert "unsubscribed" in after.texts_on("+13035550143")[0]["body"]
        assert [request.fields["MessageStatus"] for request in webhook.received] == ["sent", "delivered"]
