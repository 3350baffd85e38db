"""Content negotiation: which of the formats we make the client takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from supabase_local.rest.errors import not_acceptable

JSON = "application/json"
SINGLE = "application/vnd.pgrst.object+json"
ARRAY = "application/vnd.pgrst.array+json"
OPENAPI = "application/openapi+json"
CSV = "text/csv"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the answer: ``form`` is ``json``, ``object`` or ``csv``."""

    form: str
    content_type: str
    strip_nulls: bool = False


PLAIN = Format("json", f"{JSON}; charset=utf-8")


@lru_cache(maxsize=256)
def negotiate(accept: str) -> Format:
    """Return the format for an ``Accept`` header; raises PGRST107 when we make none of those named."""
    wanted = _by_preference(accept)
    for media_type, options in wanted:
        if found := _format(media_type, options):
            return found
    raise not_acceptable([media_type for media_type, _ in wanted])


def _by_preference(accept: str) -> list[tuple[str, dict[str, str]]]:
    """Split the header into media types with their parameters, the most wanted first."""
    wanted: list[tuple[str, dict[str, str]]] = []
    for part in accept.split(","):
        media_type, *parameters = (piece.strip() for piece in part.split(";"))
        if media_type:
            pairs = (parameter.partition("=") for parameter in parameters)
            wanted.append((media_type.lower(), {name.strip().lower(): value.strip('" ') for name, _, value in pairs}))
    return sorted(wanted, key=lambda one: -_quality(one[1])) or [("*/*", {})]


def _quality(parameters: dict[str, str]) -> float:
    try:
        return float(parameters.get("q", "1"))
    except ValueError:
        return 0.0


def _format(media_type: str, options: dict[str, str]) -> Format | None:
    strip = options.get("nulls") == "stripped"
    suffix = "; nulls=stripped" if strip else ""
    match media_type:
        case "*/*" | "application/json":
            return PLAIN
        case "application/vnd.pgrst.object+json" | "application/vnd.pgrst.object":
            return Format("object", f"{SINGLE}{suffix.replace(' ', '')}; charset=utf-8", strip)
        case "application/vnd.pgrst.array+json" | "application/vnd.pgrst.array" if strip:
            return Format("json", f"{ARRAY}{suffix.replace(' ', '')}; charset=utf-8", strip)
        case "application/vnd.pgrst.array+json" | "application/vnd.pgrst.array":
            return PLAIN
        case "text/csv":
            return Format("csv", f"{CSV}; charset=utf-8")
    return None
