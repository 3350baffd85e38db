"""Every table and view x verb x role, in one's own company and in another: what docs/security.md says is what happens.

Generated from the catalog, so a new table is covered unasked: without rows on the page nobody may do anything with it,
and without a policy the tests of the page's rows fail. Each denial is proven not to be vacuous: the rows are there (the
superuser counted them), and the same statement succeeds for an actor whom the page allows.
"""

from __future__ import annotations

from typing import Any

import pytest
from psycopg import Connection, sql

from tests.database.actors import ROLES, Actor, Answer, ask
from tests.database.catalog import Catalog
from tests.database.conftest import Company
from tests.database.permissions import allowed

REFUSED = {"42501", "PT403", "55000"}
"""insufficient_privilege, our own word for it, and a view of several tables that nobody can write to."""


class Probe:
    """Asks for one verb on one relation, aimed at the rows of one company."""

    def __init__(self, database: Connection[Any], catalog: Catalog, relation: str, target: Company) -> None:
        self.database = database
        self.catalog = catalog
        self.relation = relation
        self.target = target
        self.name = sql.Identifier("public", relation)

    def read(self, actor: Actor) -> Answer:
        """Count the target company's rows."""
        return ask(
            self.database, actor, sql.SQL("select 1 from {} where tenant_id = %s").format(self.name), [self.target.id]
        )

    def insert(self, actor: Actor) -> Answer:
        """Insert a row that hangs on the target company's rows, with all columns that browsers may set."""
        self.database.execute("set local session_replication_role = replica")
        values = self.target.rows.values(self.relation)
        self.database.execute("set local session_replication_role = origin")
        columns = [c for c in self.catalog.writable_columns("authenticated", self.relation, "insert") if c in values]
        statement = sql.SQL("insert into {} ({}) values ({})").format(
            self.name,
            sql.SQL(", ").join(map(sql.Identifier, columns or ["id"])),
            sql.SQL(", ").join(sql.Placeholder() * len(columns or ["id"])),
        )
        return ask(self.database, actor, statement, [values[column] for column in columns or ["id"]])

    def update(self, actor: Actor) -> Answer:
        """Write the target company's rows to themselves, in all columns that browsers may change."""
        columns = self.catalog.writable_columns("authenticated", self.relation, "update") or ["id"]
        assignments = sql.SQL(", ").join(sql.SQL("{0} = {0}").format(sql.Identifier(column)) for column in columns)
        statement = sql.SQL("update {} set {} where tenant_id = %s").format(self.name, assignments)
        return ask(self.database, actor, statement, [self.target.id])

    def delete(self, actor: Actor) -> Answer:
        """Delete the target company's rows."""
        return ask(
            self.database, actor, sql.SQL("delete from {} where tenant_id = %s").format(self.name), [self.target.id]
        )


VERBS = ("read", "insert", "update", "delete")


@pytest.fixture
def companies(ours: Company, theirs: Company) -> tuple[Company, Company]:
    """Both companies, with one row in each table."""
    ours.fill()
    theirs.fill()
    return ours, theirs


