"""The keys that encrypt a company's credentials: read from the environment, handed to the database with each call.

Format of `FIELDLITE_VAULT_KEYS`: `id:base64[,id:base64...]`, each key 32 random bytes. The first one encrypts; the
others only decrypt what was written before a rotation.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

KEY_BYTES = 32
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, repr=False)
class Keyring:
    """Key ids in order, each with its key in base64. Its repr shows ids only."""

    keys: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, text: str) -> Keyring:
        """Read the setting's text.

        Raises ValueError, never quoting a key: no key at all, an id twice, or a key that is not 32 bytes of base64.
        """
        entries = [_parse_entry(number, part) for number, part in enumerate(text.split(","), start=1)]
        if len({key_id for key_id, _ in entries}) != len(entries):
            raise ValueError("two keys have the same id")
        return cls(tuple(entries))

    @property
    def current(self) -> tuple[str, str]:
        """The id and the base64 text of the key that encrypts."""
        return self.keys[0]

    def as_json(self) -> dict[str, str]:
        """The shape that the database's functions take: `{"key_id": "base64"}`."""
        return dict(self.keys)

    def __repr__(self) -> str:
        return f"Keyring({', '.join(key_id for key_id, _ in self.keys)})"


def _parse_entry(number: int, part: str) -> tuple[str, str]:
    key_id, separator, encoded = part.strip().partition(":")
    if not separator or not _KEY_ID.fullmatch(key_id):
        raise ValueError(f"entry {number} is not `id:base64`, with an id of letters, digits, - and _")
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise ValueError(f"the key of entry {number} is not base64") from None
    if len(key) != KEY_BYTES:
        raise ValueError(f"the key of entry {number} has {len(key)} bytes instead of {KEY_BYTES}")
    return key_id, encoded
