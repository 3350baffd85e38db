"""All ways from one relation to another, derived from foreign keys; views take part through their base columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations, product

from supabase_local.rest.catalog.model import Cardinality, Function, Junction, Name, Relationship, Table
from supabase_local.rest.catalog.views import ColumnId


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key by oids and column numbers; ``unique`` when its columns are a key of their own table."""

    name: str
    table: int
    columns: tuple[int, ...]
    referenced: int
    referenced_columns: tuple[int, ...]
    unique: bool


Expose = Mapping[ColumnId, list[tuple[Table, str]]]
"""By base column: every relation that shows it, and under which name."""


def exposures(
    tables: Mapping[int, Table], names: Mapping[ColumnId, str], views: Mapping[int, Mapping[int, ColumnId]]
) -> Expose:
    """Return who shows which base column: the table itself first, then the views."""
    shown: dict[ColumnId, list[tuple[Table, str]]] = defaultdict(list)
    for (oid, number), name in names.items():
        if oid in tables and oid not in views:
            shown[oid, number].append((tables[oid], name))
    for view, columns in views.items():
        for number, base in columns.items():
            if view in tables:
                shown[base].append((tables[view], names[view, number]))
    return shown


def derive(keys: list[ForeignKey], expose: Expose) -> list[Relationship]:
    """Return the relationships of all foreign keys, both ways, and the many-to-many ones through junctions."""
    direct = [relationship for key in keys for relationship in _of_key(key, expose)]
    return direct + list(_through_junctions(direct, expose))


def computed(functions: list[Function]) -> Iterator[Relationship]:
    """Return the relationships that functions declare: from the table whose row they take to the one they return."""
    for function in functions:
        if function.row_parameter and function.row_type:
            to = Cardinality.ONE_TO_MANY if function.returns_set else Cardinality.MANY_TO_ONE
            yield Relationship(
                function.row_parameter, function.row_type, to, function.id.name, (), function=function.id
            )


def _of_key(key: ForeignKey, expose: Expose) -> Iterator[Relationship]:
    near = _showing(key.table, key.columns, expose)
    far = _showing(key.referenced, key.referenced_columns, expose)
    for (origin, own), (target, other) in product(near, far):
        pairs = tuple(zip(own, other, strict=True))
        back = tuple(zip(other, own, strict=True))
        forth_as = Cardinality.ONE_TO_ONE if key.unique else Cardinality.MANY_TO_ONE
        back_as = Cardinality.ONE_TO_ONE if key.unique else Cardinality.ONE_TO_MANY
        yield Relationship(origin.id, target.id, forth_as, key.name, pairs, target.is_view)
        yield Relationship(target.id, origin.id, back_as, key.name, back, origin.is_view)


def _showing(table: int, columns: tuple[int, ...], expose: Expose) -> list[tuple[Table, tuple[str, ...]]]:
    """Return the relations that show all of the columns, with the names they have there."""
    shown: list[dict[int, list[str]]] = []
    relations: dict[int, Table] = {}
    for number in columns:
        by_relation: dict[int, list[str]] = defaultdict(list)
        for relation, name in expose.get((table, number), []):
            by_relation[relation.oid].append(name)
            relations[relation.oid] = relation
        shown.append(by_relation)
    complete = [oid for oid in relations if all(oid in names for names in shown)]
    return [(relations[oid], names) for oid in complete for names in product(*(by[oid] for by in shown))]


def _through_junctions(direct: list[Relationship], expose: Expose) -> Iterator[Relationship]:
    """Join pairs of keys of a table whose primary key contains the columns of both."""
    tables = {table.id: table for shown in expose.values() for table, _ in shown}
    by_origin: dict[Name, list[Relationship]] = defaultdict(list)
    for relationship in direct:
        if relationship.cardinality is Cardinality.MANY_TO_ONE and not tables[relationship.origin].is_view:
            by_origin[relationship.origin].append(relationship)
    for junction, keys in by_origin.items():
        primary = set(tables[junction].primary_key)
        inside = [key for key in keys if primary.issuperset(own for own, _ in key.columns)]
        for near, far in permutations(inside, 2):
            if near.constraint != far.constraint:
                yield _many_to_many(junction, near, far)


def _many_to_many(junction: Name, near: Relationship, far: Relationship) -> Relationship:
    between = Junction(
        junction,
        near.constraint,
        far.constraint,
        tuple((other, own) for own, other in near.columns),
        tuple((other, own) for own, other in far.columns),
    )
    return Relationship(
        near.target, far.target, Cardinality.MANY_TO_MANY, far.constraint, (), far.target_is_view, between
    )
