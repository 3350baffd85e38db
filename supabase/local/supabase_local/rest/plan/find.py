"""Finding the relationship that an embed means, by its name and hint, with PostgREST's rules and errors."""

from __future__ import annotations

from typing import Any

from supabase_local.rest.catalog.model import HINT_SIMILARITY, Cardinality, Catalog, Name, Relationship, most_similar
from supabase_local.rest.errors import CatalogMiss, RestError
from supabase_local.rest.grammar.tree import Embed


def find_relationship(catalog: Catalog, origin: Name, embed: Embed) -> Relationship:
    """Return the only relationship from ``origin`` that the embed can mean; raises PGRST200 and PGRST201."""
    known = [one for one in catalog.relationships.get(origin, ()) if one.target.schema == origin.schema]
    found = [one for one in known if _means(one, embed.relation, embed.hint)]
    if any(one.function for one in found):
        # A function declared for this name overrides what foreign keys say.
        found = [one for one in found if one.function]
    if not found:
        raise _not_found(catalog, origin, embed, known)
    if len(found) > 1:
        raise _ambiguous(origin, embed, found)
    return found[0]


def _means(relationship: Relationship, target: str, hint: str | None) -> bool:
    if relationship.function:
        return target == relationship.function.name
    if relationship.origin == relationship.target:
        return _means_self(relationship, target, hint)
    by_table = target == relationship.target.name
    if hint is not None:
        return by_table and _hinted(relationship, hint)
    by_key = target == relationship.constraint and relationship.junction is None
    by_column = target == _only_column(relationship, of_target=False)
    return by_table or (not relationship.target_is_view and (by_key or by_column))


def _means_self(relationship: Relationship, target: str, hint: str | None) -> bool:
    """Tell apart the two directions of a key to the own table: by table name the many, by column name the one."""
    to_many = relationship.cardinality is Cardinality.ONE_TO_MANY
    if hint is not None:
        of_key = hint == relationship.constraint or hint == _only_column(relationship, of_target=True)
        return target == relationship.target.name and to_many and of_key
    if to_many:
        return target == relationship.target.name
    one = relationship.cardinality is Cardinality.MANY_TO_ONE
    return one and target == _only_column(relationship, of_target=False)


def _hinted(relationship: Relationship, hint: str) -> bool:
    if relationship.junction:
        return hint == relationship.junction.table.name
    columns = (_only_column(relationship, of_target=False), _only_column(relationship, of_target=True))
    return hint == relationship.constraint or hint in columns


def _only_column(relationship: Relationship, *, of_target: bool) -> str | None:
    """Return the column at one end of a key over a single column; a composite key cannot be named by a column."""
    if len(relationship.columns) != 1:
        return None
    return relationship.columns[0][1 if of_target else 0]


def _not_found(catalog: Catalog, origin: Name, embed: Embed, known: list[Relationship]) -> CatalogMiss:
    hinted = f" using the hint '{embed.hint}'" if embed.hint else ""
    return CatalogMiss(
        400,
        "PGRST200",
        f"Could not find a relationship between '{origin.name}' and '{embed.relation}' in the schema cache",
        f"Searched for a foreign key relationship between '{origin.name}' and '{embed.relation}'{hinted} in the "
        f"schema '{origin.schema}', but no matches were found.",
        _similar_target(catalog, origin, embed, known),
    )


def _similar_target(catalog: Catalog, origin: Name, embed: Embed, known: list[Relationship]) -> str | None:
    if origin in catalog.relationships:
        names = [one.target.name for one in known]
        wrong = embed.relation
    else:
        names = [other.name for other in catalog.relationships if other.schema == origin.schema]
        wrong = origin.name
    similar = None if wrong in names else most_similar(wrong, names, HINT_SIMILARITY)
    return f"Perhaps you meant '{similar}' instead of '{wrong}'." if similar else None


def _ambiguous(origin: Name, embed: Embed, found: list[Relationship]) -> RestError:
    ways = ", ".join(f"'{one.target.name}!{_hint_for(one)}'" for one in found)
    return RestError(
        300,
        "PGRST201",
        f"Could not embed because more than one relationship was found for '{origin.name}' and '{embed.relation}'",
        [_describe(one) for one in found],
        f"Try changing '{embed.relation}' to one of the following: {ways}. "
        "Find the desired relationship in the 'details' key.",
    )


def _hint_for(relationship: Relationship) -> str:
    return relationship.junction.table.name if relationship.junction else relationship.constraint


def _describe(relationship: Relationship) -> dict[str, Any]:
    return {
        "cardinality": relationship.cardinality.value,
        "embedding": f"{relationship.origin.name} with {relationship.target.name}",
        "relationship": _describe_keys(relationship),
    }


def _describe_keys(relationship: Relationship) -> str:
    junction = relationship.junction
    if junction is None:
        origin = _columns(own for own, _ in relationship.columns)
        target = _columns(other for _, other in relationship.columns)
        names = f"{relationship.origin.name}{origin} and {relationship.target.name}{target}"
        return f"{relationship.constraint} using {names}"
    near = junction.origin_constraint + _columns(own for _, own in junction.origin_columns)
    far = junction.target_constraint + _columns(own for _, own in junction.target_columns)
    return f"{junction.table.name} using {near} and {far}"


def _columns(names: Any) -> str:
    return "(" + ", ".join(names) + ")"
