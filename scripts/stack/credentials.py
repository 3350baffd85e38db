"""What a stack makes up once and keeps: the service's database passwords and the vault's key."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from scripts.stack.roles import ROLES


def new_passwords() -> dict[str, str]:
    """Return a random password for each of the service's logins."""
    return {role: secrets.token_urlsafe(24) for role in ROLES}


def new_vault_key() -> str:
    """Return a keyring of one, ``id:<32 random bytes in base64>``, with the id that production refuses."""
    return f"dev:{base64.b64encode(secrets.token_bytes(32)).decode()}"


@dataclass(frozen=True)
class Credentials:
    """Random per state folder: never in the repository, never the same on two machines."""

    passwords: dict[str, str] = field(default_factory=new_passwords)
    vault_keys: str = field(default_factory=new_vault_key)


def load_or_create(path: Path) -> Credentials:
    """Return the credentials kept at ``path``, making them at the first start."""
    if path.exists():
        return Credentials(**json.loads(path.read_text()))
    made = Credentials()
    write_private(path, json.dumps(asdict(made), indent=2))
    return made


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, replacing an older one in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as output:
        output.write(text)
    draft.replace(path)
