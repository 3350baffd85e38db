"""Request bodies: JSON objects whose members have the expected types, checked the way Go's decoder checks them."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn
from uuid import UUID

from starlette.requests import Request

from supabase_local.auth.errors import AuthError


class Body:
    """A decoded JSON object. Missing and null members read as Go's zero values; wrong types are ``bad_json``."""

    def __init__(self, members: dict[str, Any]) -> None:
        self._members = members

    def text(self, name: str) -> str:
        """Return a string member, ``""`` when absent."""
        return self.optional_text(name) or ""

    def optional_text(self, name: str) -> str | None:
        """Return a string member, None when absent."""
        value: str | None = self._typed(name, str)
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """Return a boolean member."""
        value = self._typed(name, bool)
        return default if value is None else value

    def mapping(self, name: str) -> dict[str, Any] | None:
        """Return an object member, None when absent."""
        value: dict[str, Any] | None = self._typed(name, dict)
        return value

    def identifier(self, name: str) -> UUID | None:
        """Return a UUID member, None when absent."""
        text = self.text(name)
        try:
            return UUID(text) if text else None
        except ValueError as error:
            raise _bad_json(f'uuid: incorrect UUID format in field {name} "{text[:64]}"') from error

    def _typed(self, name: str, kind: type) -> Any:
        value = self._members.get(name)
        if value is not None and not isinstance(value, kind):
            raise _bad_json(f"json: cannot unmarshal {_go_kind(value)} into field {name}")
        return value


async def read_body(request: Request, *, empty_allowed: bool = False) -> Body:
    """Return the request's JSON object. Raises ``bad_json`` (400) for anything else, and for NUL characters."""
    raw = await request.body()
    if not raw and empty_allowed:
        return Body({})
    try:
        decoded = json.loads(raw, parse_constant=_refuse_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise _bad_json(str(error)) from error
    if decoded is None:
        return Body({})
    if not isinstance(decoded, dict):
        raise _bad_json(f"json: cannot unmarshal {_go_kind(decoded)} into an object")
    return Body(_cleaned(decoded))


def _cleaned(value: Any) -> Any:
    """Return ``value`` with lone surrogates replaced, as Go does; refuse NUL, which PostgreSQL cannot store."""
    if isinstance(value, str):
        if "\x00" in value:
            raise _bad_json("NUL characters are not allowed")
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_cleaned(name): _cleaned(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"number {text[:32]} is out of range")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"invalid value {name}")


def _go_kind(value: Any) -> str:
    kinds = {bool: "bool", str: "string", dict: "object", list: "array"}
    return next((name for kind, name in kinds.items() if isinstance(value, kind)), "number")


def _bad_json(reason: str) -> AuthError:
    return AuthError(400, "bad_json", f"Could not parse request body as JSON: {reason}")
