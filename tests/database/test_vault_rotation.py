"""Keys of the vault are replaced in batches; what was put in still comes out, before, during and after."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg import Connection
from psycopg.types.json import Jsonb

from tests.database.companies import KEYRING, connect_twilio
from tests.database.concurrently import company_of, together
from tests.database.conftest import Company
from tests.database.test_vault import tokens

BOTH = KEYRING | {"next": "bmV4dC1rZXktbmV4dC1rZXktbmV4dC1rZXktbmV4dA=="}
NEXT = {"next": BOTH["next"]}


def rotate(database: Connection[Any], keyring: dict[str, str] = BOTH, limit: int = 100) -> int:
    """Re-encrypt a batch with the next key; return how many rows."""
    row = database.execute(
        "select backend.rotate_secrets(%s, 'next', %s, %s)", [Jsonb(keyring), BOTH["next"], limit]
    ).fetchone()
    assert row is not None
    return int(row[0])


def keys_of(database: Connection[Any], *companies: Company) -> list[str]:
    """The names of the keys that companies' secrets are encrypted with."""
    rows = database.execute(
        "select encryption_key_id from public.twilio_settings where tenant_id = any (%s) order by encryption_key_id",
        [[company.id for company in companies]],
    ).fetchall()
    return [row[0] for row in rows]


def test_a_row_moves_to_the_next_key_whole(database: Connection[Any], ours: Company) -> None:
    """Account, token and next token; the old key opens nothing afterwards."""
    database.execute(
        "select backend.save_twilio_settings(%s, %s, 'AC1', 'current', 'next', 'test', %s)",
        [ours.id, ours.people["owner"].user_id, KEYRING["test"]],
    )
    rotate(database)
    assert keys_of(database, ours) == ["next"]
    assert tokens(database, ours, NEXT) == ["current", "next"]
    with pytest.raises(psycopg.Error) as caught, database.transaction():
        tokens(database, ours, KEYRING)
    assert caught.value.diag.message_detail == "vault_key_missing"


def test_batches_end_and_can_be_begun_again(database: Connection[Any], ours: Company, theirs: Company) -> None:
    """One by one, then nothing is left; rows whose key nobody gave are left alone."""
    for company in (ours, theirs):
        connect_twilio(database, company)
    assert rotate(database, NEXT) == 0
    while rotate(database, limit=1):
        pass
    assert keys_of(database, ours, theirs) == ["next", "next"]
    assert rotate(database) == 0


def test_what_does_not_open_holds_up_nobody_else(database: Connection[Any], ours: Company, theirs: Company) -> None:
    """It keeps its key's name, and is tried again."""
    for company in (ours, theirs):
        connect_twilio(database, company)
    first, second = sorted((ours, theirs), key=lambda company: company.id)
    database.execute(
        "update public.twilio_settings set auth_token_encrypted = account_sid_encrypted where tenant_id = %s",
        [first.id],
    )
    assert (rotate(database, limit=1), rotate(database, limit=1)) == (1, 0)
    assert (keys_of(database, first), keys_of(database, second)) == (["test"], ["next"])


def test_what_does_not_open_is_told(database: Connection[Any], ours: Company, theirs: Company) -> None:
    """By company, without the secret; a missing key counts."""
    connect_twilio(database, ours)
    connect_twilio(database, theirs)
    database.execute(
        "update public.twilio_settings set auth_token_encrypted = account_sid_encrypted where tenant_id = %s", [ours.id]
    )
    found = dict(database.execute("select * from backend.verify_secrets(%s, null, 1000)", [Jsonb(BOTH)]).fetchall())
    assert (found[ours.id], found[theirs.id]) == (False, True)
    found = dict(database.execute("select * from backend.verify_secrets(%s, null, 1000)", [Jsonb(NEXT)]).fetchall())
    assert (found[ours.id], found[theirs.id]) == (False, False)


def test_tokens_open_all_through_a_rotation_by_two(clone_url: str) -> None:
    """Two operators at once and readers meanwhile: no reader ever fails, every row ends at the next key."""
    look, company = company_of(clone_url)

    def read(connection: Connection[Any]) -> set[str]:
        return {token for _ in range(40) for token in tokens(connection, company, BOTH)}

    with look:
        results = together(clone_url, [rotate, rotate, read, read])
        assert sum(results[:2]) == 1
        assert results[2] == results[3] == {"token-1"}
        assert keys_of(look, company) == ["next"]
