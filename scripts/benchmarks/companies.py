"""Companies to measure with: made through the doors that people use, with ids that pgbench can compute."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import httpx

from scripts.benchmarks.product import Product

ACCOUNT_SID = "AC00000000000000000000000000000002"
ACCOUNT_TOKEN = "sandbox-token-0000000000000000002"  # noqa: S105 - the sandbox's built-in account
PASSWORD = "a long password for measuring"  # noqa: S105


@dataclass(frozen=True)
class Company:
    """A company with its number, and its owner's access token."""

    id: str
    number: str
    token: str


def company_id(position: int) -> str:
    """Return the id of the company at a position, counted from 1."""
    return f"be4c0000-0000-4000-8000-{position:012}"


def company_number(position: int) -> str:
    """Return the E.164 number of the company at a position, from the range for fiction."""
    return f"+1{300 + position}5550100"


def make_companies(product: Product, count: int) -> list[Company]:
    """Make companies with one owner, one number and Twilio set up."""
    with httpx.Client(timeout=30) as client:
        return [make_company(client, product, position) for position in range(1, count + 1)]


def make_company(client: httpx.Client, product: Product, position: int) -> Company:
    """Make one company."""
    token = make_person(client, product, position)
    company = Company(company_id(position), company_number(position), token)
    headers = {"apikey": product.publishable_key, "Authorization": f"Bearer {token}"}
    data_api = f"{product.supabase_url}/rest/v1"
    words = {"p_id": company.id, "p_name": f"Company {position}", "p_display_name": "O", "p_timezone": "America/Denver"}
    post(client, f"{data_api}/rpc/create_tenant", words, headers)
    post(client, f"{data_api}/phone_numbers", {"e164": company.number}, headers)
    credentials = {"account_sid": ACCOUNT_SID, "auth_token": ACCOUNT_TOKEN}
    client.put(f"{product.service_url}/api/v1/twilio-settings", json=credentials, headers=headers).raise_for_status()
    return company


def make_person(client: httpx.Client, product: Product, position: int) -> str:
    """Make a person with a confirmed address; return an access token."""
    words = {"email": f"owner-{position}-{secrets.token_hex(4)}@bench.example", "password": PASSWORD}
    secret = {"apikey": product.secret_key, "Authorization": f"Bearer {product.secret_key}"}
    auth = f"{product.supabase_url}/auth/v1"
    post(client, f"{auth}/admin/users", words | {"email_confirm": True}, secret)
    # Each person signs in from an address of their own, as people do; the limits are per address.
    visitor = {"apikey": product.secret_key, "Sb-Forwarded-For": f"198.18.0.{position}"}
    session = post(client, f"{auth}/token?grant_type=password", words, visitor)
    return str(session["access_token"])


def post(client: httpx.Client, url: str, body: Any, headers: dict[str, str]) -> Any:
    """Post JSON and return the decoded answer."""
    answer = client.post(url, json=body, headers=headers)
    answer.raise_for_status()
    return answer.json() if answer.content else None
