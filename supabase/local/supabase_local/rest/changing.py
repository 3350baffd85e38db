"""POST, PATCH and DELETE on a table or view."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.responses import Response

from supabase_local.rest.catalog.model import Catalog, Column, Table
from supabase_local.rest.door import Door
from supabase_local.rest.errors import RestError, not_single, too_many_affected, unsupported
from supabase_local.rest.execute import Result
from supabase_local.rest.grammar.query import parse_query
from supabase_local.rest.grammar.tree import Condition, Query
from supabase_local.rest.media import PLAIN, Format, negotiate
from supabase_local.rest.payload import read_payload
from supabase_local.rest.plan.build import plan_read
from supabase_local.rest.plan.node import Node
from supabase_local.rest.request import ApiRequest
from supabase_local.rest.respond import respond
from supabase_local.rest.sql.change import (
    Conflict,
    render_delete,
    render_insert,
    render_nothing,
    render_update,
    with_returning,
)
from supabase_local.rest.sql.read import ALL_ROWS, SOURCE, render_read
from supabase_local.rest.sql.rows import JsonRows
from supabase_local.rest.sql.statement import Shape, render_statement
from supabase_local.rest.sql.text import Binds
from supabase_local.rest.windows import content_range


@dataclass(frozen=True, slots=True)
class Change:
    """A change to a table, planned."""

    request: ApiRequest
    table: Table
    query: Query
    root: Node
    """The plan of what is shown of the changed rows."""
    media: Format

    @property
    def shows_rows(self) -> bool:
        """Say whether the changed rows are sent back."""
        return self.request.preferences.returning == "representation"

    def returning(self) -> list[str]:
        """Return the columns that the change must give back."""
        if self.shows_rows:
            return self.root.needed_columns()
        if self.request.preferences.returning == "headers-only" and self.request.method == "POST":
            return list(self.table.primary_key)
        return []


async def change_table(door: Door, catalog: Catalog, request: ApiRequest) -> Response:
    """Insert, update or delete, and answer with the changed rows if they are wanted."""
    change = _plan(catalog, request)
    binds = Binds()
    source = _render_source(change, binds)
    if change.shows_rows:
        rows = render_read(change.root, binds, source=SOURCE)
        shape = Shape(change.media.form, change.media.strip_nulls)
    else:
        rows = ALL_ROWS
        shape = Shape("json" if change.returning() else "none")
    text = render_statement(source, rows, None, shape)
    result = await door.run(catalog, request, text, binds, read_only=False, check=lambda one: _check(change, one))
    return _respond(change, result)


def _plan(catalog: Catalog, request: ApiRequest) -> Change:
    table = catalog.table(request.target)
    query = parse_query(request.pairs)
    root = Node(table.id.name, table, table.id.name)
    plan_read(catalog, root, query, root_filters=False)
    if request.method != "POST" and (root.limit is not None or root.offset):
        raise unsupported("limit and offset on update and delete")
    media = negotiate(request.accept) if request.preferences.returning == "representation" else PLAIN
    return Change(request, table, query, root, media)


def _render_source(change: Change, binds: Binds) -> str:
    """Return the change itself, giving back the columns that are needed."""
    returning = change.returning()
    if change.request.method == "DELETE":
        statement = render_delete(_target(change), change.table, binds)
    elif change.request.method == "POST":
        rows, columns = _body(change)
        statement = render_insert(change.table, rows, columns, _conflict(change), binds)
    else:
        target = _target(change)
        rows, columns = _body(change)
        if not columns:
            return render_nothing(change.table, returning)
        statement = render_update(target, change.table, rows, columns, binds)
    return with_returning(statement, change.root.alias, returning)


def _conflict(change: Change) -> Conflict | None:
    """Return what ``Prefer: resolution`` asks for; without ``on_conflict`` it is about the primary key."""
    columns = change.query.on_conflict or change.table.primary_key
    resolution = change.request.preferences.resolution
    return Conflict(columns, resolution == "merge-duplicates") if columns and resolution else None


def _body(change: Change) -> tuple[JsonRows, Sequence[Column]]:
    """Read the body; raises PGRST102, and PGRST204 for a column that the table does not have."""
    named = change.query.columns
    payload = read_payload(change.request.body, change.request.content_type, named_columns=named is not None)
    names = named if named is not None else tuple(name for name in change.table.columns if name in payload.keys)
    unknown = sorted(payload.keys - change.table.columns.keys()) if named is None else []
    columns = [change.table.column(name) for name in (*unknown, *names)]
    return JsonRows(payload.text, payload.is_object, change.request.preferences.missing == "default"), columns


def _target(change: Change) -> Node:
    """Return the rows to change: the filters on the root. A change of the whole table is refused.

    Hosted Supabase loads ``safeupdate`` for the Data API, whose words these are.
    """
    conditions: list[Condition] = [condition for path, condition in change.query.filters if not path]
    if not conditions:
        verb = "DELETE" if change.request.method == "DELETE" else "UPDATE"
        raise RestError(400, "21000", f"{verb} requires a WHERE clause")
    return Node(change.root.label, change.table, change.root.alias, conditions=conditions)


def _check(change: Change, result: Result) -> None:
    """Undo a change that is not what the client said it would be; raises PGRST116 and PGRST124."""
    limit = change.request.preferences.limit_affected
    if limit is not None and change.request.method != "POST" and result.shown > limit:
        raise too_many_affected(result.shown)
    if change.media.form == "object" and result.shown != 1:
        raise not_single(result.shown)


def _respond(change: Change, result: Result) -> Response:
    request = change.request
    preferences = request.preferences
    total = result.shown if preferences.count in ("exact", "estimated") else None
    first, last = (0, result.shown - 1) if request.method == "PATCH" else (1, 0)
    names = ["return", "count", "handling", "timezone"]
    names += ["missing"] if request.method != "DELETE" else []
    names += ["resolution"] if _conflict(change) else []
    names += ["max-affected"] if request.method != "POST" else []
    headers = {
        "Content-Range": content_range(first, last, total),
        "Preference-Applied": preferences.applied(*names),
        "Location": _location(change, result),
        "Content-Type": change.media.content_type if change.shows_rows else None,
        "Content-Profile": request.profile if change.shows_rows else None,
    }
    return respond(result, _status(change, result), headers, result.body if change.shows_rows else b"")


def _status(change: Change, result: Result) -> int:
    if change.request.method != "POST":
        return 200 if change.shows_rows else 204
    merged = change.request.preferences.resolution == "merge-duplicates"
    return 200 if merged and result.inserted is not None and result.inserted <= 0 else 201


def _location(change: Change, result: Result) -> str | None:
    """Return where a single inserted row is found by its primary key, for ``return=headers-only``."""
    if change.shows_rows or not change.returning() or result.shown != 1:
        return None
    row = json.loads(result.body, parse_int=str, parse_float=str)[0]
    tests = [(name, "is.null" if value is None else f"eq.{_plain(value)}") for name, value in row.items()]
    return f"/{quote(change.table.id.name)}?{urlencode(tests)}"


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
