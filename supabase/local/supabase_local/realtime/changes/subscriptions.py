"""What clients subscribed to: the entries of ``postgres_changes`` of all joined channels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from supabase_local.realtime.changes.filters import Filter, FilterError, parse_filters
from supabase_local.realtime.frames import Outgoing, to_json
from supabase_local.realtime.joining import Binding
from supabase_local.realtime.pgoutput import Action, Relation
from supabase_local.realtime.tokens import Claims

ANY = "*"
ACTIONS = frozenset({"INSERT", "UPDATE", "DELETE"})


class Listener(Protocol):
    """A joined channel that asked for changes."""

    topic: str
    """As clients name it, with ``realtime:``."""

    def receive_change(self, message: Outgoing) -> None:
        """Take one change."""

    def changes_flow(self) -> None:
        """Learn that from now on every committed change is delivered."""


@dataclass(frozen=True)
class Interest:
    """What one binding asks for."""

    event: str
    schema: str
    table: str
    filters: tuple[Filter, ...]
    columns: tuple[str, ...] | None
    """Only these and the primary key; None for all."""

    def inspect(self) -> str:
        """Write the interest as hosted's messages do."""
        filters = ", ".join(item.inspect() for item in self.filters)
        select = "nil" if self.columns is None else f"[{', '.join(to_json(name) for name in self.columns)}]"
        table = f"schema: {self.schema}, table: {self.table}"
        return f"event: {self.event}, {table}, filters: [{filters}], select: {select}"


@dataclass(frozen=True, eq=False)
class Subscription:
    """One binding of one channel, on behalf of the person whose token the channel has."""

    listener: Listener
    id: int
    interest: Interest
    role: str
    claims: str
    """JSON text."""


def subscription(listener: Listener, binding: Binding, claims: Claims) -> Subscription:
    """Return the subscription for a binding. Raises FilterError."""
    return Subscription(listener, binding.id, parse_interest(binding.params), claims.role, claims.to_json())


def parse_interest(params: dict[str, Any]) -> Interest:
    """Read a binding. Raises FilterError with the words of hosted."""
    names = {name for name in ("schema", "table", "filter") if name in params}
    if not names & {"schema", "table"} or any(not isinstance(params[name], str) for name in names):
        raise FilterError(
            "No subscription params provided. Please provide at least a `schema` or `table` to subscribe to: "
            f"{to_json(params)}"
        )
    if "filter" in names and names != {"schema", "table", "filter"}:
        raise FilterError("A `filter` needs both a `schema` and a `table`.")
    event = str(params.get("event", ANY)).upper()
    schema, table = params.get("schema", "public"), params.get("table", ANY)
    return Interest(
        event=event if event in ACTIONS else ANY,
        schema=schema,
        table=table,
        filters=parse_filters(params.get("filter", "")),
        columns=_columns(params.get("select"), schema, table),
    )


def _columns(value: Any, schema: str, table: str) -> tuple[str, ...] | None:
    if isinstance(value, str):
        raise FilterError(
            'Error parsing `select` params: expected a list of column name strings, e.g. select: ["col1", "col2"]'
        )
    columns = tuple(sorted(name for name in value if isinstance(name, str))) if isinstance(value, list) else ()
    if columns and ANY in (schema, table):
        raise FilterError(
            "Column selection is not supported for wildcard subscriptions. Provide an explicit schema and table name."
        )
    return columns or None


class Subscriptions:
    """All subscriptions, found by the table that they are about."""

    def __init__(self) -> None:
        self._by_table: dict[tuple[str, str], dict[Subscription, None]] = {}
        self._by_listener: dict[Listener, list[Subscription]] = {}

    def replace(self, listener: Listener, subscriptions: Iterable[Subscription]) -> None:
        """Make these the subscriptions of a channel, instead of those it had."""
        self.remove(listener)
        self._by_listener[listener] = list(subscriptions)
        for item in self._by_listener[listener]:
            self._by_table.setdefault((item.interest.schema, item.interest.table), {})[item] = None

    def remove(self, listener: Listener) -> None:
        """Forget a channel."""
        for item in self._by_listener.pop(listener, []):
            key = (item.interest.schema, item.interest.table)
            del self._by_table[key][item]
            if not self._by_table[key]:
                del self._by_table[key]

    def interested(self, relation: Relation, action: Action) -> list[Subscription]:
        """Return who asked for an action on a table, whatever their filters and rights."""
        schema, table = relation.schema, relation.table
        return [
            item
            for key in ((schema, table), (schema, ANY), (ANY, table), (ANY, ANY))
            for item in self._by_table.get(key, ())
            if item.interest.event in (action, ANY)
        ]

    def announce(self) -> None:
        """Tell every channel that changes flow, after the stream broke and was made anew."""
        for listener in list(self._by_listener):
            listener.changes_flow()
