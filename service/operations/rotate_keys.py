"""Re-encrypts the vault with the first key of the keyring: `scripts/rotate-keys [--status | --verify]`.

Safe under traffic: a row changes in one update, so whoever reads it finds the old ciphertext with the old key's id or
the new one with the new id, and opens both while both keys are in its keyring. Safe to break off: it goes on where it
stopped.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from service.backend_types import VaultKeyUsageRow, VerifySecretsRow
from service.database import Database
from service.errors import DomainError
from service.keyring import Keyring
from service.settings import SettingsError, load_settings

BATCH = 200
"""Rows of one call: some 50 ms, far below what a call may take and what a locked row may make a reader wait."""

PATIENCE_SECONDS = 10.0
"""How long to wait for rows that somebody else holds, such as an owner who is saving credentials."""

DESCRIPTION = """\
Re-encrypts every company's credentials with the first key of FIELDLITE_VAULT_KEYS. To change the key:
  1. put the new key first, leave the old one behind it, and restart every service and worker with that;
  2. run this; it may be broken off and run again;
  3. run it with --verify; then the old key may be taken out.
"""


@dataclass
class Vault:
    """The vault as the worker's login sees it: it can count, re-encrypt and check, and is never shown a secret."""

    database: Database
    keyring: Keyring
    say: Callable[[str], None]

    def usage(self) -> dict[str, int]:
        """How many companies' credentials each key encrypts."""
        rows = cast(list[VaultKeyUsageRow], self.database.call("vault_key_usage"))
        return {row["encryption_key_id"]: row["count"] for row in rows}

    def status(self) -> bool:
        """Say which keys are in use; return whether all of them are in the keyring."""
        usage, known = self.usage(), self.keyring.as_json()
        current, _ = self.keyring.current
        for key_id in dict.fromkeys([*known, *usage]):
            role = "MISSING" if key_id not in known else "encrypts" if key_id == current else "decrypts"
            self.say(f"{key_id}: {role}, {usage.get(key_id, 0)} in use")
        missing = usage.keys() - known.keys()
        if missing:
            self.say(f"Not in FIELDLITE_VAULT_KEYS and needed: {', '.join(sorted(missing))}")
        return not missing

    def rotate(self) -> bool:
        """Re-encrypt what another key of the keyring encrypts; return whether only the first key is in use now."""
        key_id, key = self.keyring.current
        total = sum(count for used, count in self.usage().items() if used != key_id)
        done, given_up_at = 0, time.monotonic() + PATIENCE_SECONDS
        while self._left(key_id) and time.monotonic() < given_up_at:
            rotated = self.database.call_value(
                "rotate_secrets", p_keyring=self.keyring.as_json(), p_key_id=key_id, p_key=key, p_limit=BATCH
            )
            if rotated:
                done, given_up_at = done + rotated, time.monotonic() + PATIENCE_SECONDS
                self.say(f"{done} of {total} re-encrypted with {key_id}")
            else:
                time.sleep(0.2)
        if not total:
            self.say(f"Everything is encrypted with {key_id} already.")
        return self.status() and not self._left(key_id)

    def verify(self) -> bool:
        """Open every secret with the keyring, without being shown it; say which companies' do not open."""
        checked, broken, after = 0, [], None
        while rows := self._verified(after):
            checked, after = checked + len(rows), rows[-1]["tenant_id"]
            broken += [row["tenant_id"] for row in rows if not row["ok"]]
            self.say(f"{checked} checked")
        for tenant_id in broken:
            self.say(f"Company {tenant_id}: its credentials do not open.")
        self.say(f"{checked - len(broken)} of {checked} open.")
        return not broken

    def _left(self, key_id: str) -> bool:
        """Whether rows are left that could be re-encrypted."""
        return any(used != key_id and used in self.keyring.as_json() for used in self.usage())

    def _verified(self, after: UUID | None) -> list[VerifySecretsRow]:
        rows = self.database.call("verify_secrets", p_keyring=self.keyring.as_json(), p_after=after, p_limit=BATCH)
        return cast(list[VerifySecretsRow], rows)


def main() -> int:
    """Return 0 when all is well, 1 when a key is missing or something does not open, 2 for settings that do not do."""
    choices = _parser().parse_args()
    try:
        settings = load_settings()
        database = Database(settings.database_url("worker"), "rotate-keys", max_size=1)
    except SettingsError as error:
        print(f"rotate-keys: {error}", file=sys.stderr)
        return 2
    vault = Vault(database, settings.keyring(), lambda line: print(line, flush=True))
    try:
        fine = vault.status() if choices.status else vault.verify() if choices.verify else vault.rotate()
    except DomainError as error:
        print(f"rotate-keys: {error.detail} What was re-encrypted stays; run it again.", file=sys.stderr)
        return 1
    finally:
        database.close()
    return 0 if fine else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rotate-keys", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--status", action="store_true", help="only say which keys are in use; fails when one is missing")
    what.add_argument("--verify", action="store_true", help="only check that everything can be opened")
    return parser


if __name__ == "__main__":
    sys.exit(main())
