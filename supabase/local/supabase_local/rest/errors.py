"""The errors of the Data API: codes, messages and statuses as PostgREST documents them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class RestError(Exception):
    """A refusal that the client sees: ``{code, message, details, hint}`` with an HTTP status."""

    status: int
    code: str
    message: str
    details: Any = None
    hint: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """Return the JSON object that the client receives."""
        return {"code": self.code, "message": self.message, "details": self.details, "hint": self.hint}


class CatalogMiss(RestError):  # noqa: N818 (it is a RestError, named after what happened)
    """A name that the schema cache does not have: worth another look after a reload."""


def unsupported(feature: str) -> RestError:
    """Return the answer for a part of PostgREST that the embedded stack does not have."""
    return RestError(501, "PGRST127", "Feature not implemented", f"The embedded Data API does not support {feature}.")


def parse_error(what: str, text: str, position: int, details: str) -> RestError:
    """Return PGRST100: the query string does not follow the grammar; ``position`` counts from 0."""
    return RestError(400, "PGRST100", f'"failed to parse {what} ({text})" (line 1, column {position + 1})', details)


def invalid_body(message: str) -> RestError:
    """Return PGRST102: the body is no JSON, or not of a shape that can be stored."""
    return RestError(400, "PGRST102", message)


def invalid_range(details: str) -> RestError:
    """Return PGRST103: no such range."""
    return RestError(416, "PGRST103", "Requested range not satisfiable", details)


def unknown_schema(schema: str, exposed: Sequence[str]) -> RestError:
    """Return PGRST106: the profile header names a schema that is not exposed."""
    hint = "Only the following schemas are exposed: " + ", ".join(exposed)
    return RestError(406, "PGRST106", f"Invalid schema: {schema}", hint=hint)


def not_acceptable(media_types: Sequence[str]) -> RestError:
    """Return PGRST107: none of the media types of the Accept header can be produced."""
    return RestError(406, "PGRST107", "None of these media types are available: " + ", ".join(media_types))


def not_embedded(name: str) -> RestError:
    """Return PGRST108: a filter, order or limit addresses a relation that is not in ``select``."""
    return RestError(
        400,
        "PGRST108",
        f"'{name}' is not an embedded resource in this request",
        hint=f"Verify that '{name}' is included in the 'select' query parameter.",
    )


def not_single(rows: int) -> RestError:
    """Return PGRST116: a single object was asked for, and there is none or more than one."""
    message = "Cannot coerce the result to a single JSON object"
    return RestError(406, "PGRST116", message, f"The result contains {rows} rows")


def too_many_affected(rows: int) -> RestError:
    """Return PGRST124: more rows than ``Prefer: max-affected`` allows."""
    message = "Query result exceeds max-affected preference constraint"
    return RestError(400, "PGRST124", message, f"The query affects {rows} rows")


def unknown_table(schema: str, table: str, similar: str | None) -> CatalogMiss:
    """Return PGRST205: no such table or view."""
    message = f"Could not find the table '{schema}.{table}' in the schema cache"
    hint = f"Perhaps you meant the table '{schema}.{similar}'" if similar else None
    return CatalogMiss(404, "PGRST205", message, hint=hint)


def unknown_column(table: str, column: str) -> CatalogMiss:
    """Return PGRST204: the body or ``columns`` names a column that the table does not have."""
    return CatalogMiss(400, "PGRST204", f"Could not find the '{column}' column of '{table}' in the schema cache")


def token_error(code: str, message: str, details: str | None = None) -> RestError:
    """Return PGRST301 (the token cannot be read) or PGRST303 (its claims are refused)."""
    challenge = f'Bearer error="invalid_token", error_description="{message}"'
    return RestError(401, code, message, details, headers={"WWW-Authenticate": challenge})


def zero_byte() -> RestError:
    """Return what PostgreSQL says of a NUL in text; the driver refuses to send one."""
    return RestError(400, "22021", 'invalid byte sequence for encoding "UTF8": 0x00')
