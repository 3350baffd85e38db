"""Contacts of a running company, made through the call that the product's own form uses."""

from __future__ import annotations

import uuid
from typing import Any

from tests.support.companies import rest
from tests.support.people import Person
from tests.support.stack import RunningStack


def new_contact(stack: RunningStack, person: Person, name: str, **fields: Any) -> uuid.UUID:
    """Save a contact in a person's name and return its id; ``fields`` as `save_contact` takes them."""
    contact = {"id": str(uuid.uuid4()), "type": "customer", "name": name, **fields}
    return uuid.UUID(rest(stack, person, "POST", "rpc/save_contact", {"p_contact": contact}))


def phones(*numbers: str) -> list[dict[str, str]]:
    """Return numbers in E.164 as a contact's phones, the first the main one."""
    return [{"e164": number, "raw": number, "type": "mobile"} for number in numbers]


def emails(*addresses: str) -> list[dict[str, str]]:
    """Return addresses as a contact's e-mail addresses, the first the main one."""
    return [{"email": address} for address in addresses]


def new_tag(stack: RunningStack, person: Person, name: str, color: str = "teal") -> uuid.UUID:
    """Make a tag of the company; return its id."""
    tag = uuid.uuid4()
    rest(stack, person, "POST", "tags", {"id": str(tag), "name": name, "color": color})
    return tag
