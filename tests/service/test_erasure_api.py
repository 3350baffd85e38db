"""An owner erases a person through the API: shown first, then done, with a certificate."""

from __future__ import annotations

import uuid

import httpx
import pytest

from tests.support.companies import Company, new_company, rest
from tests.support.people import Person, demo_person
from tests.support.stack import RunningStack


@pytest.fixture(scope="module")
def company(stack: RunningStack) -> Company:
    return new_company(stack, "Forgetful Plumbing")


def new_contact(stack: RunningStack, person: Person) -> uuid.UUID:
    contact = uuid.uuid4()
    rest(stack, person, "POST", "contacts", {"id": str(contact), "name": "Zelda"})
    return contact


def erase(stack: RunningStack, person: Person, contact: uuid.UUID, body: object) -> httpx.Response:
    url = f"{stack.service_url}/api/v1/contacts/{contact}/erase"
    return httpx.post(url, json=body, headers=person.headers, timeout=20)


def name_of(stack: RunningStack, person: Person, contact: uuid.UUID) -> str:
    (row,) = rest(stack, person, "GET", f"contacts?id=eq.{contact}&select=name")
    return str(row["name"])


def test_nothing_changes_until_it_is_confirmed(stack: RunningStack, company: Company) -> None:
    contact = new_contact(stack, company.owner)
    shown = erase(stack, company.owner, contact, {}).raise_for_status().json()
    assert shown.keys() == {"erased", "certificate"}
    assert (shown["erased"], name_of(stack, company.owner, contact)) == (False, "Zelda")
    done = erase(stack, company.owner, contact, {"confirm": True}).raise_for_status().json()
    assert (done["erased"], name_of(stack, company.owner, contact)) == (True, "Erased person")
    assert done["certificate"]["by"] == str(company.owner.user_id)
    (kept,) = rest(stack, company.owner, "GET", "erasures?select=certificate,certificate_hash")
    assert kept == {name: done[name] for name in ("certificate", "certificate_hash")}
    assert erase(stack, company.owner, contact, {"confirm": True}).json() == done


def test_a_manager_and_a_stranger_are_refused(stack: RunningStack, company: Company) -> None:
    manager = demo_person(stack, "manager")
    contact = new_contact(stack, manager)
    refused = erase(stack, manager, contact, {"confirm": True})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    unknown = erase(stack, company.owner, contact, {"confirm": True})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "no_such_contact")
    assert name_of(stack, manager, contact) == "Zelda"


def test_a_wish_that_is_not_understood_is_refused(stack: RunningStack, company: Company) -> None:
    contact = new_contact(stack, company.owner)
    assert erase(stack, company.owner, contact, {"confirm": "yes"}).status_code == 422
    assert httpx.post(f"{stack.service_url}/api/v1/contacts/{contact}/erase", json={}).status_code == 401
