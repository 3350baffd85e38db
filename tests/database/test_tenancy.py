"""Companies, people and roles: made by one call, changed by call only."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from psycopg import Connection

from tests.database.actors import Actor, Answer, ask
from tests.database.conftest import Company

CREATE = "select public.create_tenant(%s, %s, %s, %s, %s)"


@pytest.fixture
def newcomer(database: Connection[Any]) -> Actor:
    """Somebody who confirmed an e-mail address and has no company yet."""
    user_id = uuid.uuid4()
    database.execute("insert into auth.users (id, email) values (%s, %s)", [user_id, f"{user_id}@example.test"])
    return Actor("newcomer", user_id)


def create(database: Connection[Any], actor: Actor, tenant: uuid.UUID, **changes: object) -> Answer:
    """Make a company."""
    words = {"name": "New Plumbing", "display_name": "Ann", "timezone": "America/Denver", "country": "US"} | changes
    return ask(database, actor, CREATE, [tenant, *words.values()], keep=True)


def test_a_newcomer_makes_a_company_and_owns_it(database: Connection[Any], newcomer: Actor) -> None:
    """One call; the same again changes nothing."""
    tenant = uuid.uuid4()
    assert ask(database, newcomer, "select * from public.my_session()").rows == ()
    for _ in range(2):
        assert create(database, newcomer, tenant).rows == ((tenant,),)
    session = ask(
        database, newcomer, "select tenant_name, role, display_name, timezone, epoch from public.my_session()"
    )
    assert session.rows == (("New Plumbing", "owner", "Ann", "America/Denver", 1),)


def test_somebody_elses_company_cannot_be_taken(database: Connection[Any], newcomer: Actor, ours: Company) -> None:
    """Its id answers like any clash."""
    assert create(database, newcomer, ours.id).detail == "id_taken"


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"name": " "}, "bad_name"),
        ({"name": "x" * 121}, "bad_name"),
        ({"display_name": ""}, "bad_display_name"),
        ({"timezone": "Mars/Olympus"}, "bad_timezone"),
        ({"timezone": None}, "bad_timezone"),
        ({"country": "usa"}, "bad_country"),
    ],
)
def test_bad_words_are_refused_before_anything_is_written(
    database: Connection[Any], newcomer: Actor, change: dict[str, object], detail: str
) -> None:
    """With what to do."""
    answer = create(database, newcomer, uuid.uuid4(), **change)
    assert (answer.state, answer.detail) == ("PT422", detail)
    assert database.execute("select 1 from public.memberships where user_id = %s", [newcomer.user_id]).fetchall() == []


def test_a_visitor_makes_nothing(database: Connection[Any]) -> None:
    """No right to call it at all."""
    assert create(database, Actor("visitor"), uuid.uuid4()).state == "42501"


def test_nobody_changes_their_own_role_or_company(database: Connection[Any], ours: Company) -> None:
    """Neither by table nor by call."""
    for role in ("dispatcher", "estimator", "tech", "bookkeeper"):
        person = ours.people[role]
        change = "select public.change_member_role(%s, 'owner')"
        assert ask(database, person, change, [person.user_id]).detail == "not_allowed"
    manager = ours.people["manager"]
    assert (
        ask(database, manager, "select public.change_member_role(%s, 'owner')", [manager.user_id]).detail
        == "not_allowed"
    )


def test_the_last_owner_stays(database: Connection[Any], ours: Company) -> None:
    """Until somebody else is owner."""
    owner, manager = ours.people["owner"], ours.people["manager"]
    leave = "select public.deactivate_member(%s)"
    assert ask(database, owner, leave, [owner.user_id]).detail == "last_owner"
    assert ask(database, owner, "select public.change_member_role(%s, 'tech')", [owner.user_id]).detail == "last_owner"
    promote = "select public.change_member_role(%s, 'owner')"
    assert ask(database, owner, promote, [manager.user_id], keep=True).state is None
    assert ask(database, owner, leave, [owner.user_id], keep=True).state is None
    assert ask(database, owner, "select * from public.my_session()").rows == ()


def test_a_deactivated_member_can_come_back(database: Connection[Any], ours: Company) -> None:
    """With a role."""
    owner, tech = ours.people["owner"], ours.people["tech"]
    ask(database, owner, "select public.deactivate_member(%s)", [tech.user_id], keep=True)
    assert ask(database, tech, "select * from public.my_session()").rows == ()
    ask(database, owner, "select public.change_member_role(%s, 'dispatcher')", [tech.user_id], keep=True)
    assert ask(database, tech, "select role from public.my_session()").rows == (("dispatcher",),)


def test_an_owner_of_another_company_is_nobody_here(database: Connection[Any], ours: Company, theirs: Company) -> None:
    """404: the person does not exist."""
    answer = ask(database, theirs.people["owner"], "select public.deactivate_member(%s)", [ours.people["tech"].user_id])
    assert answer.detail == "no_such_member"
