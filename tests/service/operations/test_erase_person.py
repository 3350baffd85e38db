"""Erasing a person ends with their files: at once through Storage, and by the worker when that was not there."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from psycopg import Connection

from scripts.stack.roles import connection_strings, set_passwords
from service.background.door import Door, open_pool
from service.background.housekeeping import remove_files
from service.background.worker import Worker
from service.database import Database
from service.errors import DatabaseRefusal
from service.members import Member
from service.operations.erase_person import erase_contact, main
from service.settings import Settings
from service.supabase_door import SupabaseDoor
from tests.embedded.stacks import StackInfo
from tests.service.operations.conftest import Neighbours, Script
from tests.service.settings_values import make_settings

PASSWORDS = dict.fromkeys(("fieldlite_portal", "fieldlite_worker"), "password-of-a-test")


@pytest.fixture
def urls(project: StackInfo) -> dict[str, str]:
    set_passwords(project.admin_url, PASSWORDS)
    return connection_strings(project.database_url, PASSWORDS)


@pytest.fixture
def portal(urls: dict[str, str]) -> Iterator[Database]:
    database = Database(urls["FIELDLITE_DATABASE_URL_PORTAL"], "erase", max_size=1)
    yield database
    database.close()


@pytest.fixture(autouse=True)
def nobody_is_erased_yet(admin: Connection[Any], neighbours: Neighbours) -> None:
    """The row in every table is a certificate too."""
    admin.execute("delete from public.erasures where tenant_id = %s", [neighbours.ours.id])


@pytest.fixture
def owner(neighbours: Neighbours) -> Member:
    return Member(neighbours.ours.people["owner"].require_user_id(), neighbours.ours.id)


def contact_of(neighbours: Neighbours) -> uuid.UUID:
    contact: uuid.UUID = neighbours.ours.rows.row("contacts")["id"]
    return contact


def stored(admin: Connection[Any], neighbours: Neighbours) -> int:
    row = admin.execute(
        "select count(*) from storage.objects where name = %s", [neighbours.files[neighbours.ours.id]]
    ).fetchone()
    return int(row[0]) if row else 0


def waiting(admin: Connection[Any], neighbours: Neighbours) -> int:
    row = admin.execute(
        "select count(*) from private.files_to_remove where tenant_id = %s", [neighbours.ours.id]
    ).fetchone()
    return int(row[0]) if row else 0


def test_files_go_with_the_rows(
    portal: Database, door: SupabaseDoor, owner: Member, admin: Connection[Any], neighbours: Neighbours
) -> None:
    shown = erase_contact(portal, door, owner, contact_of(neighbours), really=False)
    assert (shown["erased"], stored(admin, neighbours)) == (False, 1)
    answer = erase_contact(portal, door, owner, contact_of(neighbours), really=True)
    assert (answer["erased"], answer["certificate"]["files"]) == (True, 1)
    assert (stored(admin, neighbours), waiting(admin, neighbours)) == (0, 0)


def test_the_worker_finishes_what_storage_was_not_there_for(
    portal: Database, project_settings: Settings, urls: dict[str, str], owner: Member, admin: Connection[Any],
    neighbours: Neighbours,
) -> None:  # fmt: skip
    nowhere = SupabaseDoor(make_settings())
    assert erase_contact(portal, nowhere, owner, contact_of(neighbours), really=True)["erased"]
    assert (stored(admin, neighbours), waiting(admin, neighbours)) == (1, 1)

    async def work() -> int:
        pool = open_pool(urls["FIELDLITE_DATABASE_URL_WORKER"], concurrency=1)
        async with pool:
            with ThreadPoolExecutor(1) as threads:
                return await remove_files(Worker(project_settings, Door(pool, {}), threads))

    assert asyncio.run(work()) >= 1
    assert (stored(admin, neighbours), waiting(admin, neighbours)) == (0, 0)


def test_somebody_of_another_company_is_refused(portal: Database, door: SupabaseDoor, neighbours: Neighbours) -> None:
    stranger = Member(neighbours.theirs.people["owner"].require_user_id(), neighbours.ours.id)
    with pytest.raises(DatabaseRefusal) as refused:
        erase_contact(portal, door, stranger, contact_of(neighbours), really=True)
    assert refused.value.code == "not_allowed"


def test_an_operator_erases_by_the_script(
    admin: Connection[Any], neighbours: Neighbours, script: Script, script_environment: dict[str, str]
) -> None:
    def run(contact: uuid.UUID, *options: str) -> tuple[int, str, str]:
        return script.run(main, script_environment, str(neighbours.ours.id), str(contact), *options)

    code, told, _ = run(contact_of(neighbours))
    assert (code, stored(admin, neighbours)) == (0, 1)
    assert "Nothing is changed without --really." in told
    code, told, _ = run(contact_of(neighbours), "--really")
    assert code == 0
    assert '"certificate_hash"' in told
    assert (stored(admin, neighbours), waiting(admin, neighbours)) == (0, 0)
    assert run(uuid.uuid4()) == (1, "", "erase-person: That contact does not exist.\n")
