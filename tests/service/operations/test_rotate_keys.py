"""Keys of the vault are replaced while webhooks are verified and texts are sent, and nobody notices."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from psycopg import Connection
from twilio.request_validator import RequestValidator

from scripts.stack.roles import connection_strings, set_passwords
from service.database import Database
from service.keyring import Keyring
from service.operations import rotate_keys
from service.operations.rotate_keys import Vault
from tests.database.conftest import superuser_url
from tests.service.operations.conftest import Script
from tests.service.processes import running_service
from tests.service.settings_values import VALUES, VAULT_KEY
from tests.support.companies import DEMO_ACCOUNT
from tests.support.texts import inbound_text
from tests.support.workers import Plant

NEW_KEY = base64.b64encode(bytes(range(32, 64))).decode()
OLD, BOTH, NEW = f"one:{VAULT_KEY}", f"two:{NEW_KEY},one:{VAULT_KEY}", f"two:{NEW_KEY}"
COMPANIES = 40
PASSWORDS = dict.fromkeys(("fieldlite_webhook", "fieldlite_portal", "fieldlite_worker"), "password-of-a-test")


@pytest.fixture
def environment(plant: Plant) -> dict[str, str]:
    """The settings of every process in the middle of a rotation: the new key first, the old one behind it."""
    set_passwords(superuser_url(plant.database_url), PASSWORDS)
    return {
        **plant.environment,
        **connection_strings(plant.database_url, PASSWORDS),
        "FIELDLITE_VAULT_KEYS": BOTH,
    }


@pytest.fixture
def tenants(plant: Plant) -> list[str]:
    """Further companies with the same Twilio account, so that no cache hides what the vault does."""
    rows = plant.database.execute(
        """
        with tenant as (
          insert into public.tenants (name) select 'Company ' || n from generate_series(1, %s) as n returning id
        ),
        settings as (
          insert into public.twilio_settings (
            id, tenant_id, account_sid_encrypted, auth_token_encrypted, encryption_key_id, account_sid_last4,
            auth_token_last4, verified_at
          )
          select row.id, tenant.id, private.seal(tenant.id, row.id, 'account_sid', %s, %s),
                 private.seal(tenant.id, row.id, 'auth_token', %s, %s), 'one', '', '', now()
          from tenant cross join lateral (select gen_random_uuid() as id where tenant.id is not null) as row
        )
        select id::text from tenant
        """,
        [COMPANIES, DEMO_ACCOUNT.sid, VAULT_KEY, DEMO_ACCOUNT.token, VAULT_KEY],
    ).fetchall()
    return [row[0] for row in rows]


@contextmanager
def vault(environment: Mapping[str, str], keys: str, said: list[str] | None = None) -> Iterator[Vault]:
    """The vault as the script opens it with these keys."""
    database = Database(environment["FIELDLITE_DATABASE_URL_WORKER"], "rotate-keys", max_size=1)
    try:
        yield Vault(database, Keyring.parse(keys), (said if said is not None else []).append)
    finally:
        database.close()


def key_ids(database: Connection[Any]) -> dict[str, int]:
    rows = database.execute("select encryption_key_id, count(*) from public.twilio_settings group by 1").fetchall()
    return dict(rows)


def post_signed(http: httpx.Client, url: str, tenant: str, number: int) -> int:
    """Deliver a text of another customer to a company; return the status."""
    path = f"/api/twilio/webhook/{tenant}/sms"
    form = inbound_text(DEMO_ACCOUNT, f"+1303555{number:04}", "Hello")
    signature = RequestValidator(DEMO_ACCOUNT.token).compute_signature(f"{VALUES['public_url']}{path}", form)
    headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
    return http.post(f"{url}{path}", content=urlencode(form), headers=headers).status_code


class Traffic(threading.Thread):
    """One delivery to each company after the other, round and round, until it is told to stop."""

    def __init__(self, url: str, tenants: list[str]) -> None:
        super().__init__(daemon=True)
        self.url, self.tenants = url, tenants
        self.statuses: list[int] = []
        self.enough = threading.Event()

    def run(self) -> None:
        with httpx.Client(timeout=20) as http:
            while not self.enough.is_set() or len(self.statuses) < len(self.tenants):
                number = len(self.statuses)
                self.statuses.append(post_signed(http, self.url, self.tenants[number % len(self.tenants)], number))


def test_no_decrypt_fails_while_keys_rotate_under_traffic(
    plant: Plant, tenants: list[str], environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every webhook is answered 200 and every text leaves, before, during and after; then the old key may go."""
    monkeypatch.setattr(rotate_keys, "BATCH", 3)
    rotating = replace(plant, environment=environment)
    texts = [rotating.queue(f"Text {number}") for number in range(10)]
    said: list[str] = []
    with running_service(environment, tmp_path / "service.log") as url, rotating.worker():
        traffic = [Traffic(url, tenants), Traffic(url, tenants[::-1])]
        for each in traffic:
            each.start()
        with vault(environment, BOTH, said) as opened:
            assert opened.rotate()
        texts += [rotating.queue(f"Text after {number}") for number in range(3)]
        for text in texts:
            rotating.wait_until_taken(text)
        for each in traffic:
            each.enough.set()
            each.join(60)
    statuses = [status for each in traffic for status in each.statuses]
    assert len(statuses) >= 2 * COMPANIES
    assert set(statuses) == {200}
    assert key_ids(plant.database) == {"two": COMPANIES + 1}
    assert f"{COMPANIES + 1} of {COMPANIES + 1} re-encrypted with two" in said
    with vault(environment, NEW) as opened:
        assert opened.verify()


def test_it_goes_on_where_it_was_broken_off(plant: Plant, tenants: list[str], environment: dict[str, str]) -> None:
    plant.database.execute("select backend.rotate_secrets(%s::jsonb, 'two', %s, 15)", [
        f'{{"one": "{VAULT_KEY}"}}', NEW_KEY,
    ])  # fmt: skip
    assert key_ids(plant.database) == {"two": 15, "one": COMPANIES - 14}
    with vault(environment, BOTH) as opened:
        assert opened.rotate()
        assert opened.rotate()
    assert key_ids(plant.database) == {"two": COMPANIES + 1}


def test_the_script_names_a_missing_key_and_fails(plant: Plant, script: Script, environment: dict[str, str]) -> None:
    def run(keys: str, option: str) -> tuple[int, list[str]]:
        code, told, _ = script.run(rotate_keys.main, {**environment, "FIELDLITE_VAULT_KEYS": keys}, option)
        return code, told.splitlines()

    assert run(BOTH, "--status") == (0, ["two: encrypts, 0 in use", "one: decrypts, 1 in use"])
    code, told = run(NEW, "--status")
    assert (code, told[-1]) == (1, "Not in FIELDLITE_VAULT_KEYS and needed: one")
    code, told = run(NEW, "--verify")
    assert (code, told[-2:]) == (1, [f"Company {plant.company.id}: its credentials do not open.", "0 of 1 open."])


def test_the_worker_warns_at_its_start(plant: Plant, environment: dict[str, str]) -> None:
    with replace(plant, environment={**environment, "FIELDLITE_VAULT_KEYS": NEW}).worker() as worker:
        pass
    (warning,) = [entry for entry in worker.entries() if entry.get("event") == "vault_key_missing"]
    assert (warning["key_id"], warning["companies"]) == ("one", 1)
