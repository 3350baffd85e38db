"""What the schema cache holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import Enum
from typing import NamedTuple

from supabase_local.rest.errors import unknown_column, unknown_table

HINT_SIMILARITY = 0.75
"""How alike (0 to 1) a name must be to be suggested; PostgREST's own threshold."""


class Name(NamedTuple):
    """A schema-qualified name."""

    schema: str
    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``type`` and ``default`` are SQL, fully qualified."""

    name: str
    type: str
    default: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view of any schema of the project."""

    oid: int
    id: Name
    is_view: bool
    columns: dict[str, Column]
    primary_key: tuple[str, ...]
    writes: frozenset[str]
    """Which of INSERT, UPDATE and DELETE the relation accepts at all."""

    def column(self, name: str) -> Column:
        """Return a column; raises PGRST204."""
        if name not in self.columns:
            raise unknown_column(self.id.name, name)
        return self.columns[name]


class Cardinality(Enum):
    """How many rows of the target belong to one row of the origin, in the words of error messages."""

    MANY_TO_ONE = "many-to-one"
    ONE_TO_MANY = "one-to-many"
    ONE_TO_ONE = "one-to-one"
    MANY_TO_MANY = "many-to-many"


@dataclass(frozen=True, slots=True)
class Junction:
    """The table between the two ends of a many-to-many relationship; pairs are (end's column, junction's column)."""

    table: Name
    origin_constraint: str
    target_constraint: str
    origin_columns: tuple[tuple[str, str], ...]
    target_columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Relationship:
    """A way from one relation to another: a foreign key seen from one of its ends, a junction, or a function."""

    origin: Name
    target: Name
    cardinality: Cardinality
    constraint: str
    columns: tuple[tuple[str, str], ...]
    """Pairs of (origin's column, target's column)."""
    target_is_view: bool = False
    junction: Junction | None = None
    function: Name | None = None
    """Set for a computed relationship: the function that takes a row of the origin."""

    @property
    def to_one(self) -> bool:
        """Say whether at most one row of the target belongs to a row of the origin."""
        return self.cardinality in (Cardinality.MANY_TO_ONE, Cardinality.ONE_TO_ONE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function; ``type`` is SQL."""

    name: str
    type: str
    required: bool
    variadic: bool


@dataclass(frozen=True, slots=True)
class Function:
    """A function of an exposed schema."""

    id: Name
    parameters: tuple[Parameter, ...]
    returns_set: bool
    returns_rows: bool
    """It returns a row type (a table, a composite type, OUT parameters), not a single value."""
    returns_void: bool
    row_type: Name | None
    """The table whose rows it returns, so that the result can be embedded from."""
    row_parameter: Name | None
    """The table whose row is its only parameter: then it is a computed column or relationship of that table."""
    volatile: bool


@dataclass(frozen=True)
class Catalog:
    """One reading of the database's catalog; ``generation`` counts the readings."""

    generation: int
    tables: dict[Name, Table]
    relationships: dict[Name, list[Relationship]]
    """By origin."""
    functions: dict[Name, list[Function]]
    role_settings: dict[str, dict[str, str]] = field(default_factory=dict)
    """Settings of ``alter role ... set``, by role, which a request takes on with the role."""

    def table(self, name: Name) -> Table:
        """Return a table or view; raises PGRST205 with the most similar name of its schema."""
        if found := self.tables.get(name):
            return found
        names = [other.name for other in self.tables if other.schema == name.schema]
        raise unknown_table(name.schema, name.name, most_similar(name.name, names, HINT_SIMILARITY))


def most_similar(word: str, words: list[str], similarity: float) -> str | None:
    """Return the word of ``words`` that is most like ``word``, if it is like enough."""
    matches = get_close_matches(word, words, n=1, cutoff=similarity)
    return matches[0] if matches else None
