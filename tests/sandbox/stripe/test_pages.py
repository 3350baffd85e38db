"""Onboarding, the overview and its buttons, links on the phone, and what makes no sense to the control API."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import stripe

from tests.sandbox.running import Sandbox
from tests.sandbox.stripe.money import Company, advance, pay_by_bank, told


def onboarding(client: stripe.StripeClient, account: str) -> str:
    """Return the address of an onboarding page."""
    return client.v1.account_links.create(
        {
            "account": account,
            "type": "account_onboarding",
            "return_url": "https://crm.example/back",
            "refresh_url": "https://crm.example/again",
        }
    ).url


def test_onboarding_goes_step_by_step_or_at_once(client: stripe.StripeClient, sandbox: Sandbox) -> None:
    account = client.v1.accounts.create({"type": "standard"}).id
    url = onboarding(client, account)
    assert "external_account" in httpx.get(url).text
    httpx.post(url, data={"step": "bank"})
    due = client.v1.accounts.retrieve(account).requirements
    assert due is not None
    assert "external_account" not in (due.currently_due or [])
    answer = httpx.post(url, data={"step": "", "name": "Ridgeline Plumbing"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "https://crm.example/back")
    assert client.v1.accounts.retrieve(account).charges_enabled
    assert "Everything is there" in httpx.get(url).text
    assert "Ridgeline Plumbing" in httpx.get(Company(client, sandbox, account).checkout().url).text
    assert told(sandbox) == ["account.updated", "account.updated"]


def test_a_link_that_has_ended_leads_back_for_a_new_one(client: stripe.StripeClient, sandbox: Sandbox) -> None:
    url = onboarding(client, client.v1.accounts.create({"type": "standard"}).id)
    advance(sandbox, 3600)
    assert httpx.get(url).headers["Location"] == "https://crm.example/again"


def press(sandbox: Sandbox, action: str, subject: str) -> str:
    """Press a button of the overview; return the page that follows."""
    data = {"action": action, "subject": subject}
    return httpx.post(f"{sandbox.url}/stripe/", data=data, follow_redirects=True).text


def test_the_overviews_buttons_work(company: Company, sandbox: Sandbox) -> None:
    paid = company.paid()
    session = company.checkout()
    assert session.url in httpx.get(f"{sandbox.url}/stripe/").text
    pay_by_bank(session.url)
    assert "Bank debit clears" in httpx.get(f"{sandbox.url}/stripe/").text
    assert "Done." in press(sandbox, "debit_clears", company.session(session).payment_intent)
    assert "Done." in press(sandbox, "dispute", paid.latest_charge.id)
    dispute = company.client.v1.disputes.list(options=company.options).data[0]
    assert "Done." in press(sandbox, "win", dispute.id)
    assert "Nothing was done" in press(sandbox, "win", dispute.id)
    assert "Nothing was done" in press(sandbox, "explode", dispute.id)
    assert "1 day later" in press(sandbox, "advance", "1 day")


def test_another_pages_form_presses_nothing(company: Company, sandbox: Sandbox) -> None:
    data = {"action": "deauthorize", "subject": company.account}
    answer = httpx.post(f"{sandbox.url}/stripe/", data=data, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


def test_the_phone_links_to_the_overview_and_makes_addresses_links(sandbox: Sandbox) -> None:
    body = 'Pay here: https://crm.example/i/abc?a=1&b=2. <b>"x"</b>'
    sandbox.post("texts", {"from": "+13035550142", "to": "+13035550100", "body": body})
    page = httpx.get(sandbox.url).text
    assert 'href="/stripe/"' in page
    assert (
        '<a href="https://crm.example/i/abc?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">'
        "https://crm.example/i/abc?a=1&amp;b=2</a>. &lt;b&gt;" in page
    )


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "endpoint", {"url": 1}),
        ("PUT", "secrets", {"third": ["whsec_x"]}),
        ("PUT", "secrets", {"connect": "whsec_x"}),
        ("POST", "clock", {"advance_seconds": -1}),
        ("POST", "clock", {"advance_seconds": "1"}),
        ("POST", "disputes", {"charge": "ch_unknown"}),
        ("POST", "disputes", {}),
        ("POST", "disputes/du_unknown/close", {"status": "won"}),
        ("POST", "disputes/du_unknown/close", {"status": "drawn"}),
        ("POST", "accounts/acct_unknown/complete", {}),
        ("POST", "events/evt_unknown/deliver", {}),
        ("POST", "payment_intents/pi_unknown/settle", {"succeeds": True}),
        ("POST", "refunds/re_unknown/settle", {"succeeds": "yes"}),
    ],
)
def test_what_makes_no_sense_is_refused_with_words(sandbox: Sandbox, method: str, path: str, body: Any) -> None:
    answer = httpx.request(method, f"{sandbox.url}/control/stripe/{path}", json=body)
    assert answer.status_code == 422
    assert answer.json()["error"]
