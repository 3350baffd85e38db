"""Erases a person from a company's records: `scripts/erase-person COMPANY CONTACT` shows what would go or does it.

The owner's button in the app calls the same function of the database (`erase_contact` below, by way of the service).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg

from service.database import Database
from service.errors import StorageUnavailable
from service.logs import get_logger
from service.members import Member
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

DESCRIPTION = """\
Erases a person: name, numbers, addresses, notes, tasks, files, the words of texts, what providers sent about them, and
old values in the audit log. Invoices and payments stay, under "Erased person"; opt-outs stay, under a keyed hash.
Without --really it only shows what would go. The certificate is printed and kept in the company's table of erasures.
"""

Answer = dict[str, Any]
"""{really, erased, certificate, certificate_hash?, files?: [{bucket, path}]}, as the database answers."""

FileGone = Callable[[str, str], object]
"""Told of each file, by bucket and path, that Storage has removed."""

log = get_logger(__name__)


def erase_contact(database: Database, door: SupabaseDoor, member: Member, contact_id: UUID, *, really: bool) -> Answer:
    """Erase a contact on behalf of an owner, or show what would go; returns certificate and hash.

    Raises DatabaseRefusal (`not_allowed`, `no_such_contact`) and DatabaseUnavailable; asking again is safe.
    """
    answer: Answer = database.call_value(
        "erase_contact", p_tenant=member.tenant_id, p_user=member.user_id, p_contact=contact_id, p_really=really
    )

    def file_gone(bucket: str, path: str) -> None:
        database.call("file_removed", p_tenant=member.tenant_id, p_bucket=bucket, p_path=path)

    _remove_files(door, answer, file_gone)
    return answer


def _remove_files(door: SupabaseDoor, answer: Answer, file_gone: FileGone) -> None:
    """Have Storage remove the files at once; what it does not, the worker does later."""
    files = answer.pop("files", []) if answer["really"] else []
    try:
        for bucket in {each["bucket"] for each in files}:
            paths = [each["path"] for each in files if each["bucket"] == bucket]
            door.remove_files(bucket, paths)
            for path in paths:
                file_gone(bucket, path)
    except StorageUnavailable as error:
        log.warning("files_not_removed", files=len(files), code=error.code)


def _erase_as_operator(
    connection: Connection, door: SupabaseDoor, company: Company, contact_id: UUID, *, really: bool
) -> Answer:
    try:
        row = connection.execute(
            "select private.erase_contact(%s, null, %s, %s)", [company.id, contact_id, really]
        ).fetchone()
    except psycopg.Error as error:
        if (error.sqlstate or "").startswith("PT"):
            raise OperatorError(error.diag.message_primary) from error
        raise
    answer: Answer = row[0] if row else {}
    connection.commit()

    def file_gone(bucket: str, path: str) -> None:
        connection.execute("select backend.file_removed(%s, %s, %s)", [company.id, bucket, path])

    _remove_files(door, answer, file_gone)
    return answer


def main() -> int:
    """Return 0 when the person is erased, or was shown."""
    parser = argparse.ArgumentParser(
        prog="erase-person", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_company_arguments(parser)
    parser.add_argument("contact", type=UUID, help="the contact's id, as in the address of its page")
    parser.add_argument("--really", action="store_true", help="erase; without this nothing is changed")
    choices = parser.parse_args()

    def work() -> int:
        door = SupabaseDoor(load_settings())
        with connect(choices.database_url, "erase-person") as connection:
            company = find_company(connection, choices.company)
            answer = _erase_as_operator(connection, door, company, choices.contact, really=choices.really)
        if not answer["erased"]:
            print(f"{company.name}: this would go. Nothing is changed without --really.")
        print(
            json.dumps({name: answer[name] for name in ("certificate", "certificate_hash") if name in answer}, indent=2)
        )
        return 0

    return run_script("erase-person", work)


if __name__ == "__main__":
    sys.exit(main())
