"""A company that is erased leaves nothing behind but a certificate, wherever the erasure was broken off."""

from __future__ import annotations

import hashlib
import os
import subprocess
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg import Connection, sql

from service.operations.company_files import company_files
from service.operations.company_tables import Table, company_tables
from service.operations.erase_tenant import Erasure, erasable_company, require_name
from service.operations.operator_database import Company, OperatorError, connect
from service.supabase_door import SupabaseDoor
from tests.database.catalog import Catalog
from tests.database.test_foreign_ids import fingerprint
from tests.embedded.stacks import StackInfo
from tests.service.operations.conftest import Neighbours
from tests.support.stack import ROOT

Say = Callable[[str], None]


class PulledPlugError(Exception):
    """The script dies here."""


@dataclass(frozen=True)
class Operator:
    """Whoever runs the script."""

    connection: Connection[Any]
    door: SupabaseDoor

    def erasure(self, tenant_id: uuid.UUID, say: Say = lambda _: None) -> Erasure:
        """An erasure as the script makes it."""
        return Erasure(self.connection, self.door, erasable_company(self.connection, str(tenant_id)), say)


@pytest.fixture
def operator(project: StackInfo, door: SupabaseDoor) -> Iterator[Operator]:
    with connect(project.database_url, "erase-tenant") as connection:
        connection.autocommit = True
        yield Operator(connection, door)


def rows_left(admin: Connection[Any], tenant_id: uuid.UUID) -> dict[str, int]:
    """How many rows every table of ours still has of a company."""

    def count(table: Table) -> int:
        query = sql.SQL("select count(*) from {} where {}").format(
            table.identifier, table.where(sql.Literal(tenant_id))
        )
        row = admin.execute(query).fetchone()
        return int(row[0]) if row else 0

    itself = Table("public", "tenants", ["id"], ["id"], "id = {}")
    return {table.full_name: count(table) for table in [*company_tables(admin), itself] if count(table)}


def people_left(admin: Connection[Any], neighbours: Neighbours) -> int:
    ids = [person.user_id for person in neighbours.ours.people.values()]
    row = admin.execute("select count(*) from auth.users where id = any (%s)", [ids]).fetchone()
    return int(row[0]) if row else 0


def certificate(admin: Connection[Any], tenant_id: uuid.UUID) -> tuple[Any, ...]:
    row = admin.execute(
        "select certificate, certificate_hash, certificate::text, name, people "
        "from private.erasure_certificates where tenant_id = %s",
        [tenant_id],
    ).fetchone()
    return row or ()


def test_without_really_it_only_shows_what_would_go(
    operator: Operator, admin: Connection[Any], catalog: Catalog, neighbours: Neighbours
) -> None:
    before, said = fingerprint(admin, catalog, neighbours.ours), list[str]()
    operator.erasure(neighbours.ours.id, said.append).show()
    assert fingerprint(admin, catalog, neighbours.ours) == before
    assert {"public.contacts: 1 rows", "people: 6; log-ins that would be deleted: 6"} <= set(said)
    assert [line for line in said if line.startswith("files: 1 (")]
    shown = {line.split(":")[0] for line in said}
    assert rows_left(admin, neighbours.ours.id).keys() - {"public.tenants"} <= shown


def test_nothing_is_left_and_the_neighbour_notices_nothing(
    operator: Operator, admin: Connection[Any], catalog: Catalog, neighbours: Neighbours
) -> None:
    ours, theirs = neighbours.ours, neighbours.theirs
    there = rows_left(admin, ours.id)
    before = fingerprint(admin, catalog, theirs)
    operator.erasure(ours.id).run()
    assert rows_left(admin, ours.id) == {}
    assert list(company_files(admin, ours.id)) == []
    assert people_left(admin, neighbours) == 0
    assert fingerprint(admin, catalog, theirs) == before
    with operator.door.storage() as storage:
        kept = storage.from_("attachments").download(neighbours.files[theirs.id])
    assert kept == f"file of {theirs.id}".encode()
    told, digest, text, name, people = certificate(admin, ours.id)
    assert (name, people, told["company"]) == (None, [], str(ours.id))
    assert digest == hashlib.sha256(text.encode()).hexdigest()
    assert told["deleted"]["files"] == 1
    assert there.keys() - told["deleted"].keys() <= {"public.twilio_settings", "public.stripe_accounts"}


