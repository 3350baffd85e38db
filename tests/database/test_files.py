"""Every bucket x verb x role, in the folder of one company and of another: docs/security.md says what happens."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from psycopg import Connection

from tests.database.actors import ROLES, Actor, Answer, ask
from tests.database.conftest import Company
from tests.database.contacts import add, tell, upload
from tests.database.permissions import table

STATEMENTS = {
    "read": "select 1 from storage.objects where bucket_id = %(bucket)s and name = %(there)s",
    "insert": "insert into storage.objects (bucket_id, name) values (%(bucket)s, %(new)s)",
    "update": "update storage.objects set name = %(new)s where bucket_id = %(bucket)s and name = %(there)s",
    "delete": "delete from storage.objects where bucket_id = %(bucket)s and name = %(there)s",
}


def probe(database: Connection[Any], actor: Actor, bucket: str, verb: str, folder: uuid.UUID) -> Answer:
    """Try a verb on a company's folder, in which there is a file that nothing stands for."""
    there = f"{folder}/{uuid.uuid4()}"
    database.execute("insert into storage.objects (bucket_id, name) values (%s, %s)", [bucket, there])
    database.execute("select set_config('storage.allow_delete_query', 'true', true)")
    names = {"bucket": bucket, "there": there, "new": f"{folder}/{uuid.uuid4()}"}
    return ask(database, actor, STATEMENTS[verb], names)


def done(answer: Answer) -> bool:
    """A refusal is an error or no row."""
    assert answer.state in (None, "42501"), answer
    return answer.state is None and answer.count > 0


@pytest.mark.parametrize("verb", STATEMENTS)
def test_each_role_reaches_what_the_page_says_and_no_other_company(
    database: Connection[Any], ours: Company, theirs: Company, verb: str
) -> None:
    """Buckets that the page does not know are reached by nobody; visitors reach none."""
    page = {(row["Bucket"], row["Verb"], role) for row in table("Files") for role in ROLES if row[role] == "yes"}
    buckets = [row[0] for row in database.execute("select id from storage.buckets")]
    assert {bucket for bucket, _, _ in page} <= set(buckets)
    for bucket in buckets:
        for role, actor in ours.people.items():
            assert done(probe(database, actor, bucket, verb, ours.id)) == ((bucket, verb, role) in page), (bucket, role)
            assert not done(probe(database, actor, bucket, verb, theirs.id)), (bucket, role)
        assert not done(probe(database, Actor("visitor"), bucket, verb, ours.id)), bucket


@pytest.mark.parametrize("verb", ["read", "insert", "delete"])
def test_access_to_files_ends_with_the_membership(database: Connection[Any], ours: Company, verb: str) -> None:
    """At once."""
    owner = ours.people["owner"]
    assert done(probe(database, owner, "attachments", verb, ours.id))
    database.execute("update public.memberships set deactivated_at = now() where user_id = %s", [owner.user_id])
    assert not done(probe(database, owner, "attachments", verb, ours.id))


def test_there_is_no_attachment_without_a_file(database: Connection[Any], ours: Company, theirs: Company) -> None:
    """And none with another company's; size and type are what Storage says."""
    contact, file = add(database, ours, "Rosa"), uuid.uuid4()
    statement = "insert into public.attachments (id, contact_id, name) values (%s, %s, 'Permit.pdf')"
    upload(database, theirs, file)
    refused = tell(database, ours, statement, [file, contact])
    assert (refused.state, refused.detail) == ("PT422", "not_uploaded")
    upload(database, ours, file)
    assert tell(database, ours, statement, [file, contact]).state is None
    kept = "select path, mime_type, size_bytes from public.attachments where id = %s"
    assert ask(database, ours.people["bookkeeper"], kept, [file]).rows == (
        (f"{ours.id}/{file}", "application/pdf", 1234),
    )


def test_a_file_that_is_attached_stays(database: Connection[Any], ours: Company) -> None:
    """Only an upload that nothing stands for can be removed, so that a deleted attachment comes back whole."""
    contact, file, stray = add(database, ours, "Rosa"), uuid.uuid4(), uuid.uuid4()
    for name in (file, stray):
        upload(database, ours, name)
    tell(database, ours, "insert into public.attachments (id, contact_id, name) values (%s, %s, 'x')", [file, contact])
    tell(database, ours, "select public.delete_record('attachment', %s)", [file])
    database.execute("select set_config('storage.allow_delete_query', 'true', true)")
    removed = ask(
        database,
        ours.people["dispatcher"],
        "delete from storage.objects where bucket_id = 'attachments' returning name",
    )
    assert removed.rows == ((f"{ours.id}/{stray}",),)
