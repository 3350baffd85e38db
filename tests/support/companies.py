"""New companies in a running stack, made through the doors that the product's own pages use."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from typing import Any

import httpx

from tests.support.people import Person, new_person
from tests.support.stack import RunningStack


@dataclass(frozen=True)
class TwilioAccount:
    """An account that the sandbox has built in."""

    sid: str
    token: str
    numbers: tuple[str, ...]


DEMO_ACCOUNT = TwilioAccount(
    "AC00000000000000000000000000000001", "sandbox-token-0000000000000000001", ("+13035550100",)
)
SECOND_ACCOUNT = TwilioAccount(
    "AC00000000000000000000000000000002", "sandbox-token-0000000000000000002", ("+13035550200",)
)
THIRD_ACCOUNT = TwilioAccount(
    "AC00000000000000000000000000000003", "sandbox-token-0000000000000000003", ("+13035550300",)
)


@dataclass(frozen=True)
class Company:
    """A company with its owner, and its number and Twilio account when it has them."""

    tenant_id: uuid.UUID
    name: str
    owner: Person
    number: str | None = None
    account: TwilioAccount | None = None


def new_company(stack: RunningStack, name: str = "Second Company", account: TwilioAccount | None = None) -> Company:
    """Make an owner and a company; with an account also its first number and its Twilio settings."""
    owner = new_person(stack)
    tenant = uuid.uuid4()
    words = {"p_id": str(tenant), "p_name": name, "p_display_name": "Robin Example", "p_timezone": "America/Denver"}
    rest(stack, owner, "POST", "rpc/create_tenant", words)
    if account is None:
        return Company(tenant, name, owner)
    add_number(stack, owner, account.numbers[0])
    save_twilio_settings(stack, owner, account)
    return Company(tenant, name, owner, account.numbers[0], account)


def add_number(stack: RunningStack, owner: Person, e164: str, label: str = "Main line") -> uuid.UUID:
    """Give the owner's company a number; return its id."""
    number = uuid.uuid4()
    rest(stack, owner, "POST", "phone_numbers", {"id": str(number), "e164": e164, "label": label})
    return number


def save_twilio_settings(stack: RunningStack, owner: Person, account: TwilioAccount) -> None:
    """Save credentials through the service, which tries them on the sandbox first."""
    httpx.put(
        f"{stack.service_url}/api/v1/twilio-settings",
        json={"account_sid": account.sid, "auth_token": account.token},
        headers=owner.headers,
        timeout=20,
    ).raise_for_status()


def some_number() -> str:
    """Return a random number of the range for fiction: 555-0100 to 555-0199 in some area code."""
    return f"+1{200 + secrets.randbelow(700)}55501{secrets.randbelow(100):02}"


def rest(stack: RunningStack, person: Person, method: str, path: str, body: Any = None) -> Any:
    """Ask the Data API in a person's name; return the decoded answer, None when it is empty."""
    answer = httpx.request(method, f"{stack.supabase_url}/rest/v1/{path}", json=body, headers=person.headers)
    answer.raise_for_status()
    return answer.json() if answer.content else None
