"""Password rules, and hashing by pgcrypto inside PostgreSQL so that seeds and Auth produce the same hashes."""

from __future__ import annotations

import re

from supabase_local.auth.database import Connection
from supabase_local.auth.errors import WeakPasswordError, validation_failed
from supabase_local.auth.settings import AuthSettings

_LONGEST = 72
"""Bytes: bcrypt ignores what follows, so GoTrue refuses longer passwords."""
_COST = 10
_BCRYPT = re.compile(r"\$2[aby]\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}")
_NOBODYS_HASH = "$2a$10$7EqJtq98hPqEX7fNZaFWoOhi5BWX4Z1j2gMZCPZPZlVXkhPZ.Zq2G"
"""A bcrypt hash that no password has been hashed to: checked when there is no account, so that it takes as long."""


def check_length(password: str) -> None:
    """Raise ``validation_failed`` (400) for a password that bcrypt would cut off."""
    if len(password.encode()) > _LONGEST:
        raise validation_failed(f"Password cannot be longer than {_LONGEST} characters")


def is_bcrypt_hash(text: str) -> bool:
    """Tell whether ``text`` is a bcrypt hash."""
    return _BCRYPT.fullmatch(text) is not None


def check_strength(password: str, settings: AuthSettings) -> None:
    """Raise ``validation_failed`` (400) for an overlong password and ``weak_password`` (422) for a weak one."""
    check_length(password)
    reasons, sentences = [], []
    if len(password.encode()) < settings.password_length:
        reasons.append("length")
        sentences.append(f"Password should be at least {settings.password_length} characters.")
    if any(not set(wanted) & set(password) for wanted in settings.password_characters):
        reasons.append("characters")
        listed = ", ".join(settings.password_characters)
        sentences.append(f"Password should contain at least one character of each: {listed}.")
    if reasons:
        raise WeakPasswordError(" ".join(sentences), reasons)


async def hash_password(connection: Connection, password: str) -> str:
    """Return the bcrypt hash of ``password``. Takes tens of milliseconds: call it outside of transactions."""
    cursor = await connection.execute("select extensions.crypt(%s, extensions.gen_salt('bf', %s))", (password, _COST))
    row = await cursor.fetchone()
    assert row is not None  # noqa: S101 - a select without from returns one row
    return str(row[0])


async def password_matches(connection: Connection, password: str, stored: str) -> bool:
    """Tell whether ``password`` belongs to the hash ``stored``; takes the same time when there is no usable hash."""
    comparable = password.encode()[:_LONGEST].decode(errors="ignore")
    usable = is_bcrypt_hash(stored)
    # pgcrypto knows only the first name of today's algorithm, which other libraries write as 2b or 2y.
    reference = "$2a$" + stored[4:] if usable else _NOBODYS_HASH
    cursor = await connection.execute("select extensions.crypt(%s, %s) = %s", (comparable, reference, reference))
    row = await cursor.fetchone()
    return usable and comparable == password and row is not None and bool(row[0])
