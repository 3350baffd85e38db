"""Credentials at rest: they open only with the key, only in the row and column where they were put."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg import Connection
from psycopg.types.json import Jsonb

from tests.database.actors import ask
from tests.database.companies import KEYRING, connect_twilio
from tests.database.conftest import Company


def tokens(database: Connection[Any], company: Company, keyring: dict[str, str] | None = None) -> list[str]:
    """Return the tokens that the webhooks would check with."""
    rows = database.execute(
        "select auth_token from backend.twilio_auth_tokens(%s, %s)", [company.id, Jsonb(keyring or KEYRING)]
    ).fetchall()
    return [row[0] for row in rows]


def refusal(database: Connection[Any], company: Company, keyring: dict[str, str] | None = None) -> psycopg.Error:
    """Return the error of opening the vault."""
    with pytest.raises(psycopg.Error) as caught, database.transaction():
        tokens(database, company, keyring)
    return caught.value


def test_what_was_put_in_comes_out(database: Connection[Any], ours: Company) -> None:
    """And nothing for an unknown or unconnected company."""
    connect_twilio(database, ours, token="secret-token")
    assert tokens(database, ours) == ["secret-token"]


def test_an_unconnected_company_has_no_tokens(database: Connection[Any], theirs: Company) -> None:
    """Not an error: the route must answer it like a bad signature."""
    assert tokens(database, theirs) == []


def test_the_stored_bytes_do_not_contain_the_secret(database: Connection[Any], ours: Company) -> None:
    """Only the last four characters are kept readable."""
    connect_twilio(database, ours, token="secret-token")
    row = database.execute(
        "select twilio_settings::text from public.twilio_settings where tenant_id = %s", [ours.id]
    ).fetchone()
    assert row is not None
    assert "secret-token" not in row[0]
    assert b"secret".hex() not in row[0]


def test_a_row_copied_to_another_company_does_not_open(
    database: Connection[Any], ours: Company, theirs: Company
) -> None:
    """The plaintext names its company and row."""
    connect_twilio(database, ours)
    connect_twilio(database, theirs)
    database.execute(
        "update public.twilio_settings set auth_token_encrypted = "
        "(select auth_token_encrypted from public.twilio_settings where tenant_id = %s) where tenant_id = %s",
        [ours.id, theirs.id],
    )
    assert refusal(database, theirs).diag.message_detail == "vault_mismatch"


def test_a_column_copied_to_another_column_does_not_open(database: Connection[Any], ours: Company) -> None:
    """The plaintext names its field."""
    connect_twilio(database, ours)
    database.execute(
        "update public.twilio_settings set auth_token_encrypted = account_sid_encrypted where tenant_id = %s", [ours.id]
    )
    assert refusal(database, ours).diag.message_detail == "vault_mismatch"


def test_without_its_key_it_does_not_open(database: Connection[Any], ours: Company) -> None:
    """A key that is missing is named as such; a wrong one opens nothing."""
    connect_twilio(database, ours)
    assert refusal(database, ours, {"other": "x"}).diag.message_detail == "vault_key_missing"
    assert refusal(database, ours, {"test": "wrong"}).sqlstate == "39000"


def test_both_tokens_verify_while_they_are_rotated(database: Connection[Any], ours: Company) -> None:
    """Current and next."""
    connect_twilio(database, ours)
    database.execute(
        "select backend.save_twilio_settings(%s, %s, 'AC1', 'current', 'next', 'test', %s)",
        [ours.id, ours.people["owner"].user_id, KEYRING["test"]],
    )
    assert tokens(database, ours) == ["current", "next"]
    sender = database.execute(
        "select auth_token from backend.twilio_sender(%s, %s)", [ours.id, Jsonb(KEYRING)]
    ).fetchall()
    assert sender == [("current",)]


@pytest.mark.parametrize("role", ["dispatcher", "estimator", "tech", "bookkeeper"])
def test_only_owners_and_managers_touch_the_vault(database: Connection[Any], ours: Company, role: str) -> None:
    """The database asks, whoever calls for the person."""
    person = ours.people[role].user_id
    for call in (
        "select backend.twilio_settings_summary(%(tenant)s, %(person)s)",
        "select backend.save_twilio_settings(%(tenant)s, %(person)s, 'a', 'b', null, 'k', 'k')",
        "select backend.delete_twilio_settings(%(tenant)s, %(person)s)",
        "select * from backend.twilio_credentials(%(tenant)s, %(person)s, '{}')",
    ):
        with pytest.raises(psycopg.Error) as caught, database.transaction():
            database.execute(call.encode(), {"tenant": ours.id, "person": person})
        assert caught.value.sqlstate == "PT403"


def test_a_stranger_does_not_touch_our_vault(database: Connection[Any], ours: Company, theirs: Company) -> None:
    """An owner of another company is nobody here."""
    connect_twilio(database, ours)
    with pytest.raises(psycopg.Error) as caught, database.transaction():
        database.execute("select backend.delete_twilio_settings(%s, %s)", [ours.id, theirs.people["owner"].user_id])
    assert caught.value.sqlstate == "PT403"
    assert tokens(database, ours)


def test_no_browser_reads_the_table(database: Connection[Any], ours: Company) -> None:
    """Not even the ciphertext."""
    connect_twilio(database, ours)
    assert ask(database, ours.people["owner"], "select 1 from public.twilio_settings").state == "42501"


def test_deleting_ends_texting(database: Connection[Any], ours: Company) -> None:
    """Idempotent."""
    connect_twilio(database, ours)
    for _ in range(2):
        database.execute("select backend.delete_twilio_settings(%s, %s)", [ours.id, ours.people["owner"].user_id])
    assert tokens(database, ours) == []
