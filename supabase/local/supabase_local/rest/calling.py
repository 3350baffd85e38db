"""Calls of functions: GET, HEAD and POST on ``/rpc/<function>``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from starlette.responses import Response

from supabase_local.rest.catalog.model import Catalog, Function
from supabase_local.rest.door import Door
from supabase_local.rest.errors import RestError, too_many_affected, unsupported
from supabase_local.rest.execute import Result
from supabase_local.rest.grammar.query import parse_query
from supabase_local.rest.grammar.tree import Query
from supabase_local.rest.media import PLAIN, Format, negotiate
from supabase_local.rest.payload import Payload, read_payload, read_text
from supabase_local.rest.plan.build import plan_read
from supabase_local.rest.plan.function import RAW_TYPES, choose_function, takes_whole_body
from supabase_local.rest.plan.node import Node, function_result
from supabase_local.rest.reading import apply_window, read_response, require_single
from supabase_local.rest.request import ApiRequest
from supabase_local.rest.respond import respond
from supabase_local.rest.sql.call import SCALAR, render_call_json, render_call_raw, render_call_texts
from supabase_local.rest.sql.read import SOURCE, render_count, render_read
from supabase_local.rest.sql.rows import JsonRows
from supabase_local.rest.sql.statement import ROWS, Shape, render_statement
from supabase_local.rest.sql.text import Binds, column
from supabase_local.rest.windows import content_range


async def call_function(door: Door, catalog: Catalog, request: ApiRequest) -> Response:
    """Call a function and answer with what it returns."""
    if not request.reads and request.method != "POST":
        raise RestError(405, "PGRST101", f"Cannot use the {request.method} method on RPC")
    query = parse_query(request.pairs, function_arguments=request.reads)
    binds = Binds()
    function, source = _render_call(catalog, request, query, binds)
    root = _plan_result(door, catalog, request, function, query)
    media = PLAIN if function.returns_void else negotiate(request.accept)
    rows = render_read(root, binds, source=SOURCE)
    count = render_count(root, binds, source=SOURCE) if request.preferences.count else None
    text = render_statement(source, rows, count, _shape(request, function, media))
    read_only = request.reads or not function.volatile
    check = _checks(request, function, media)
    result = await door.run(catalog, request, text, binds, read_only=read_only, check=check)
    return _respond(request, function, root, media, result)


def _render_call(catalog: Catalog, request: ApiRequest, query: Query, binds: Binds) -> tuple[Function, str]:
    """Choose the function and render its call with the arguments of the query string or of the body."""
    if request.reads:
        texts: dict[str, list[str]] = defaultdict(list)
        for name, value in query.arguments:
            texts[name].append(value)
        function = choose_function(catalog, request.target, frozenset(texts), None)
        return function, render_call_texts(function, texts, binds)
    media_type = request.content_type.partition(";")[0].strip().lower()
    if media_type in RAW_TYPES and media_type != "application/json":
        return _render_raw_call(catalog, request, media_type, binds)
    payload = _arguments(request, query)
    function = choose_function(catalog, request.target, payload.keys, media_type)
    if takes_whole_body(function, media_type):
        return function, render_call_raw(function, read_text(request.body), binds)
    body = JsonRows(payload.text, payload.is_object)
    return function, render_call_json(function, payload.keys, body, binds)


def _render_raw_call(catalog: Catalog, request: ApiRequest, media_type: str, binds: Binds) -> tuple[Function, str]:
    function = choose_function(catalog, request.target, frozenset(), media_type)
    if media_type == "application/octet-stream":
        raise unsupported("bodies of type application/octet-stream")
    return function, render_call_raw(function, read_text(request.body), binds)


def _arguments(request: ApiRequest, query: Query) -> Payload:
    """Read the arguments from the body; ``columns`` names those that count."""
    named = query.columns is not None
    payload = read_payload(request.body, request.content_type, named_columns=named, empty_object=True)
    if query.columns is None:
        return payload
    return Payload(payload.text, payload.is_object, frozenset(query.columns))


def _plan_result(door: Door, catalog: Catalog, request: ApiRequest, function: Function, query: Query) -> Node:
    """Plan the reading of the result; the rows of a table can be embedded from like the table."""
    table = catalog.tables.get(function.row_type) if function.row_type else None
    root = Node(table.id.name, table, table.id.name) if table else function_result(function.id)
    plan_read(catalog, root, query)
    apply_window(door, request, root)
    return root


def _shape(request: ApiRequest, function: Function, media: Format) -> Shape:
    row = ROWS if function.returns_rows else column(ROWS, SCALAR)
    form = "none" if request.method == "HEAD" or function.returns_void else media.form
    return Shape(form, media.strip_nulls, row, single=not function.returns_set)


def _checks(request: ApiRequest, function: Function, media: Format) -> Callable[[Result], None]:
    limit = request.preferences.limit_affected
    if limit is not None and not function.returns_set:
        message = "Function must return SETOF or TABLE when max-affected preference is used with handling=strict"
        raise RestError(400, "PGRST128", message)

    def check(result: Result) -> None:
        if limit is not None and result.shown > limit:
            raise too_many_affected(result.shown)
        require_single(media, result)

    return check


def _respond(request: ApiRequest, function: Function, root: Node, media: Format, result: Result) -> Response:
    if not function.returns_void:
        return read_response(request, root, media, result)
    headers = {
        "Content-Range": content_range(root.offset, root.offset + result.shown - 1, result.total),
        "Preference-Applied": request.preferences.applied("count", "handling", "timezone", "max-affected"),
    }
    return respond(result, 204, headers, b"")