@pytest.mark.parametrize("verb", VERBS)
def test_each_role_may_do_what_the_page_says_and_nothing_else(
    database: Connection[Any], catalog: Catalog, companies: tuple[Company, Company], verb: str
) -> None:
    """In one's own company: exactly the page's table."""
    ours, _ = companies
    page = allowed()
    wrong = []
    for relation in catalog.tenant_relations:
        probe = Probe(database, catalog, relation, ours)
        for role in ROLES:
            answer: Answer = getattr(probe, verb)(ours.people[role])
            done = answer.state is None and answer.count > 0
            refused = answer.state in REFUSED or (answer.state is None and answer.count == 0)
            expected = (relation, verb, role) in page
            if not (done if expected else refused):
                wrong.append(f"{role} {verb} {relation}: expected {expected}, got {answer}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_reaches_another_company(
    database: Connection[Any], catalog: Catalog, companies: tuple[Company, Company], verb: str
) -> None:
    """Rows of another company: never read, changed or deleted, and nothing of ours can hang on them."""
    ours, theirs = companies
    wrong = []
    for relation in catalog.tenant_relations:
        probe = Probe(database, catalog, relation, theirs)
        there = database.execute(
            sql.SQL("select count(*) from {} where tenant_id = %s").format(probe.name), [theirs.id]
        )
        assert (there.fetchone() or (0,))[0] > 0, f"{relation} has no row to protect"
        for actor in [*ours.people.values(), Actor("visitor")]:
            answer: Answer = getattr(probe, verb)(actor)
            if answer.state is None and answer.count > 0 and not hangs_on_nothing(probe, verb):
                wrong.append(f"{actor.role} {verb} {relation}: {answer}")
            if actor.user_id is None and answer.state not in REFUSED:
                wrong.append(f"visitor {verb} {relation}: {answer}")
    assert not wrong, "\n".join(wrong)


def hangs_on_nothing(probe: Probe, verb: str) -> bool:
    """An inserted row becomes the actor's own company's: only its keys could reach another company's rows."""
    keys = {column for key in probe.catalog.foreign_keys if key.table == probe.relation for column in key.columns}
    writable = set(probe.catalog.writable_columns("authenticated", probe.relation, "insert"))
    return verb == "insert" and not keys & writable


def test_companies_and_people_are_seen_by_their_own(database: Connection[Any], ours: Company, theirs: Company) -> None:
    """The two tables without a tenant_id: one's own company, one's own profile."""
    for actor in ours.people.values():
        assert ask(database, actor, "select id from public.tenants").rows == ((ours.id,),)
        assert ask(database, actor, "select id from public.user_profiles").rows == ((actor.user_id,),)
        for statement in (
            "update public.tenants set name = name",
            "update public.memberships set role = 'owner'",
            "update public.user_profiles set version = 1",
            "insert into public.memberships (tenant_id, user_id, role, display_name) values (null, null, 'owner', 'x')",
        ):
            assert ask(database, actor, statement).state == "42501", (actor.role, statement)
    assert ask(database, Actor("visitor"), "select 1 from public.tenants").state == "42501"
    assert theirs.id != ours.id


def test_a_deactivated_member_sees_nothing(
    database: Connection[Any], companies: tuple[Company, Company], catalog: Catalog
) -> None:
    """Deactivation ends access to every row at once."""
    ours, _ = companies
    owner = ours.people["owner"]
    database.execute("update public.memberships set deactivated_at = now() where user_id = %s", [owner.user_id])
    for relation in catalog.tenant_relations:
        answer = Probe(database, catalog, relation, ours).read(owner)
        assert answer.count == 0 or answer.state == "42501", relation


def test_a_person_of_two_companies_sees_the_chosen_one(
    database: Connection[Any], ours: Company, theirs: Company
) -> None:
    """The active company belongs to the session: two sessions of one person may work in two companies."""
    person = ours.people["dispatcher"]
    database.execute(
        "insert into public.memberships (tenant_id, user_id, role, display_name, created_at) "
        "values (%s, %s, 'tech', 'Guest', now() + interval '1 hour')",
        [theirs.id, person.user_id],
    )
    other_tab = Actor("dispatcher", person.user_id, theirs.id)
    assert ask(database, other_tab, "select public.choose_tenant(%s)", [theirs.id], keep=True).state is None
    seen = "select id, (select private.member_role()) from public.tenants"
    assert ask(database, person, seen).rows == ((ours.id, "dispatcher"),)
    assert ask(database, other_tab, seen).rows == ((theirs.id, "tech"),)


def test_a_company_may_require_a_second_factor(database: Connection[Any], ours: Company) -> None:
    """Without it the database shows nothing."""
    database.execute("update public.tenants set requires_second_factor = true where id = %s", [ours.id])
    assert ask(database, ours.people["owner"], "select * from public.my_session()").rows == ()
