"""The credentials that Twilio's signatures are checked with: decrypted by the database, kept in memory for minutes.

Nothing here is logged or shown. A token that was rotated elsewhere is noticed by its first signature that does not
match: the company's row is then read once more past the cache before the request is refused.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

from service.database import Database
from service.keyring import Keyring

CACHE_SECONDS = 120.0
"""How long a token that was taken back can still verify, when no newer signature made us look again."""

RELOADS_PER_SECOND = 1.0
RELOAD_BURST = 10.0
"""Reads past the cache, for each company: forged requests cannot turn into one database call each, and while they
exhaust the allowance the cached tokens are never older than a second or so."""

MOST_COMPANIES = 10_000
"""Entries kept; the company that was asked for least recently goes first. Unknown ids are entries too."""

Load = Callable[[UUID], tuple[str, ...]]


@dataclass(repr=False)
class _Entry:
    tokens: tuple[str, ...]
    expires_at: float
    allowance: float
    counted_at: float


class TokenCache:
    """The auth tokens of each company, current and next. Safe to share between threads."""

    def __init__(self, load: Load, clock: Callable[[], float] = monotonic) -> None:
        """`load` reads a company's tokens (empty for an unknown one); `clock` counts seconds."""
        self._load = load
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: OrderedDict[UUID, _Entry] = OrderedDict()

    def tokens(self, tenant_id: UUID) -> tuple[str, ...]:
        """The company's tokens, from memory when they were read less than CACHE_SECONDS ago."""
        now = self._clock()
        with self._lock:
            entry = self._entries.get(tenant_id)
            if entry and entry.expires_at > now:
                self._entries.move_to_end(tenant_id)
                return entry.tokens
        return self._read(tenant_id)

    def reload(self, tenant_id: UUID) -> tuple[str, ...] | None:
        """The company's tokens as they are now, or None when its allowance of such reads is used up."""
        return self._read(tenant_id) if self._may_reload(tenant_id) else None

    def forget(self, tenant_id: UUID) -> None:
        """Drop what is known: the company's settings were just changed by this process."""
        with self._lock:
            if entry := self._entries.get(tenant_id):
                entry.expires_at = 0.0

    def _may_reload(self, tenant_id: UUID) -> bool:
        now = self._clock()
        with self._lock:
            entry = self._entries.get(tenant_id)
            if entry is None:
                return True
            grown = entry.allowance + (now - entry.counted_at) * RELOADS_PER_SECOND
            entry.allowance, entry.counted_at = min(RELOAD_BURST, grown), now
            if entry.allowance < 1.0:
                return False
            entry.allowance -= 1.0
            return True

    def _read(self, tenant_id: UUID) -> tuple[str, ...]:
        """Read the tokens outside the lock: two threads may both do it, and neither waits for the other."""
        tokens = self._load(tenant_id)
        now = self._clock()
        with self._lock:
            known = self._entries.get(tenant_id)
            allowance, counted_at = (known.allowance, known.counted_at) if known else (RELOAD_BURST, now)
            self._entries[tenant_id] = _Entry(tokens, now + CACHE_SECONDS, allowance, counted_at)
            self._entries.move_to_end(tenant_id)
            while len(self._entries) > MOST_COMPANIES:
                self._entries.popitem(last=False)
        return tokens


def token_loader(database: Database, keyring: Keyring) -> Load:
    """How the webhooks read tokens: as `fieldlite_webhook`, which can decrypt nothing else."""
    keys = keyring.as_json()

    def load(tenant_id: UUID) -> tuple[str, ...]:
        rows = database.call("twilio_auth_tokens", p_tenant=tenant_id, p_keyring=keys)
        return tuple(row["auth_token"] for row in rows)

    return load
