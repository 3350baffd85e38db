"""Who the tests speak as."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt

Sql = Callable[..., list[tuple[Any, ...]]]
"""Runs a statement as ``postgres``, committed at once, and returns its rows."""


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in."""

    id: str
    secret: str
    """What the stack's tokens are signed with."""

    def token(self, seconds: float = 600, **claims: Any) -> str:
        """Make a token that is valid for so long, with further claims; ``None`` leaves one out."""
        values = {"sub": self.id, "role": "authenticated", "exp": int(time.time() + seconds), **claims}
        return jwt.encode({name: value for name, value in values.items() if value is not None}, self.secret)


def new_person(secret: str) -> Person:
    """Make a person that nobody has met."""
    return Person(str(uuid.uuid4()), secret)
