"""Every call of browsers x role, with ids of one's own company: what docs/security.md says is what happens.

Generated from the catalog: a new function of schema public fails here until the page says who may call it. Ids of other
companies are test_foreign_ids' part.
"""

from __future__ import annotations

from typing import Any

import pytest
from psycopg import Connection, sql

from tests.database.actors import ROLES, Actor, Answer, ask
from tests.database.catalog import Catalog
from tests.database.companies import connect_twilio, receive
from tests.database.conftest import Company
from tests.database.permissions import table
from tests.database.test_foreign_ids import foreign_ids, made_up_values

FORBIDDEN = {"42501", "PT403"}


def calls(catalog: Catalog) -> dict[str, tuple[list[str], list[str], bool]]:
    """Return (parameter names, parameter types, whether it only reads) of every function of schema public, by name."""
    found = catalog.rows(
        """
        select proname::text, coalesce(proargnames[1:pronargs], '{}')::text[],
               array(select format_type(t, null) from unnest(proargtypes) with ordinality as a (t, o) order by o),
               provolatile <> 'v'
        from pg_proc where pronamespace = 'public'::regnamespace
        """
    )
    return {name: (names, types, reads) for name, names, types, reads in found}


def say(database: Connection[Any], catalog: Catalog, company: Company, name: str, actor: Actor) -> Answer:
    """Call a function as the actor, with ids of the company's own rows and made-up values."""
    names, types, _ = calls(catalog)[name]
    ids = foreign_ids(company, names) | {"p_user": company.people["estimator"].require_user_id()}
    arguments = sql.SQL(", ").join(sql.Placeholder() * len(names))
    statement = sql.SQL("select * from {}({})").format(sql.Identifier("public", name), arguments)
    return ask(database, actor, statement, made_up_values(catalog, names, types, ids))


def shows_nothing(answer: Answer) -> bool:
    """A call that only reads may answer with nothing instead of a refusal."""
    return answer.state is None and all(value is None for row in answer.rows for value in row)


def wrong_calls(database: Connection[Any], catalog: Catalog, company: Company) -> list[str]:
    """Return every difference between the page and what calls do."""
    wrong = []
    for row in table("Calls"):
        name = row["Call"]
        reads = calls(catalog)[name][2]
        for role in ROLES:
            answer = say(database, catalog, company, name, company.people[role])
            refused = answer.state in FORBIDDEN or (reads and shows_nothing(answer))
            if row[role] == "-" and not refused:
                wrong.append(f"{role} may call {name}: {answer}")
            if row[role] == "yes" and answer.state in FORBIDDEN:
                wrong.append(f"{role} may not call {name}: {answer}")
            if row[role] == "own" and answer.state == "42501":
                wrong.append(f"{role} has no right to call {name}")
        if say(database, catalog, company, name, Actor("visitor")).state != "42501":
            wrong.append(f"visitors may call {name}")
    return wrong


@pytest.fixture
def office(database: Connection[Any], ours: Company) -> Company:
    """A company with texts and one row in each table."""
    connect_twilio(database, ours)
    receive(database, ours, "Hello")
    ours.fill()
    return ours


def test_the_page_names_every_call(catalog: Catalog) -> None:
    """And no other."""
    assert sorted(row["Call"] for row in table("Calls")) == sorted(calls(catalog))


def test_each_role_may_call_what_the_page_says(database: Connection[Any], catalog: Catalog, office: Company) -> None:
    """Refused calls are refused for the role, before anything else is looked at."""
    assert wrong_calls(database, catalog, office) == []


def test_a_call_about_oneself_is_about_oneself(database: Connection[Any], ours: Company) -> None:
    """The one call of the page that is `own` for some roles and `yes` for others."""
    rename = "select public.rename_member(%s, 'New')"
    for role in ("dispatcher", "estimator", "tech", "bookkeeper"):
        assert ask(database, ours.people[role], rename, [ours.people[role].user_id]).state is None
        other = ours.people["tech" if role != "tech" else "estimator"].user_id
        assert ask(database, ours.people[role], rename, [other]).detail == "not_allowed"
