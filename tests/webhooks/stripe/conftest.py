"""Two companies with connected accounts, shared by the tests of this room; every test makes its own invoices."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest

from service.database import Database
from tests.support.companies import Company, new_company
from tests.support.stack import RunningStack
from tests.support.stripe_events import new_id
from tests.webhooks.stripe.deliveries import Till


@pytest.fixture(scope="session")
def new_till(stack: RunningStack, portal: Database) -> Iterator[Callable[[str], Till]]:
    """Makes a company whose account may charge."""
    with httpx.Client(timeout=20) as http:

        def make(name: str) -> Till:
            company = new_company(stack, name)
            account = new_id("acct")
            connect(portal, company, account)
            return Till(stack, company, account, http, portal)

        yield make


def connect(portal: Database, company: Company, account: str) -> None:
    """Give a company an account that can charge, as after its onboarding."""
    state = {"charges_enabled": True, "payouts_enabled": True, "details_submitted": True, "currently_due": []}
    portal.call(
        "save_stripe_account",
        p_tenant=company.tenant_id,
        p_user=company.owner.user_id,
        p_account=account,
        p_livemode=False,
    )
    portal.call("update_stripe_account", p_account=account, p_state=state)


@pytest.fixture(scope="session")
def till(new_till: Callable[[str], Till]) -> Till:
    """The company that is paid."""
    return new_till("Foothill Electric")


@pytest.fixture(scope="session")
def rival(new_till: Callable[[str], Till]) -> Till:
    """Another company with an account of its own."""
    return new_till("Prairie Roofing")
