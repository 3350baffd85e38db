"""GET and HEAD on a table or view."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from starlette.responses import Response

from supabase_local.rest.catalog.model import Catalog
from supabase_local.rest.door import Door
from supabase_local.rest.errors import not_single
from supabase_local.rest.execute import Result
from supabase_local.rest.grammar.query import parse_query
from supabase_local.rest.media import Format, negotiate
from supabase_local.rest.plan.build import limit_rows, plan_read
from supabase_local.rest.plan.node import Node
from supabase_local.rest.request import ApiRequest
from supabase_local.rest.respond import respond
from supabase_local.rest.sql.read import ALL_ROWS, render_count, render_read
from supabase_local.rest.sql.statement import Shape, render_statement
from supabase_local.rest.sql.text import Binds
from supabase_local.rest.windows import content_range, invalid_offset, range_status, requested_window


async def read_table(door: Door, catalog: Catalog, request: ApiRequest) -> Response:
    """Answer with the rows that the query asks for."""
    media = negotiate(request.accept)
    table = catalog.table(request.target)
    root = Node(table.id.name, table, table.id.name)
    plan_read(catalog, root, parse_query(request.pairs))
    apply_window(door, request, root)
    binds = Binds()
    rows = render_read(root, binds)
    count = render_count(root, binds) if request.preferences.count else None
    shape = Shape("none" if request.method == "HEAD" else media.form, media.strip_nulls)
    text = render_statement(rows, ALL_ROWS, count, shape)
    result = await door.run(catalog, request, text, binds, read_only=True)
    require_single(media, result)
    return read_response(request, root, media, result)


def apply_window(door: Door, request: ApiRequest, root: Node) -> None:
    """Set the root's limit and offset from the request's ranges and the project's maximum; raises PGRST103."""
    header = request.headers.get("range") if request.method == "GET" else None
    window = requested_window(header, root.limit, root.offset)
    root.limit, root.offset = window.limit, window.offset
    limit_rows(root, door.settings.max_rows)


def require_single(media: Format, result: Result) -> None:
    """Refuse another number of rows than one when a single object was asked for; raises PGRST116."""
    if media.form == "object" and result.shown != 1:
        raise not_single(result.shown)


def read_response(request: ApiRequest, root: Node, media: Format, result: Result) -> Response:
    """Answer with rows, their range, and 206 when there are more."""
    status = range_status(root.offset, result.shown, result.total)
    if status == 416:
        raise invalid_offset(root.offset, result.total or 0)
    query = f"?{urlencode(sorted(request.pairs))}" if request.pairs else ""
    headers = {
        "Content-Type": media.content_type,
        "Content-Range": content_range(root.offset, root.offset + result.shown - 1, result.total),
        "Content-Location": None if request.is_call else quote(request.path) + query,
        "Content-Profile": request.profile,
        "Preference-Applied": request.preferences.applied("count", "handling", "timezone", "max-affected"),
    }
    return respond(result, status, headers, b"" if request.method == "HEAD" else result.body)
