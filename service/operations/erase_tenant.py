"""Erases a company: `scripts/erase-tenant COMPANY` shows what would go, `--really` does it and prints a certificate.

Every step can be broken off anywhere and is done again, harmlessly, by the next run: what is left to do is told by what
is left. What was done is counted in private.erasure_certificates, in the transaction that does it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
from psycopg import sql

from service.operations.company_files import PAGE, StoredFile, company_files
from service.operations.company_tables import Table, children_first, company_tables
from service.operations.operator_database import (
    Company,
    Connection,
    OperatorError,
    add_company_arguments,
    connect,
    find_company,
    run_script,
)
from service.settings import load_settings
from service.supabase_door import SupabaseDoor

BATCH = 2000
"""Rows of one transaction: short enough to break off, and to keep the log of changes small."""

DESCRIPTION = """\
Erases everything of a company: rows, files, log-ins of people who work for no other company, waiting background work.
Without --really it only shows what would go. With it, the company's name must be typed (or given by --name), and a
certificate is printed, which the database keeps too. Take an export first; backups keep the company until they expire.
"""

Say = Callable[[str], None]


@dataclass
class Erasure:
    """The erasure of one company, through an autocommitting connection of the operator."""

    connection: Connection
    door: SupabaseDoor
    company: Company
    say: Say
    tables: Sequence[Table] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tables = children_first(self.connection, company_tables(self.connection))

    def show(self) -> None:
        """Say what would go."""
        for table in self.tables:
            if count := self._count(table):
                self.say(f"{table.full_name}: {count} rows")
        files = list(company_files(self.connection, self.company.id))
        self.say(f"files: {len(files)} ({sum(each.bytes for each in files):,} bytes)")
        row = self.connection.execute(
            "select count(*), cardinality(private.people_only_of(%s)) from public.memberships where tenant_id = %s",
            [self.company.id, self.company.id],
        ).fetchone()
        members, only_here = row or (0, 0)
        self.say(f"people: {members}; log-ins that would be deleted: {only_here or 0}")

    def run(self) -> None:
        """Erase, from wherever an earlier run stopped, and print the certificate."""
        self.connection.execute("select private.begin_tenant_erasure(%s)", [self.company.id])
        self._erase_files()
        while not self._finish_rows():
            self.say("something arrived meanwhile; once more")
        self._erase_accounts()
        row = self.connection.execute("select private.finish_tenant_erasure(%s)", [self.company.id]).fetchone()
        self.say(json.dumps(row[0] if row else {}, indent=2))

    def _count(self, table: Table) -> int:
        statement = sql.SQL("select count(*) from {} where {}").format(table.identifier, self._ours(table))
        row = self.connection.execute(statement).fetchone()
        return int(row[0]) if row else 0

    def _ours(self, table: Table) -> sql.Composed:
        return table.where(sql.Literal(self.company.id))

    def _erase_files(self) -> None:
        batch: list[StoredFile] = []
        for stored in company_files(self.connection, self.company.id):
            batch.append(stored)
            if len(batch) == PAGE:
                self._remove(batch)
                batch = []
        self._remove(batch)

    def _remove(self, files: Sequence[StoredFile]) -> None:
        """Remove files through Storage, which takes their rows with them."""
        for bucket, count in Counter(each.bucket for each in files).items():
            self.door.remove_files(bucket, [each.path for each in files if each.bucket == bucket])
            self._record("files", count)
            self.say(f"{bucket}: {count} files removed")

    def _finish_rows(self) -> bool:
        """Delete rows, then the company itself; False when rows came in between, whose keys hold it back."""
        for table in self.tables:
            while deleted := self._delete_batch(table):
                self.say(f"{table.full_name}: {deleted} deleted")
        try:
            self.connection.execute("select private.delete_tenant(%s)", [self.company.id])
        except psycopg.errors.ForeignKeyViolation:
            return False
        return True

    def _delete_batch(self, table: Table) -> int:
        """Delete and count some rows, without triggers: they would refuse (money is history), or tell of each row."""
        key = sql.SQL(", ").join(map(sql.Identifier, table.key))
        statement = sql.SQL("delete from {0} where ({1}) in (select {1} from {0} where {2} limit {3})").format(
            table.identifier, key, self._ours(table), sql.Literal(BATCH)
        )
        with self.connection.transaction():
            self.connection.execute("set local session_replication_role = replica")
            deleted = self.connection.execute(statement).rowcount
            self._record(table.full_name, deleted)
        return deleted

    def _record(self, what: str, count: int) -> None:
        if count:
            self.connection.execute("select private.record_tenant_erasure(%s, %s, %s)", [self.company.id, what, count])

    def _erase_accounts(self) -> None:
        """Delete the log-ins of people who work for nobody else: the profile first, as it points at the log-in."""
        for user_id in self._people():
            row = self.connection.execute(
                "select private.release_person(%s, %s)", [self.company.id, user_id]
            ).fetchone()
            if row and row[0]:
                self.door.delete_account(user_id)
            self.connection.execute("select private.record_person_erased(%s, %s)", [self.company.id, user_id])
            self.say(f"log-in {user_id} {'deleted' if row and row[0] else 'kept: they work elsewhere too'}")

    def _people(self) -> list[UUID]:
        row = self.connection.execute(
            "select people from private.erasure_certificates where tenant_id = %s", [self.company.id]
        ).fetchone()
        return list(row[0]) if row else []


def erasable_company(connection: Connection, text: str) -> Company:
    """The company of an id or name, also one whose erasure was broken off after its own row went."""
    unfinished = connection.execute(
        """
        select tenant_id, name from private.erasure_certificates
        where finished_at is null and %s in (tenant_id::text, name)
        """,
        [text],
    ).fetchone()
    return Company(*unfinished) if unfinished else find_company(connection, text)


def require_name(company: Company, given: str | None) -> None:
    """OperatorError unless the person names the company that they are about to erase."""
    name = given if given is not None else input(f"Type the company's name ({company.name}) to erase it: ")
    if name != company.name:
        raise OperatorError("That is not the company's name. Nothing was erased.")


def main() -> int:
    """Return 0 when the company is gone, or was shown."""
    parser = argparse.ArgumentParser(
        prog="erase-tenant", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_company_arguments(parser)
    parser.add_argument("--really", action="store_true", help="erase; without this nothing is changed")
    parser.add_argument("--name", help="the company's name, instead of typing it")
    choices = parser.parse_args()

    def work() -> int:
        door = SupabaseDoor(load_settings())
        with connect(choices.database_url, "erase-tenant") as connection:
            connection.autocommit = True
            erasure = Erasure(connection, door, erasable_company(connection, choices.company), _say)
            if not choices.really:
                _say(
                    f"{erasure.company.name} ({erasure.company.id}): this would go. "
                    "Nothing is changed without --really."
                )
                erasure.show()
                return 0
            require_name(erasure.company, choices.name)
            erasure.run()
        return 0

    return run_script("erase-tenant", work)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
