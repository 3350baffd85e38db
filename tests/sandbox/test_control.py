"""The control API and the phone page without a browser: what makes no sense is refused with words."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.sandbox.running import Sandbox
from tests.support.companies import DEMO_ACCOUNT

COMPANY = DEMO_ACCOUNT.numbers[0]
CUSTOMER = "+13035550142"


@pytest.mark.parametrize(
    "body",
    [
        "not json",
        "[]",
        '{"from": "+13035550142", "to": "+19995550100", "body": "to nobody"}',
        '{"from": "+13035550142", "to": "+13035550100"}',
        '{"from": "+13035550142", "to": "+13035550100", "body": "\\ud83d"}',
    ],
)
def test_a_text_that_makes_no_sense_is_refused(sandbox: Sandbox, body: str) -> None:
    answer = httpx.post(f"{sandbox.url}/control/texts", content=body)
    assert answer.status_code == 422
    assert answer.json()["error"]


@pytest.mark.parametrize(
    "switches",
    [{"no_such_switch": 1}, {"webhook_copies": 0}, {"webhook_drops": "2"}, {"hold_statuses": 1}, {"api_fault": "boom"}],
)
def test_switches_that_do_not_exist_or_fit_change_nothing(sandbox: Sandbox, switches: dict[str, Any]) -> None:
    before = sandbox.get("switches")
    answer = httpx.put(f"{sandbox.url}/control/switches", json={"webhook_copies": 3, **switches})
    assert answer.status_code == 422
    assert sandbox.get("switches") == before


def test_the_page_shows_texts_as_text_and_keeps_scripts_out(sandbox: Sandbox) -> None:
    sandbox.post("texts", {"from": CUSTOMER, "to": COMPANY, "body": "<script>alert(1)</script>"})
    page = httpx.get(sandbox.url, params={"customer": CUSTOMER, "company": COMPANY})
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script>alert" not in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_page_sends_and_switches_without_javascript(sandbox: Sandbox) -> None:
    form = {"customer": " +1 (303) 555-0142", "company": COMPANY, "body": "line one\r\nline two"}
    page = httpx.post(f"{sandbox.url}/phone/texts", data=form, follow_redirects=True)
    assert "line one\nline two" in page.text
    page = httpx.post(f"{sandbox.url}/phone/switches", data={**sandbox.get("switches"), "webhook_copies": "4"})
    assert page.status_code == 303
    assert sandbox.get("switches")["webhook_copies"] == 4
    httpx.post(f"{sandbox.url}/phone/switches", data={"reset": "1"})
    assert sandbox.get("switches")["webhook_copies"] == 1


def test_another_pages_form_sends_nothing(sandbox: Sandbox) -> None:
    form = {"customer": CUSTOMER, "company": COMPANY, "body": "forged"}
    answer = httpx.post(f"{sandbox.url}/phone/texts", data=form, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "forged" not in httpx.get(sandbox.url).text
