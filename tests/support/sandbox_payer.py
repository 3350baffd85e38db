"""What people do on the sandbox's pages: the company's owner in the onboarding, the customer at the checkout."""

from __future__ import annotations

from typing import Any

import httpx

GOOD_CARD = "4242424242424242"
DECLINED_CARD = "4000000000000002"
GOOD_BANK = "000123456789"


class Payer:
    """A browser without scripts, on the pages of one sandbox, and the levers behind them."""

    def __init__(self, sandbox_url: str) -> None:
        self._url = sandbox_url
        self._http = httpx.Client(timeout=20, follow_redirects=False)

    def complete_onboarding(self, page: str) -> str:
        """Fulfil everything on an onboarding page; returns the address that it leads back to."""
        return self._submit(page, {})

    def pay_by_card(self, page: str, number: str = GOOD_CARD) -> str:
        """Try a card; returns where the page leads: back to the company, or to itself after a decline."""
        form = {"number": number, "expiry": "12/34", "cvc": "123", "name": "Maria", "email": "maria@example.com"}
        return self._submit(f"{page}/card", form)

    def pay_by_bank(self, page: str, number: str = GOOD_BANK) -> str:
        """Start a bank debit; returns where the page leads."""
        form = {"account_number": number, "routing_number": "110000000", "name": "Maria", "email": "maria@example.com"}
        return self._submit(f"{page}/bank", form)

    def control(self, path: str, body: Any) -> Any:
        """Pull a lever of the sandbox's Stripe."""
        answer = self._http.post(f"{self._url}/control/stripe/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def switch(self, **switches: Any) -> None:
        """Let the sandbox misbehave."""
        self._http.put(f"{self._url}/control/switches", json=switches).raise_for_status()

    def events_go_to(self, url: str) -> None:
        """Change the address that gets the events; empty: nobody does."""
        self._http.put(f"{self._url}/control/stripe/endpoint", json={"url": url}).raise_for_status()

    def charges(self, payment: str) -> list[dict[str, Any]]:
        """What a customer really was charged for one of our payments."""
        found = self._http.get(f"{self._url}/control/stripe/charges").raise_for_status().json()["charges"]
        return [charge for charge in found if charge["metadata"].get("payment") == payment]

    def close(self) -> None:
        self._http.close()

    def _submit(self, address: str, form: dict[str, str]) -> str:
        answer = self._http.post(address, data=form)
        assert answer.status_code in {302, 303}, answer.text
        return str(answer.headers["Location"])
