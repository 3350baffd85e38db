"""A company's Stripe account in a running stack: connected through our API, completed at the sandbox."""

from __future__ import annotations

import httpx
import psycopg

from tests.sandbox.running import Sandbox
from tests.support.companies import Company
from tests.support.stack import RunningStack


def connect_stripe(stack: RunningStack, company: Company) -> str:
    """Connect an account that can charge; return its id. Events of the sandbox's Stripe come to this stack."""
    sandbox, ours = Sandbox(stack.sandbox_url), f"{stack.service_url}/api/v1/stripe-account"
    httpx.put(
        f"{stack.sandbox_url}/control/stripe/endpoint", json={"url": f"{stack.service_url}/api/stripe/webhook"}
    ).raise_for_status()
    httpx.post(f"{ours}/onboarding", headers=company.owner.headers, timeout=20).raise_for_status()
    account = account_id(stack, company)
    sandbox.post(f"stripe/accounts/{account}/complete", {})
    state = httpx.post(f"{ours}/refresh", headers=company.owner.headers, timeout=20).raise_for_status().json()
    assert state["charges_enabled"]
    return account


def account_id(stack: RunningStack, company: Company) -> str:
    """Return the id of the company's account, of which our API shows the last characters only."""
    with psycopg.connect(stack.database_url) as connection:
        row = connection.execute(
            "select stripe_account_id from public.stripe_accounts where tenant_id = %s", (company.tenant_id,)
        ).fetchone()
    assert row is not None
    return str(row[0])


def charges_of(stack: RunningStack, account: str) -> list[int]:
    """Return the amounts that customers of an account were really charged, oldest first."""
    charges = Sandbox(stack.sandbox_url).get("stripe/charges")["charges"]
    return [charge["amount"] for charge in charges if charge["account"] == account]
