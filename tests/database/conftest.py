"""Fixtures of the database tests: a superuser's transaction that is rolled back, two companies with their people."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import Connection

from tests.database.actors import ROLES, Actor, add_company, add_member
from tests.database.catalog import Catalog
from tests.database.rows import RowFactory

if TYPE_CHECKING:
    from tests.support.stack import RunningStack


@dataclass
class Company:
    """A company with one member in each role and, on request, one row in each table."""

    id: uuid.UUID
    people: dict[str, Actor]
    rows: RowFactory

    def fill(self) -> None:
        """Make one row in each table of the company; triggers are off, so no table's rules need to be known here."""
        self.rows.connection.execute("set local session_replication_role = replica")
        for table in self.rows.catalog.tenant_tables:
            self.rows.adopt(table)
            self.rows.row(table)
        self.rows.connection.execute("set local session_replication_role = origin")

    def leave_failed_event(self) -> None:
        """Make one event that nobody could use, beside those that were."""
        self.rows.connection.execute("set local session_replication_role = replica")
        self.rows.insert("webhook_events")
        self.rows.connection.execute("set local session_replication_role = origin")


def superuser_url(database_url: str) -> str:
    """Return the address with the superuser's log-in: only it may turn triggers off and be anybody."""
    return database_url.replace("//postgres:", "//supabase_admin:", 1)


@pytest.fixture
def database(stack: RunningStack) -> Iterator[Connection[Any]]:
    """A superuser's connection in a transaction that is rolled back."""
    with psycopg.connect(superuser_url(stack.database_url)) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def catalog(database: Connection[Any]) -> Catalog:
    """The catalog of the database."""
    return Catalog(database)


def make_company(database: Connection[Any], catalog: Catalog, name: str) -> Company:
    """Make a company with one member in each role."""
    tenant_id = add_company(database, name)
    people = {role: add_member(database, tenant_id, role) for role in ROLES}
    rows = RowFactory(database, catalog, tenant_id, people["owner"].require_user_id())
    return Company(tenant_id, people, rows)


@pytest.fixture
def ours(database: Connection[Any], catalog: Catalog) -> Company:
    """The company that tests speak about."""
    return make_company(database, catalog, "Ours")


@pytest.fixture
def theirs(database: Connection[Any], catalog: Catalog) -> Company:
    """Another company, which must never see or change anything of ours."""
    return make_company(database, catalog, "Theirs")