def test_it_can_be_broken_off_anywhere_and_nothing_is_counted_twice(
    operator: Operator, admin: Connection[Any], neighbours: Neighbours
) -> None:
    """The plug is pulled at each line that the script says, again and again, until there is none left to say."""
    ours = neighbours.ours
    there = rows_left(admin, ours.id)

    def pull_the_plug(line: str) -> None:
        if not line.startswith("{"):
            raise PulledPlugError(line)

    for attempt in range(200):
        try:
            operator.erasure(ours.id, pull_the_plug).run()
            break
        except PulledPlugError:
            assert attempt < 199
    assert rows_left(admin, ours.id) == {}
    assert people_left(admin, neighbours) == 0
    told = certificate(admin, ours.id)[0]["deleted"]
    counted = {name: count for name, count in told.items() if name in there}
    gone_first = {"public.twilio_settings", "public.stripe_accounts", "public.audit_log"}
    assert {name: there[name] for name in counted if name not in gone_first} == {
        name: count for name, count in counted.items() if name not in gone_first
    }


def test_who_works_elsewhere_too_keeps_the_log_in(
    operator: Operator, admin: Connection[Any], neighbours: Neighbours
) -> None:
    shared = neighbours.ours.people["tech"].user_id
    admin.execute(
        "insert into public.memberships (tenant_id, user_id, role, display_name) values (%s, %s, 'tech', 'Sam')",
        [neighbours.theirs.id, shared],
    )
    operator.erasure(neighbours.ours.id).run()
    left = admin.execute(
        "select id from auth.users where id = any (%s)", [[p.user_id for p in neighbours.ours.people.values()]]
    ).fetchall()
    assert left == [(shared,)]


def test_nobody_gets_in_while_it_is_under_way(
    operator: Operator, admin: Connection[Any], neighbours: Neighbours
) -> None:
    def pull_the_plug(line: str) -> None:
        raise PulledPlugError(line)

    with pytest.raises(PulledPlugError):
        operator.erasure(neighbours.ours.id, pull_the_plug).run()
    doors = admin.execute(
        "select (select count(*) from public.memberships where tenant_id = %(id)s and deactivated_at is null), "
        "(select count(*) from public.twilio_settings where tenant_id = %(id)s), "
        "(select count(*) from public.document_links where tenant_id = %(id)s and revoked_at is null)",
        {"id": neighbours.ours.id},
    ).fetchone()
    assert doors == (0, 0, 0)


def test_a_company_that_still_pays_is_refused(
    operator: Operator, admin: Connection[Any], neighbours: Neighbours
) -> None:
    admin.execute(
        "update public.subscriptions set status = 'active', stripe_subscription_id = 'sub_1' where tenant_id = %s",
        [neighbours.ours.id],
    )
    before = rows_left(admin, neighbours.ours.id)
    with pytest.raises(psycopg.Error, match="Cancel it in Stripe first"):
        operator.erasure(neighbours.ours.id).run()
    assert rows_left(admin, neighbours.ours.id) == before


def test_the_name_must_be_right() -> None:
    company = Company(uuid.uuid4(), "Ridgeline")
    require_name(company, "Ridgeline")
    with pytest.raises(OperatorError):
        require_name(company, "ridgeline")


def test_the_script_asks_for_the_name(
    admin: Connection[Any], neighbours: Neighbours, script_environment: dict[str, str]
) -> None:
    before = rows_left(admin, neighbours.ours.id)
    done = subprocess.run(
        [ROOT / "scripts" / "erase-tenant", str(neighbours.ours.id), "--really"],
        check=False, capture_output=True, text=True, input="no\n", env={**os.environ, **script_environment},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "erase-tenant: That is not the company's name. Nothing was erased.\n")
    assert rows_left(admin, neighbours.ours.id) == before


def test_what_hangs_on_a_companys_rows_is_a_companys_table_too(admin: Connection[Any]) -> None:
    """Every table of ours is either found as a company's, or known to be nobody's."""
    nobodys = {
        "private.area_roles", "private.ended_sessions", "private.erasure_certificates", "private.files_to_remove",
        "private.permissions", "private.rate_limits", "private.retention", "private.transitions",
        "private.worker_heartbeats", "public.plans", "public.tenants", "public.user_profiles",
    }  # fmt: skip
    found = admin.execute(
        "select relnamespace::regnamespace || '.' || relname from pg_class "
        "where relkind in ('r', 'p') and not relispartition "
        "and relnamespace::regnamespace::text in ('public', 'private')"
    ).fetchall()
    companies = {table.full_name for table in company_tables(admin)}
    assert {row[0] for row in found} - companies == nobodys
