"""Members of a company beside its owner. They are put into the database: invitations have tests of their own."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from tests.support.companies import Company
from tests.support.people import Person, new_person
from tests.support.stack import RunningStack


def new_member(stack: RunningStack, database: Connection[Any], company: Company, role: str) -> Person:
    """Make a person who works for the company in a role."""
    person = new_person(stack, f"{role.capitalize()} Example")
    database.execute("insert into public.user_profiles (id) values (%s) on conflict do nothing", [person.user_id])
    database.execute(
        "insert into public.memberships (tenant_id, user_id, role, display_name) values (%s, %s, %s, %s)",
        [company.tenant_id, person.user_id, role, f"{role.capitalize()} Example"],
    )
    return person
