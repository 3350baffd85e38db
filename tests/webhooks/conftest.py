"""Two companies with accounts of their own, shared by the tests of this room; every test makes its own texts."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import httpx
import pytest

from service.database import Database
from service.keyring import Keyring
from tests.support.companies import Company, TwilioAccount, add_number, new_company, some_number
from tests.support.stack import RunningStack
from tests.webhooks.deliveries import Line


@pytest.fixture(scope="session")
def portal(stack: RunningStack) -> Iterator[Database]:
    """The vault's own functions, as our API calls them: these companies' accounts are unknown to the sandbox."""
    database = Database(stack.settings_env["FIELDLITE_DATABASE_URL_PORTAL"], "tests", max_size=2)
    yield database
    database.close()


@pytest.fixture(scope="session")
def save_tokens(stack: RunningStack, portal: Database) -> Callable[[Company, TwilioAccount, str | None], None]:
    """Writes an account into a company's vault, with the next token while a rotation is under way."""
    key_id, key = Keyring.parse(stack.settings_env["FIELDLITE_VAULT_KEYS"]).current

    def save(company: Company, account: TwilioAccount, next_token: str | None = None) -> None:
        portal.call_value(
            "save_twilio_settings",
            p_tenant=company.tenant_id,
            p_user=company.owner.user_id,
            p_account_sid=account.sid,
            p_auth_token=account.token,
            p_next_auth_token=next_token,
            p_key_id=key_id,
            p_key=key,
        )

    return save


@pytest.fixture(scope="session")
def new_line(
    stack: RunningStack, save_tokens: Callable[[Company, TwilioAccount, str | None], None]
) -> Iterator[Callable[[str], Line]]:
    """Makes a company with one number and an account that only it has."""
    with httpx.Client(timeout=20) as http:

        def make(name: str) -> Line:
            account = TwilioAccount(f"AC{secrets.token_hex(16)}", secrets.token_hex(16), (some_number(),))
            company = new_company(stack, name)
            add_number(stack, company.owner, account.numbers[0])
            save_tokens(company, account, None)
            return Line(stack, company, account, http)

        yield make


@pytest.fixture(scope="session")
def line(new_line: Callable[[str], Line]) -> Line:
    """The company whose texts are delivered."""
    return new_line("Foothill Electric")


@pytest.fixture(scope="session")
def rival(new_line: Callable[[str], Line]) -> Line:
    """Another company, whose signature is right for itself only."""
    return new_line("Prairie Roofing")
