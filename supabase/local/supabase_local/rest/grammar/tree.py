"""The tree that a query string is read into."""

from __future__ import annotations

from dataclasses import dataclass, field

Path = tuple[str, ...]
"""Names of embedded relations from the root down; empty for the root itself."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """One step of a JSON path: ``->key``, ``->>key``, ``->0``."""

    key: str
    as_text: bool
    is_index: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A column, or a place inside a JSON column."""

    name: str
    path: tuple[Arrow, ...] = ()


@dataclass(frozen=True, slots=True)
class Compare:
    """``eq.5``, ``like(any).{a*,b*}``: the name of an operator, ``any`` or ``all``, and the value as text."""

    operator: str
    value: str
    quantifier: str | None = None


@dataclass(frozen=True, slots=True)
class InList:
    """``in.(1,2)``."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Is:
    """``is.null``; the word is ``null``, ``not_null``, ``true``, ``false`` or ``unknown``."""

    word: str


@dataclass(frozen=True, slots=True)
class IsDistinct:
    """``isdistinct.5``."""

    value: str


@dataclass(frozen=True, slots=True)
class FullText:
    """``fts(english).cat``; ``operator`` is fts, plfts, phfts or wfts."""

    operator: str
    language: str | None
    value: str


Operation = Compare | InList | Is | IsDistinct | FullText


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on one field."""

    field: Field
    negated: bool
    operation: Operation


@dataclass(frozen=True, slots=True)
class Logic:
    """``and(...)`` or ``or(...)`` over conditions."""

    operator: str
    negated: bool
    children: tuple[Condition, ...]


Condition = Filter | Logic


@dataclass(frozen=True, slots=True)
class OrderTerm:
    """One key of an order; ``relation`` is set in ``order=client(name)``."""

    field: Field
    relation: str | None
    direction: str | None
    nulls: str | None


@dataclass(frozen=True, slots=True)
class SelectColumn:
    """``alias:column->path::cast``; the column ``*`` stands for all."""

    field: Field
    cast: str | None = None
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class Embed:
    """``alias:relation!hint!inner(...)`` or ``...relation(...)``."""

    relation: str
    alias: str | None
    hint: str | None
    join: str | None
    spread: bool
    items: tuple[SelectItem, ...]

    @property
    def label(self) -> str:
        """The name by which filters address this relation, and its key in the answer."""
        return self.alias or self.relation


SelectItem = SelectColumn | Embed

ALL_COLUMNS: tuple[SelectItem, ...] = (SelectColumn(Field("*")),)


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query string."""

    select: tuple[SelectItem, ...] = ALL_COLUMNS
    filters: tuple[tuple[Path, Condition], ...] = ()
    orders: tuple[tuple[Path, tuple[OrderTerm, ...]], ...] = ()
    limits: dict[Path, int] = field(default_factory=dict)
    offsets: dict[Path, int] = field(default_factory=dict)
    columns: tuple[str, ...] | None = None
    on_conflict: tuple[str, ...] | None = None
    arguments: tuple[tuple[str, str], ...] = ()
