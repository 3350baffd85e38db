"""People of a running stack: the demo company's, and new ones with a confirmed address."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass

import httpx

from tests.support.stack import RunningStack

DEMO_PASSWORD = "ridgeline-demo"
NEW_PASSWORD = "a long password for tests"


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in at Supabase Auth."""

    user_id: uuid.UUID
    email: str
    password: str
    access_token: str
    publishable_key: str

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a request to the Data API or to our own API in this person's name."""
        return {"apikey": self.publishable_key, "Authorization": f"Bearer {self.access_token}"}


def some_address() -> str:
    """Return a random address of the range for documentation and benchmarks (RFC 2544): nobody shares a rate limit."""
    return f"198.{18 + secrets.randbelow(2)}.{secrets.randbelow(256)}.{1 + secrets.randbelow(254)}"


def demo_person(stack: RunningStack, role: str) -> Person:
    """Sign in as the demo company's owner, manager, dispatcher, estimator, tech or bookkeeper."""
    return sign_in(stack, f"{role}@ridgeline.example", DEMO_PASSWORD)


def sign_in(stack: RunningStack, email: str, password: str) -> Person:
    """Sign in at Supabase Auth from an address of one's own; raise httpx.HTTPStatusError when it refuses."""
    answer = httpx.post(
        f"{stack.supabase_url}/auth/v1/token",
        params={"grant_type": "password"},
        json={"email": email, "password": password},
        headers={"apikey": stack.secret_key, "Sb-Forwarded-For": some_address()},
    ).raise_for_status()
    session = answer.json()
    user = uuid.UUID(session["user"]["id"])
    return Person(user, email, password, session["access_token"], stack.publishable_key)


def new_person(stack: RunningStack, display_name: str = "Robin Example") -> Person:
    """Make a person whose e-mail address is confirmed, and sign in."""
    email = f"{secrets.token_hex(6)}@people.example"
    httpx.post(
        f"{stack.supabase_url}/auth/v1/admin/users",
        json={
            "email": email,
            "password": NEW_PASSWORD,
            "email_confirm": True,
            "user_metadata": {"display_name": display_name},
        },
        headers={"apikey": stack.secret_key, "Authorization": f"Bearer {stack.secret_key}"},
    ).raise_for_status()
    return sign_in(stack, email, NEW_PASSWORD)
