"""What the worker does once a day: deletes what is kept no longer, removes files, looks whether the vault opens."""

import asyncio
import re

import psycopg

from service.background.worker import Worker
from service.errors import StorageUnavailable
from service.logs import get_logger
from service.settings import SettingsError
from service.supabase_door import SupabaseDoor

BATCH = 200
"""Rows of each kind in one transaction: far below the worker's statement timeout of a minute."""

FILES = 500
"""Files of one request to Storage, which takes a thousand at most."""

log = get_logger(__name__)


async def enforce_retention(worker: Worker) -> None:
    """Delete everything whose period is over, then remove the files that nothing stands for any more.

    Raises DatabaseUnavailable: what was deleted stays deleted, and the next day goes on.
    """
    (known,) = await worker.door.call("retention_kinds")
    deleted = {kind: await _delete_kind(worker, kind) for kind in known["retention_kinds"]}
    counts = {re.sub("[ -]", "_", kind): count for kind, count in deleted.items() if count}
    files = await remove_files(worker)
    log.info("retention_enforced", files=files, **counts)


async def _delete_kind(worker: Worker, kind: str) -> int:
    """Delete what is over of one kind; return how many rows went. A kind that fails holds up no other."""
    deleted = 0
    try:
        while not worker.stopping.is_set():
            (row,) = await worker.door.call("enforce_retention", p_kind=kind, p_limit=BATCH)
            if not row["enforce_retention"]:
                break
            deleted += int(row["enforce_retention"])
    except psycopg.Error as error:
        log.exception("retention_failed", kind=kind, sqlstate=error.sqlstate)
    return deleted


async def remove_files(worker: Worker) -> int:
    """Have Storage remove the files whose rows are gone; return how many. What it does not remove now, waits."""
    removed = 0
    while rows := await worker.door.call("files_to_remove", p_limit=FILES):
        try:
            door = SupabaseDoor(worker.settings)
            for bucket in {str(row["bucket"]) for row in rows}:
                paths = [str(row["path"]) for row in rows if row["bucket"] == bucket]
                await asyncio.to_thread(door.remove_files, bucket, paths)
        except SettingsError:
            log.warning("files_wait_for_the_secret_key", files=len(rows))
            break
        except StorageUnavailable as error:
            log.warning("files_not_removed", files=len(rows), code=error.code)
            break
        for row in rows:
            await worker.door.call(
                "file_removed", p_tenant=row["tenant_id"], p_bucket=row["bucket"], p_path=row["path"]
            )
        removed += len(rows)
        if worker.stopping.is_set():
            break
    return removed


async def check_vault(worker: Worker) -> None:
    """Warn of credentials whose key is not in the keyring: those companies can neither send nor receive."""
    known = worker.settings.keyring().as_json()
    for row in await worker.door.call("vault_key_usage"):
        if row["encryption_key_id"] not in known:
            log.error("vault_key_missing", key_id=row["encryption_key_id"], companies=row["count"])
