"""The connection strings that scripts/create-roles prints."""

from __future__ import annotations

from scripts.stack.roles import connection_strings

PASSWORDS = {"fieldlite_webhook": "a/b", "fieldlite_portal": "c", "fieldlite_worker": "d"}


def test_a_plain_database_keeps_its_place() -> None:
    strings = connection_strings("postgresql://postgres:secret@db.example:5432/postgres?sslmode=require", PASSWORDS)
    assert strings == {
        "FIELDLITE_DATABASE_URL_WEBHOOK": "postgresql://fieldlite_webhook:a%2Fb@db.example:5432/postgres?sslmode=require",
        "FIELDLITE_DATABASE_URL_PORTAL": "postgresql://fieldlite_portal:c@db.example:5432/postgres?sslmode=require",
        "FIELDLITE_DATABASE_URL_WORKER": "postgresql://fieldlite_worker:d@db.example:5432/postgres?sslmode=require",
    }


def test_the_pooler_gets_the_projects_name_and_the_mode_that_each_role_needs() -> None:
    host = "aws-0-us-east-1.pooler.supabase.com"
    strings = connection_strings(f"postgresql://postgres.abcd:secret@{host}:5432/postgres", PASSWORDS)
    assert (
        strings["FIELDLITE_DATABASE_URL_WEBHOOK"] == f"postgresql://fieldlite_webhook.abcd:a%2Fb@{host}:6543/postgres"
    )
    assert strings["FIELDLITE_DATABASE_URL_WORKER"] == f"postgresql://fieldlite_worker.abcd:d@{host}:5432/postgres"
