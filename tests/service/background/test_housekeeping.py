"""The worker's nightly round: what is kept no longer goes, and what Storage does not remove now, waits."""

from __future__ import annotations

from tests.sandbox.running import wait_for
from tests.support.workers import Plant, Worker


def round_of(worker: Worker) -> dict[str, object]:
    """What the worker logged of its round."""
    wait_for(lambda: worker.said("retention_enforced"))
    return next(entry for entry in worker.entries() if entry.get("event") == "retention_enforced")


def test_a_round_deletes_in_batches_and_leaves_files_to_the_next(plant: Plant) -> None:
    """Storage is out of reach here: rows go, the file is remembered."""
    database, company = plant.database, plant.company
    database.execute(
        "insert into public.webhook_events "
        "(tenant_id, provider, kind, event_key, fields, raw, processed_at, created_at) "
        "select %s, 'twilio', 'sms', n::text, '{}', '', now(), now() - interval '91 days' "
        "from generate_series(1, 450) as n",
        [company.id],
    )
    database.execute(
        "insert into private.files_to_remove (bucket, path, tenant_id) values ('attachments', %s, %s)",
        [f"{company.id}/x", company.id],
    )
    with plant.worker() as worker:
        database.execute("select private.defer('keep_house', 'ticking', '{\"timestamp\": 0}', 'keep_house')")
        done = round_of(worker)
    assert (done["provider_events"], done["files"]) == (450, 0)
    assert worker.said("files_not_removed")
    assert database.execute("select count(*) from public.webhook_events").fetchone() == (0,)
    assert database.execute("select count(*) from private.files_to_remove").fetchone() == (1,)


def test_a_kind_that_fails_holds_up_no_other(plant: Plant) -> None:
    """One row that cannot go must not keep everything else for ever."""
    database = plant.database
    database.execute(
        "create or replace function private.purge_contacts(p_limit integer) returns integer "
        "language plpgsql as $$ begin raise 'broken'; end $$"
    )
    database.execute("insert into private.ended_sessions values (gen_random_uuid(), now() - interval '9 days')")
    with plant.worker() as worker:
        database.execute("select private.defer('keep_house', 'ticking', '{\"timestamp\": 0}', 'keep_house')")
        done = round_of(worker)
    assert done["ended_log_ins"] == 1
    assert worker.said("retention_failed")
