"""Choosing the function that a call means among those of its name, with PostgREST's rules and errors."""

from __future__ import annotations

from supabase_local.rest.catalog.model import HINT_SIMILARITY, Catalog, Function, Name, most_similar
from supabase_local.rest.errors import CatalogMiss, RestError

RAW_TYPES = {
    "application/json": ("json", "jsonb"),
    "text/plain": ("text",),
    "text/xml": ("xml",),
    "application/octet-stream": ("bytea",),
}
"""By the body's media type: the types of a single unnamed parameter that can take the whole body."""

PARAMETER_SIMILARITY = 0.33
"""How alike a list of parameters must be to be suggested; PostgREST's own threshold."""


def choose_function(catalog: Catalog, name: Name, keys: frozenset[str], body_type: str | None) -> Function:
    """Return the only function that takes arguments of these names; raises PGRST202 and PGRST203.

    ``body_type`` is the media type of a POST's body, None for GET: a function with a single unnamed parameter can take
    a whole body, if none takes the named arguments.
    """
    overloads = catalog.functions.get(name, [])
    raw_only = body_type in RAW_TYPES and body_type != "application/json"
    by_name = [] if raw_only else [one for one in overloads if _takes(one, keys)]
    found = by_name or [one for one in overloads if body_type and takes_whole_body(one, body_type)]
    if not found:
        raise _not_found(catalog, name, keys, body_type, overloads)
    if len(found) > 1:
        raise _ambiguous(found)
    return found[0]


def takes_whole_body(function: Function, body_type: str) -> bool:
    """Say whether the function's single parameter is unnamed and of the type for that kind of body."""
    only = function.parameters[0] if len(function.parameters) == 1 else None
    return only is not None and not only.name and only.type in RAW_TYPES.get(body_type, ())


def _takes(function: Function, keys: frozenset[str]) -> bool:
    names = {one.name for one in function.parameters}
    required = {one.name for one in function.parameters if one.required}
    return required <= keys <= names


def _not_found(
    catalog: Catalog, name: Name, keys: frozenset[str], body_type: str | None, overloads: list[Function]
) -> CatalogMiss:
    ordered = sorted(keys)
    full_name = f"{name.schema}.{name.name}"
    raw_type = RAW_TYPES.get(body_type or "", ("",))[0]
    if raw_type not in ("", "json"):
        searched, listed = f" with a single unnamed {raw_type} parameter", ""
    else:
        listed = f"({', '.join(ordered)})" if ordered else " without parameters"
        plural = "s" if len(ordered) > 1 else ""
        searched = f" with parameter{plural} {', '.join(ordered)}" if ordered else " without parameters"
        searched += " or with a single unnamed json/jsonb parameter" if raw_type else ""
    return CatalogMiss(
        404,
        "PGRST202",
        f"Could not find the function {full_name}{listed} in the schema cache",
        f"Searched for the function {full_name}{searched}, but no matches were found in the schema cache.",
        None if raw_type not in ("", "json") else _suggest(catalog, name, ordered, overloads),
    )


def _suggest(catalog: Catalog, name: Name, keys: list[str], overloads: list[Function]) -> str | None:
    """Suggest a function of a similar name, or of the same name with similar parameters."""
    if overloads:
        lists = [_listed(sorted(one.name for one in other.parameters)) for other in overloads]
        similar = most_similar(_listed(keys), lists, PARAMETER_SIMILARITY)
        similar = name.name + similar if similar else None
    else:
        names = [other.name for other in catalog.functions if other.schema == name.schema]
        similar = most_similar(name.name, names, HINT_SIMILARITY)
    return f"Perhaps you meant to call the function {name.schema}.{similar}" if similar else None


def _listed(names: list[str]) -> str:
    return f"({', '.join(names)})"


def _ambiguous(found: list[Function]) -> RestError:
    candidates = ", ".join(
        f"{one.id.schema}.{one.id.name}{_listed([f'{item.name} => {item.type}' for item in one.parameters])}"
        for one in found
    )
    return RestError(
        300,
        "PGRST203",
        f"Could not choose the best candidate function between: {candidates}",
        hint="Try renaming the parameters or the function itself in the database so function overloading "
        "can be resolved",
    )
