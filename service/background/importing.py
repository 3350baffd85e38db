"""Working on one import: its rows are checked, applied or taken back, whatever its status asks for, until none is left.

Each batch is one call and one transaction, in which the database also notes how far it came. So any worker may go on at
any time, and two that meet wait for each other and do nothing twice.
"""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from service.background.door import Door
from service.background.worker import Worker
from service.contacts.checking import normalised_rows
from service.logs import get_logger

LONGEST_TURN_SECONDS = 5.0
"""After this long an import goes to the end of the queue, so that a large file holds no slot for ever."""

CHECKED_AT_ONCE = 500
APPLIED_AT_ONCE = 50
"""Rows of one transaction. It holds a lock for each number, e-mail address and name in them, and nobody waits long."""

_GIVEN_UP = "Something went wrong on our side. What was imported until now can be undone."

log = get_logger(__name__)


@dataclass(frozen=True)
class Import:
    """One import of one company."""

    tenant_id: UUID
    import_id: UUID

    @property
    def arguments(self) -> dict[str, Any]:
        """How the database's functions call it."""
        return {"p_tenant": self.tenant_id, "p_import": self.import_id}


async def work_on_import(worker: Worker, work: Import) -> bool:
    """Do what is to be done for one turn; return whether some of it is left.

    Raises DatabaseUnavailable; the tick comes back then. What the database refuses otherwise it would refuse again, so
    the import is marked as failed.
    """
    clock = asyncio.get_running_loop().time
    until = clock() + LONGEST_TURN_SECONDS
    try:
        while await _next_batch(worker.door, work):
            if clock() >= until or worker.stopping.is_set():
                return True
    except psycopg.Error as error:
        log.exception("import_failed", import_id=str(work.import_id), sqlstate=error.sqlstate)
        await worker.door.call("fail_import", **work.arguments, p_words=_GIVEN_UP)
    return False


async def _next_batch(door: Door, work: Import) -> bool:
    """Do one batch of whatever the import's status asks for; return whether there may be more."""
    task = await _value(door.call("import_work", **work.arguments, p_limit=CHECKED_AT_ONCE))
    match task:
        case None:
            return False
        case {"status": "checking"}:
            rows = await asyncio.to_thread(normalised_rows, task)
            numbered = {"p_check_number": task["check_number"], "p_rows": Jsonb(rows)}
            await door.call("record_import_rows", **work.arguments, **numbered)
        case {"status": "running"}:
            await door.call("apply_import_rows", **work.arguments, p_limit=APPLIED_AT_ONCE)
        case _:
            await door.call("undo_import_rows", **work.arguments, p_limit=APPLIED_AT_ONCE)
    return True


async def _value(answer: Any) -> Any:
    (row,) = await answer
    (value,) = row.values()
    return value
